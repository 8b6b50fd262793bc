import fc from 'fast-check';
import { type Keys, Table, UniqueError } from '../../src/state/table.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { runs } from '../support/runs.ts';

seedFastCheck();

interface Item {
  readonly id: number;
  readonly code: string;
  readonly secret?: string;
  readonly team: string;
}

type Items = Table<Item, 'code' | 'secret', 'team'>;
const keys: Keys<Item, 'code' | 'secret', 'team'> = {
  unique: { code: (item) => item.code, secret: (item) => item.secret },
  groups: { team: (item) => item.team },
};
const ids = [0, 1, 2, 3, 4];
const codes = ids.map(String);
const secrets = ['s', 'se', 'sec'];
const teams = ['red', 'blue'];

/** The same in a plain map, every answer by a scan. */
class Model {
  readonly items: Map<number, Item>;

  constructor(items: ReadonlyMap<number, Item> = new Map()) {
    this.items = new Map(items);
  }

  put(item: Item): boolean {
    const others = [...this.items.values()].filter(({ id }) => id !== item.id);
    if (others.some(({ code }) => code === item.code)) return false;
    if (others.some(({ secret }) => secret !== undefined && secret === item.secret)) return false;
    this.items.set(item.id, item);
    return true;
  }

  answers() {
    const all = [...this.items.values()];
    return {
      values: all,
      byId: ids.map((id) => this.items.get(id)),
      byCode: codes.map((code) => all.find((item) => item.code === code)),
      bySecret: secrets.map((secret) => all.find((item) => item.secret === secret)),
      teams: teams.map((team) =>
        all
          .filter((item) => item.team === team)
          .map(({ id }) => id)
          .sort(),
      ),
    };
  }
}

function answersOf(table: Items) {
  return {
    values: [...table.values()],
    byId: ids.map((id) => table.get(id)),
    byCode: codes.map((code) => table.find('code', code)),
    bySecret: secrets.map((secret) => table.find('secret', secret)),
    teams: teams.map((team) => [...table.group('team', team)]),
  };
}

function put(table: Items, item: Item): boolean {
  try {
    table.put({ ...item });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(UniqueError);
    return false;
  }
}

const item: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.constantFrom(...ids),
    code: fc.constantFrom(...codes),
    secret: fc.constantFrom(...secrets),
    team: fc.constantFrom(...teams),
  },
  { requiredKeys: ['id', 'code', 'team'] },
);
/** What is done, and to which of the tables that there are by then. */
const step = fc.record({
  at: fc.nat(20),
  change: fc.oneof(
    { arbitrary: item.map((put) => ({ put })), weight: 5 },
    { arbitrary: fc.constantFrom(...ids).map((remove) => ({ remove })), weight: 2 },
    { arbitrary: fc.constant({ fork: true } as const), weight: 2 },
  ),
});

test('a table, its forks and their forks do not see the changes of each other', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 40 }), (steps) => {
      const first = { table: new Table<Item, 'code' | 'secret', 'team'>(keys), model: new Model() };
      const pairs = [first];
      for (const { at, change } of steps) {
        const { table, model } = pairs[at % pairs.length] ?? first;
        if ('put' in change) expect(put(table, change.put)).toBe(model.put(change.put));
        else if ('remove' in change) {
          table.remove(change.remove);
          model.items.delete(change.remove);
        } else pairs.push({ table: new Table(keys, table), model: new Model(model.items) });
        for (const pair of pairs) expect(answersOf(pair.table)).toEqual(pair.model.answers());
      }
    }),
    { numRuns: runs(100) },
  );
});
