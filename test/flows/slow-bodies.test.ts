import fc from 'fast-check';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { type Sent, send } from '../snapshots/wire.ts';
import { runs } from '../support/runs.ts';
import { until } from '../support/until.ts';
import { world } from '../support/world.ts';

seedFastCheck();

/** Bodies that arrive slowly while other requests change the same records. */

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body: object;
}

/** Sends all of a change but the last byte; the request has been let in by then. */
async function begin(emulator: Emulator, { method, path, body }: Change, user = 1000) {
  const before = emulator.requests.length;
  const text = JSON.stringify(body);
  const authorization = emulator.authorizationFor(user);
  const sent: Sent = send(emulator, path, { method, authorization, body: text.slice(0, -1), half: true });
  await until(() => emulator.requests.length > before);
  const finish = () => {
    sent.request.end(text.slice(-1));
    return sent.outcome;
  };
  return { finish };
}

/** Makes a change at once. */
const at = (emulator: Emulator, { method, path, body }: Change) =>
  send(emulator, path, { method, ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }) }).outcome;

/** Everything that one change sets and no other, and where the answer of it is found. */
interface Cell {
  change(n: number): Change;
  /** What is there after change `n`. */
  value(n: number): unknown;
  read(organization: Organization): unknown;
}

type Organization = ReturnType<Emulator['snapshot']>['organizations'][number];

const put = (path: string, body: object): Change => ({ method: 'PUT', path, body });
const patch = (path: string, body: object): Change => ({ method: 'PATCH', path, body });
const privilegeSets = [[], ['viewFormulas'], ['viewLogsAccount', 'viewElements'], ['viewLogsOrg']];
const privilegesOf = (n: number) => privilegeSets[n % privilegeSets.length] ?? [];
const given = (n: number) => ({ privileges: privilegesOf(n).map((key) => ({ key })) });

const policy = (field: 'minNumbers' | 'minSymbols' | 'expirationDays'): Cell => ({
  change: (n) => put('/organizations/password-policies', { [field]: n % 10 }),
  value: (n) => n % 10,
  read: ({ passwordPolicy }) => passwordPolicy?.[field],
});
const role = (key: string, change: (n: number) => Change): Cell => ({
  change,
  value: privilegesOf,
  read: ({ roles }) => roles?.find((each) => each.key === key)?.privileges,
});
const userOf = ({ accounts = [] }: Organization, id: number) =>
  accounts.flatMap(({ users = [] }) => users).find((user) => user.id === id);
const field = (name: 'firstName' | 'phone' | 'externalId' | 'city', path: string, method: 'PUT' | 'PATCH'): Cell => ({
  change: (n) => ({ method, path, body: { [name]: `value-${n}` } }),
  value: (n) => `value-${n}`,
  read: (organization) => userOf(organization, 1101)?.[name],
});
const account = (name: 'name' | 'description', path: string): Cell => ({
  change: (n) => patch(path, { [name]: `value-${n}` }),
  value: (n) => `value-${n}`,
  read: ({ accounts }) => accounts?.find(({ id }) => id === 110)?.[name],
});

const cells: Record<string, Cell> = {
  name: {
    change: (n) => put('/organizations/me', { name: `Name ${n}` }),
    value: (n) => `Name ${n}`,
    read: ({ name }) => name,
  },
  minNumbers: policy('minNumbers'),
  minSymbols: policy('minSymbols'),
  expirationDays: policy('expirationDays'),
  'role admin': role('admin', (n) => put('/organizations/roles/3', given(n))),
  'role org': role('org', (n) => put('/organizations/roles', [{ key: 'org', ...given(n) }])),
  'role default-user': role('default-user', (n) => put('/organizations/roles', [{ id: 16339, ...given(n) }])),
  firstName: field('firstName', '/users/1101', 'PATCH'),
  phone: field('phone', '/organizations/users/1101', 'PATCH'),
  externalId: field('externalId', '/accounts/110/users/1101', 'PATCH'),
  city: field('city', '/accounts/110/users/1101', 'PUT'),
  'account name': account('name', '/accounts/110'),
  'account description': account('description', '/accounts/110'),
};

