import fc from 'fast-check';
import { addSorted, GroupIndex, removeSorted } from '../../src/state/indexes.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { runs } from '../support/runs.ts';

seedFastCheck();

const ascending = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);

/** Few, so that the same ones come and go; among them 0, negative and very large ones. */
const id = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(Number.MAX_SAFE_INTEGER, -1e15, 178_592));

describe('sorted ids', () => {
  test('behave as a sorted set after any additions and removals', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 60 }), (toggled) => {
        const [ids, model] = [[] as number[], new Set<number>()];
        for (const each of toggled) {
          if (model.delete(each)) {
            removeSorted(ids, each);
            removeSorted(ids, each);
          } else {
            model.add(each);
            addSorted(ids, each);
            addSorted(ids, each);
          }
          expect(ids).toEqual(ascending(model));
        }
      }),
      { numRuns: runs(200) },
    );
  });

  test.each([
    ['upwards', (ids: number[]) => ids],
    ['downwards', (ids: number[]) => ids.toReversed()],
  ])('accept many ids %s', (_, order) => {
    const [ids, wanted] = [[] as number[], Array.from({ length: 1000 }, (__, index) => index * 3)];
    for (const each of order(wanted)) addSorted(ids, each);
    expect(ids).toEqual(wanted);
    for (const each of wanted.filter((number) => number % 2 === 0)) removeSorted(ids, each);
    expect(ids).toEqual(wanted.filter((number) => number % 2 === 1));
  });
});

describe('GroupIndex', () => {
  test('has no ids for a key that no record has', () => {
    const index = new GroupIndex<string>();
    expect(index.get('a')).toEqual([]);
    index.remove('a', 1);
    index.add('a', 1);
    index.remove('a', 1);
    expect(index.get('a')).toEqual([]);
  });

  test('returns ids that do not change during additions and removals', () => {
    type Toggle = { readonly key: 'a' | 'b'; readonly id: number; readonly look: boolean; readonly fork: boolean };
    const toggle: fc.Arbitrary<Toggle> = fc.record({
      key: fc.constantFrom('a', 'b'),
      id,
      look: fc.boolean(),
      fork: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(toggle, { maxLength: 60 }), (toggles) => {
        let index = new GroupIndex<string>();
        const model = { a: new Set<number>(), b: new Set<number>() };
        const handedOut: [ids: readonly number[], then: number[]][] = [];
        for (const { key, id: each, look, fork } of toggles) {
          if (fork) index = index.fork();
          if (model[key].delete(each)) {
            index.remove(key, each);
          } else {
            model[key].add(each);
            index.add(key, each);
          }
          if (look) handedOut.push([index.get(key), ascending(model[key])]);
        }
        for (const [ids, then] of handedOut) expect(ids).toEqual(then);
        for (const key of ['a', 'b'] as const) expect(index.get(key)).toEqual(ascending(model[key]));
      }),
      { numRuns: runs(200) },
    );
  });

  test('distinguishes strings and numbers as keys', () => {
    const index = new GroupIndex<string | number>();
    index.add('1', 10);
    index.add(1, 11);
    expect([index.get('1'), index.get(1)]).toEqual([[10], [11]]);
  });

  test('behaves as a map of sorted sets after any additions and removals', () => {
    const keys = ['a', 'b', '', '__proto__', 'constructor'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), id), { maxLength: 60 }), (toggled) => {
        const index = new GroupIndex<string>();
        const model = new Map(keys.map((key) => [key, new Set<number>()]));
        for (const [key, each] of toggled) {
          if (model.get(key)?.delete(each)) {
            index.remove(key, each);
          } else {
            model.get(key)?.add(each);
            index.add(key, each);
          }
          expect(keys.map((one) => index.get(one))).toEqual(keys.map((one) => ascending(model.get(one) ?? [])));
        }
      }),
      { numRuns: runs(200) },
    );
  });
});

test('forks of a group index do not see the changes of each other', () => {
  const keys = ['a', 'b'];
  const step = fc.record({ at: fc.nat(20), key: fc.constantFrom(...keys), id, isFork: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const first = { index: new GroupIndex<string>(), model: new Map(keys.map((key) => [key, new Set<number>()])) };
      const pairs = [first];
      for (const { at, key, id: each, isFork } of steps) {
        const { index, model } = pairs[at % pairs.length] ?? first;
        if (isFork) {
          pairs.push({ index: index.fork(), model: new Map([...model].map(([name, ids]) => [name, new Set(ids)])) });
        } else if (model.get(key)?.delete(each)) {
          index.remove(key, each);
        } else {
          model.get(key)?.add(each);
          index.add(key, each);
        }
        for (const pair of pairs) {
          expect(keys.map((name) => pair.index.get(name))).toEqual(
            keys.map((name) => ascending(pair.model.get(name) ?? [])),
          );
        }
      }
    }),
  );
});
