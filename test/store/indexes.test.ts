import fc from 'fast-check';
import { GroupIndex, SortedIds } from '../../src/store/indexes.ts';
import { seedFastCheck } from '../ceql/seed.ts';

seedFastCheck();

const ascending = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);

/** Few, so that the same ones come and go; among them 0, negative and very large ones. */
const id = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(Number.MAX_SAFE_INTEGER, -1e15, 178_592));

describe('SortedIds', () => {
  test('begins empty', () => expect(new SortedIds().ascending).toEqual([]));

  test('is what a sorted set is, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 60 }), (toggled) => {
        const [ids, model] = [new SortedIds(), new Set<number>()];
        for (const each of toggled) {
          if (model.delete(each)) {
            ids.remove(each);
          } else {
            model.add(each);
            ids.add(each);
          }
          expect(ids.ascending).toEqual(ascending(model));
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['upwards', (ids: number[]) => ids],
    ['downwards', (ids: number[]) => ids.toReversed()],
  ])('takes many ids %s', (_, order) => {
    const [ids, wanted] = [new SortedIds(), Array.from({ length: 1000 }, (__, index) => index * 3)];
    for (const each of order(wanted)) ids.add(each);
    expect(ids.ascending).toEqual(wanted);
    for (const each of wanted.filter((number) => number % 2 === 0)) ids.remove(each);
    expect(ids.ascending).toEqual(wanted.filter((number) => number % 2 === 1));
  });
});

describe('GroupIndex', () => {
  test('gives no ids for a key that no record has, or has any more', () => {
    const index = new GroupIndex<string>();
    expect(index.get('a')).toEqual([]);
    index.remove('a', 1);
    index.add('a', 1);
    index.remove('a', 1);
    expect(index.get('a')).toEqual([]);
  });

  test('keeps texts and numbers apart as keys', () => {
    const index = new GroupIndex<string | number>();
    index.add('1', 10);
    index.add(1, 11);
    expect([index.get('1'), index.get(1)]).toEqual([[10], [11]]);
  });

  test('is what a map of sorted sets is, whatever comes and goes', () => {
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
      { numRuns: 200 },
    );
  });
});