test('a request with a slow body undoes no change that was made meanwhile', async () => {
  const plan = fc.array(
    fc.record({
      cell: fc.constantFrom(...Object.keys(cells)),
      at: fc.nat(12),
      lasts: fc.nat(12),
    }),
    { minLength: 2, maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(plan, async (uploads) => {
      const emulator = await startEmulator({ fixture: world, now: '2020-03-01T10:20:30Z', seed: 'slow' });
      try {
        const expected: Record<string, unknown> = {};
        const finishes = new Map<number, () => Promise<unknown>>();
        const steps = uploads.flatMap(({ at, lasts }, n) => [
          { n, at, isEnd: false },
          { n, at: at + lasts, isEnd: true },
        ]);
        for (const { n, isEnd } of steps.sort(
          (a, b) => a.at - b.at || a.n - b.n || Number(a.isEnd) - Number(b.isEnd),
        )) {
          const name = uploads[n]?.cell ?? '';
          const cell = cells[name] as Cell;
          if (isEnd) {
            expect([name, await finishes.get(n)?.()]).toEqual([name, 200]);
            expected[name] = cell.value(n);
          } else {
            finishes.set(n, (await begin(emulator, cell.change(n))).finish);
          }
        }
        const [organization] = emulator.snapshot().organizations;
        const found = Object.keys(expected).map((name) => [name, organization && cells[name]?.read(organization)]);
        expect(Object.fromEntries(found)).toEqual(expected);
      } finally {
        await emulator.close();
      }
    }),
    { numRuns: runs(60) },
  );
}, 120_000);

describe('a request is refused if its caller loses access while the body arrives', () => {
  const add: Change = {
    method: 'POST',
    path: '/accounts/110/users',
    body: { firstName: 'New', lastName: 'User', email: 'new@here.example', password: 'fresh-pw' },
  };
  const rename = put('/organizations/me', { name: 'Renamed' });

  test.each<[what: string, upload: Change, user: number, meanwhile: Change, status: number]>([
    ['the role loses the privilege', add, 1100, put('/organizations/roles/3', { privileges: [] }), 401],
    ['the role is revoked', add, 1100, patch('/users/1100', { roles: [] }), 401],
    ['the user is deactivated', add, 1100, patch('/users/1100', { active: false }), 401],
    ['the user is deleted', add, 1100, { method: 'DELETE', path: '/accounts/110/users/1100', body: {} }, 401],
    ['the account is deactivated', add, 1100, patch('/accounts/110', { active: false }), 401],
    ['but not if the organization is renamed', add, 1100, put('/organizations/me', { name: 'X' }), 200],
    ['but not if the user is renamed', add, 1100, patch('/users/1100', { firstName: 'X' }), 200],
    ["org-admin loses the policy's privilege", rename, 1000, put('/organizations/roles/930', { privileges: [] }), 401],
    [
      'the caller loses configureRoles, which is 403',
      put('/organizations/roles/2717', { privileges: [] }),
      1000,
      put('/organizations/roles/930', { privileges: [] }),
      403,
    ],
  ])('%s', async (_what, upload, user, meanwhile, status) => {
    const emulator = await startEmulator({ fixture: world, now: '2020-03-01T10:20:30Z', seed: 'slow' });
    try {
      const { finish } = await begin(emulator, upload, user);
      expect(await at(emulator, meanwhile)).toBe(200);
      const before = emulator.snapshot().organizations;
      expect(await finish()).toBe(status);
      if (status === 200) expect(emulator.snapshot().organizations).not.toEqual(before);
      else expect(emulator.snapshot().organizations).toEqual(before);
    } finally {
      await emulator.close();
    }
  });

  test('a role of the account is revoked', async () => {
    const emulator = await startEmulator({ fixture: world, now: '2020-03-01T10:20:30Z', seed: 'slow' });
    try {
      expect(await at(emulator, put('/accounts/110/roles/admin', {}))).toBe(200);
      const { finish } = await begin(emulator, add, 1101);
      const revoke = { method: 'DELETE', path: '/accounts/110/roles/admin', body: {} };
      expect(await at(emulator, revoke)).toBe(200);
      expect(await finish()).toBe(401);
    } finally {
      await emulator.close();
    }
  });
});
