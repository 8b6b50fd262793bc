import fc from 'fast-check';
import { ForkMap } from '../../src/state/fork-map.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { isEndurance, runs } from '../support/runs.ts';

seedFastCheck();

const keys = [0, 1, 2, 3, 4, 5, 6, 7];

function answersOf(map: ForkMap<number, string>) {
  return { size: map.size, values: [...map.values()], byKey: keys.map((key) => map.get(key)) };
}

function answersOfModel(map: ReadonlyMap<number, string>) {
  return { size: map.size, values: [...map.values()], byKey: keys.map((key) => map.get(key)) };
}

const step = fc.record({
  at: fc.nat(20),
  change: fc.oneof(
    { arbitrary: fc.record({ key: fc.constantFrom(...keys), value: fc.string({ maxLength: 1 }) }), weight: 4 },
    { arbitrary: fc.constantFrom(...keys).map((gone) => ({ gone })), weight: 3 },
    { arbitrary: fc.constant({ fork: true } as const), weight: 2 },
  ),
});

test('a map, its forks and their forks behave as separate Maps, with the same order', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 60 }), (isLarge, steps) => {
      const first = { map: new ForkMap<number, string>(), model: new Map<number, string>() };
      // In a large map changes stay above the base, in a small one nearly every fork merges them.
      for (let key = 7; isLarge && key > -100; key--) {
        first.map.set(key, `${key}`);
        first.model.set(key, `${key}`);
      }
      const pairs = [first];
      for (const { at, change } of steps) {
        const { map, model } = pairs[at % pairs.length] ?? first;
        if ('fork' in change) pairs.push({ map: map.fork(), model: new Map(model) });
        else if ('gone' in change) {
          map.delete(change.gone);
          model.delete(change.gone);
        } else {
          map.set(change.key, change.value);
          model.set(change.key, change.value);
        }
        for (const pair of pairs) expect(answersOf(pair.map)).toEqual(answersOfModel(pair.model));
      }
    }),
    { numRuns: runs(300) },
  );
});

test('a replaced value keeps its position, and a value that is added again is the last', () => {
  const first = new ForkMap<number, string>();
  for (const key of keys) first.set(key, `${key}`);
  const map = first.fork();
  map.set(1, 'replaced');
  map.delete(0);
  map.delete(2);
  map.set(0, 'again');
  map.set(9, 'new');
  map.set(0, 'again and replaced');
  const expected = ['replaced', '3', '4', '5', '6', '7', 'again and replaced', 'new'];
  expect([...map.values()]).toEqual(expected);
  expect([...map.fork().values()]).toEqual(expected);
  expect([...first.values()]).toEqual(keys.map(String));
});

describe('the number of copied entries', () => {
  const size = isEndurance ? 10_000 : 2000;
  const full = () => {
    const map = new ForkMap<number, number>();
    for (let key = 0; key < size; key++) map.set(key, key);
    return map;
  };
  /** How many entries were put into Maps meanwhile, copied ones too. */
  const countOf = (action: () => void) => {
    const spy = jest.spyOn(Map.prototype, 'set');
    action();
    const count = spy.mock.calls.length;
    spy.mockRestore();
    return count;
  };

  test('is none for a fork and the first write after it', () => {
    const start = full();
    const count = countOf(() => {
      for (let round = 0; round < 100; round++) start.fork().set(round, -1);
    });
    expect(count).toBe(100);
  });

  test('is small for each change, however many forks of forks are made', () => {
    let map = full();
    map.set(0, 0);
    const forks: ForkMap<number, number>[] = [];
    const rounds = 3 * size;
    const count = countOf(() => {
      for (let round = 0; round < rounds; round++) {
        map.set((round * 7) % (2 * size), round);
        if (round % (size / 20) !== 0) continue;
        forks.push(map);
        map = map.fork();
      }
    });
    // Copying all at each of the 60 forks would be 60 * size and more.
    expect(count).toBeLessThan(10 * rounds);
    expect(forks[0]?.size).toBe(size);
    expect(map.size).toBe(2 * size);
  });
});
