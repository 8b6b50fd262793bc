import fc from 'fast-check';
import { Table, UniqueError } from '../../src/state/table.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { runs } from '../support/runs.ts';

seedFastCheck();

interface Item {
  readonly id: number;
  readonly email: string;
  readonly code?: string;
  readonly team?: string;
  readonly active: boolean;
}

// As in the state: a key may be derived, may be absent, and one name may be of both kinds.
const emailOf = (item: Item) => item.email.toLowerCase();
const codeOf = (item: Item) => item.code;
const teamOf = (item: Item) => item.team;
const activeTeamOf = (item: Item) => (item.active ? item.team : undefined);

const createTable = () =>
  new Table<Item, 'email' | 'code', 'team' | 'activeTeam' | 'code'>({
    unique: { email: emailOf, code: codeOf },
    groups: { team: teamOf, activeTeam: activeTeamOf, code: codeOf },
  });

const ids = [0, 1, 2, 3, 4, 5, 6];
const emails = ['a', 'A', 'b', 'c', 'd', 'e'];
const codes = ['', 'a', 'b', 'longer'];
const teams = ['', 'red', 'blue', '__proto__'];

const item: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.constantFrom(...ids),
    email: fc.constantFrom(...emails),
    active: fc.boolean(),
    code: fc.constantFrom(...codes),
    team: fc.constantFrom(...teams),
  },
  { requiredKeys: ['id', 'email', 'active'] },
);
type Step = { readonly put: Item } | { readonly remove: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { arbitrary: item.map((put) => ({ put })), weight: 3 },
    { arbitrary: fc.constantFrom(...ids, 99).map((remove) => ({ remove })), weight: 1 },
  ),
  { minLength: 1, maxLength: 40 },
);

/** All that can be asked of a table. */
function answersOf(table: ReturnType<typeof createTable>) {
  return {
    values: [...table.values()],
    byId: ids.map((id) => table.get(id)),
    byEmail: emails.map((email) => table.find('email', email.toLowerCase())),
    byCode: codes.map((code) => table.find('code', code)),
    teams: teams.map((team) => [...table.group('team', team)]),
    activeTeams: teams.map((team) => [...table.group('activeTeam', team)]),
    codes: codes.map((code) => [...table.group('code', code)]),
  };
}

/** The same answers from a scan. */
function scan(model: ReadonlyMap<number, Item>): ReturnType<typeof answersOf> {
  const all = [...model.values()];
  const idsWhere = (test: (item: Item) => boolean) =>
    all
      .filter(test)
      .map(({ id }) => id)
      .sort((a, b) => a - b);
  return {
    values: all,
    byId: ids.map((id) => model.get(id)),
    byEmail: emails.map((email) => all.find((each) => emailOf(each) === email.toLowerCase())),
    byCode: codes.map((code) => all.find((each) => each.code === code)),
    teams: teams.map((team) => idsWhere((each) => each.team === team)),
    activeTeams: teams.map((team) => idsWhere((each) => each.active && each.team === team)),
    codes: codes.map((code) => idsWhere((each) => each.code === code)),
  };
}

function holderOf(model: ReadonlyMap<number, Item>, put: Item): { constraint: string; holder: number } | undefined {
  const others = [...model.values()].filter(({ id }) => id !== put.id);
  const email = others.find((each) => emailOf(each) === emailOf(put));
  if (email !== undefined) return { constraint: 'email', holder: email.id };
  const code = others.find((each) => put.code !== undefined && each.code === put.code);
  return code && { constraint: 'code', holder: code.id };
}

test('the indexes agree with a scan after any additions, replacements and removals', () => {
  let refused = 0;
  fc.assert(
    fc.property(steps, (taken) => {
      const [table, model] = [createTable(), new Map<number, Item>()];
      for (const step of taken) {
        if ('remove' in step) {
          table.remove(step.remove);
          model.delete(step.remove);
        } else {
          const taker = holderOf(model, step.put);
          if (taker === undefined) {
            table.put({ ...step.put });
            model.set(step.put.id, step.put);
          } else {
            refused += 1;
            expect(() => table.put({ ...step.put })).toThrow(
              expect.objectContaining({ name: 'UniqueError', ...taker }),
            );
          }
        }
        expect(answersOf(table)).toEqual(scan(model));
      }
    }),
    { numRuns: runs(150) },
  );
  expect(refused).toBeGreaterThan(runs(100));
});

describe('a unique value', () => {
  const filled = () => {
    const table = createTable();
    table.put({ id: 1, email: 'One', code: '1', team: 'red', active: true });
    table.put({ id: 2, email: 'Two', code: '2', team: 'red', active: true });
    return table;
  };

  test('is refused for a new record and for a replacement, and nothing changes', () => {
    const table = filled();
    const before = answersOf(table);
    const refusals: [Item, string][] = [
      [{ id: 3, email: 'ONE', team: 'blue', active: true }, 'email is taken by 1'],
      [{ id: 2, email: 'one', code: '9', team: 'blue', active: false }, 'email is taken by 1'],
      // Its email is free and must be so afterwards.
      [{ id: 2, email: 'free', code: '1', team: 'blue', active: false }, 'code is taken by 1'],
    ];
    for (const [refused, message] of refusals) {
      expect(() => table.put(refused)).toThrow(UniqueError);
      expect(() => table.put(refused)).toThrow(message);
      expect(answersOf(table)).toEqual(before);
    }
    expect(table.find('email', 'free')).toBeUndefined();
  });

  test('can stay, and is free when its record changes it or is removed', () => {
    const table = filled();
    table.put({ id: 1, email: 'ONE', code: '1', active: true });
    table.put({ id: 1, email: 'uno', active: true });
    table.put({ id: 3, email: 'one', code: '1', active: true });
    table.remove(2);
    table.put({ id: 4, email: 'two', code: '2', active: true });
    expect(['one', 'two', 'uno'].map((email) => table.find('email', email)?.id)).toEqual([3, 4, 1]);
  });

  test('can be unset in several records', () => {
    const table = createTable();
    table.put({ id: 1, email: 'a', active: true });
    table.put({ id: 2, email: 'b', active: true });
    expect([...table.values()]).toHaveLength(2);
  });
});

describe('records', () => {
  test('are frozen, whichever method returns them', () => {
    const table = createTable();
    table.put({ id: 1, email: 'a', code: '1', active: true });
    table.put({ id: 1, email: 'b', code: '1', active: true });
    const reached = [table.get(1), table.find('email', 'b'), ...table.values()];
    for (const each of reached) {
      expect(each).toEqual({ id: 1, email: 'b', code: '1', active: true });
      expect(Object.isFrozen(each)).toBe(true);
      expect(() => Object.assign(each ?? {}, { email: 'c' })).toThrow(TypeError);
    }
  });

  test('do not change when they are replaced or removed', () => {
    const table = createTable();
    table.put({ id: 1, email: 'a', active: true });
    const held = table.get(1);
    table.put({ id: 1, email: 'b', active: false });
    table.remove(1);
    expect(held).toEqual({ id: 1, email: 'a', active: true });
    expect(table.get(1)).toBeUndefined();
  });

  test('keep the order of their first addition', () => {
    const table = createTable();
    for (const id of [3, 1, 2]) table.put({ id, email: String(id), active: true });
    table.put({ id: 3, email: 'changed', active: true });
    expect([...table.values()].map(({ id }) => id)).toEqual([3, 1, 2]);
  });
});
