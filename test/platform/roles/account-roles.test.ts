import { createEmulator, type Emulator, type Fixture } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { type Answer, idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';
import { othersWithoutIntelligence } from '../privileges.ts';

const createWorld = reuseWorlds();

const some = (fields: object) => expect.objectContaining(fields);
const as = (emulator: Emulator, user: number) => connect(emulator, emulator.authorizationFor(user));
const denied = { status: 401, ids: unauthorized401.body };

const defaultUser = {
  id: 16339,
  name: 'Default User',
  key: 'default-user',
  active: true,
  description: 'Default User',
  features: [],
  privileges: othersWithoutIntelligence.map((key) => ({ key })),
  hide: false,
};

const unknown = refused(400, "Role 'boss' is unknown: the roles are admin, org, org-admin, default-user.");
const nothing = (id: number) => refused(404, `No account found with ID ${id}`);
const foreign = refused(403, 'Account 200 is of another organization.');
const own = refused(403, 'Users cannot change the roles of their own account.');
const above = refused(403, "Role 'sys-admin' is above the roles of the caller.");
const outside = refused(400, "Role 'org-admin' is only for users of the default account.");
const missing = (id: number, key: string) => refused(404, `Role '${key}' is not granted to account ${id}.`);

// Reads and refused requests change nothing, so that one emulator is enough.
const shared = createWorld();
const client = connect(shared);

describe('GET /accounts/{id}/roles', () => {
  test.each<[what: string, id: number, roles: number[]]>([
    ['an account with a role', 120, [16339]],
    ['an account without roles', 110, []],
    ['an inactive account', 130, []],
    ["the caller's account, which has no roles", 100, []],
  ])('lists the roles of %s', async (_what, id, roles) => {
    expect(idsOf(await client.get(`/accounts/${id}/roles`))).toEqual(listOf(...roles));
  });

  const twoRoles = connect(createWorld());
  beforeAll(async () => {
    await twoRoles.put('/accounts/120/roles/admin', {});
  });

  test.each<[query: string, roles: number[], total: string]>([
    ["where=key='default-user'", [16339], '1'],
    ["where=name='nobody'", [], '0'],
    ['pageSize=1', [3], '2'],
    ['pageSize=1&page=2', [16339], '2'],
    ['offset=2', [], '2'],
  ])('%s', async (query, roles, total) => {
    const answer = await twoRoles.get(`/accounts/120/roles?${query}`);
    expect(idsOf(answer)).toEqual(listOf(...roles));
    const { 'elements-total-count': count, 'elements-returned-count': returned } = answer.headers;
    expect([count, returned]).toEqual([total, `${roles.length}`]);
  });

  test('has a token for the next page, except on the last page', async () => {
    const first = await twoRoles.get('/accounts/120/roles?pageSize=1');
    const second = await twoRoles.get(`/accounts/120/roles?nextPage=${first.headers['elements-next-page-token']}`);
    expect([idsOf(first), idsOf(second)]).toEqual([listOf(3), listOf(16339)]);
    expect(second.headers).not.toHaveProperty('elements-next-page-token');
  });
});

describe('the order of the checks, by requests that fail a later check too', () => {
  type Row = [name: string, path: string, expected: Answer];
  const both: Row[] = [
    [
      'an id that is not an integer, and an unknown key',
      'abc/roles/boss',
      refused(400, expect.stringContaining("'abc'")),
    ],
    ['unknown key, and unknown account', '999/roles/boss', unknown],
    ['unknown key, and another organization', '200/roles/boss', unknown],
    ["unknown key, and the caller's own account", '100/roles/boss', unknown],
    ['unknown account, and a role above', '999/roles/sys-admin', nothing(999)],
    ['another organization, and a role above', '200/roles/sys-admin', foreign],
    ['another organization, and granted nowhere', '200/roles/admin', foreign],
  ];
  const changes: Row[] = [
    ["the caller's own account, and a role above", '100/roles/sys-admin', own],
    ["the caller's own account", '100/roles/org-admin', own],
    ['a role above', '110/roles/sys-admin', above],
    ['org-admin outside the default account', '110/roles/org-admin', outside],
  ];
  const reads: Row[] = [
    ['not granted', '110/roles/default-user', missing(110, 'default-user')],
    ['not granted to the account, although its users have it', '110/roles/admin', missing(110, 'admin')],
    ['a role that cannot be granted', '110/roles/sys-admin', missing(110, 'sys-admin')],
    ['granted', '120/roles/default-user', ok(defaultUser)],
    ['org, which users have by themselves', '110/roles/org', missing(110, 'org')],
  ];
  const revokes: Row[] = [
    ["the caller's own account, and not granted", '100/roles/admin', own],
    ["the caller's own account, and org", '100/roles/org', own],
    ['org', '110/roles/org', refused(400, "Role 'org' is everybody's and cannot be revoked.")],
    ['not granted', '120/roles/admin', missing(120, 'admin')],
    ['not granted to the account, although its users have it', '110/roles/admin', missing(110, 'admin')],
  ];
  const before = JSON.stringify(shared.snapshot().organizations);
  afterEach(() => expect(JSON.stringify(shared.snapshot().organizations)).toBe(before));

  test.each([...both, ...reads])('GET: %s', async (_name, path, expected) => {
    expect(seen(await client.get(`/accounts/${path}`))).toEqual(expected);
  });
  test.each([...both, ...changes])('PUT: %s', async (_name, path, expected) => {
    expect(seen(await client.put(`/accounts/${path}`, {}))).toEqual(expected);
  });
  test.each([...both, ...changes, ...revokes])('DELETE: %s', async (_name, path, expected) => {
    expect(seen(await client.delete(`/accounts/${path}`))).toEqual(expected);
  });
  test.each<[string, number | string, Answer]>([
    ['nothing', 999, nothing(999)],
    ['an account of another organization', 200, foreign],
    ['an id that is not an integer', 'here', refused(400, expect.stringContaining("'id' must be an integer"))],
  ])('GET of the roles of %s', async (_what, id, expected) => {
    expect(seen(await client.get(`/accounts/${id}/roles`))).toEqual(expected);
  });
  test.each(['120/roles/default-user', '110/roles/org'])(
    'PUT of a role that the account has answers 200: %s',
    async (path) => {
      expect(seen(await client.put(`/accounts/${path}`, {}))).toEqual(ok(some({ active: true })));
    },
  );
});

test.each([110, 130])('a second grant to account %d changes nothing, and a second revoke answers 404', async (id) => {
  const platform = connect(createWorld());
  const path = `/accounts/${id}/roles`;
  for (let time = 0; time < 2; time += 1) {
    expect(seen(await platform.put(`${path}/default-user`, {}))).toEqual(ok(defaultUser));
    expect(seen(await platform.get(path))).toEqual(ok([defaultUser]));
    expect(seen(await platform.get(`${path}/default-user`))).toEqual(ok(defaultUser));
  }
  await platform.put(`${path}/admin`, {});
  expect(seen(await platform.delete(`${path}/default-user`))).toEqual(ok(defaultUser));
  expect(idsOf(await platform.get(path))).toEqual(listOf(3));
  expect(seen(await platform.delete(`${path}/default-user`))).toEqual(missing(id, 'default-user'));
});

/** The session of a login, in short. */
async function logIn(emulator: Emulator, username: string, password: string): Promise<object> {
  const { status, body } = await connect(emulator, '').post('/authentication', { username, password });
  const keys = body.roles?.map(({ key }: { key: string }) => key);
  return { status, organizationAdmin: body.organizationAdmin, accountAdmin: body.accountAdmin, keys };
}

describe('the role admin of an account', () => {
  test('makes every user of the account an account administrator until it is revoked', async () => {
    const emulator = createWorld();
    const platform = connect(emulator);
    const user = as(emulator, 1101);
    const plain = { status: 200, organizationAdmin: false, accountAdmin: false, keys: ['org'] };
    expect(await logIn(emulator, 'user@here.example', 'user-pw')).toEqual(plain);
    await platform.put('/accounts/110/roles/admin', {});

    const body = { firstName: 'New', lastName: 'User', email: 'new@here.example', password: 'fresh-pw' };
    const { status, body: created } = await platform.post('/accounts/110/users', body);
    expect({ status, id: created.id }).toEqual({ status: 200, id: 5000 });
    for (const caller of [user, as(emulator, 5000)]) {
      expect(idsOf(await caller.get('/accounts/110/users'))).toEqual(listOf(5000, 1101, 1100));
      expect(idsOf(await caller.get('/users'))).toEqual(listOf(5000, 1101, 1100));
      expect(idsOf(await caller.get('/accounts/120/users'))).toEqual(denied);
      expect(idsOf(await caller.get('/accounts'))).toEqual(denied);
    }
    expect(idsOf(await platform.get('/users/5000/roles'))).toEqual(listOf(3, 2717));
    // The roles in the body of a user are the user's own.
    expect(created.roles).toEqual([some({ key: 'org' })]);
    expect(await logIn(emulator, 'user@here.example', 'user-pw')).toEqual({
      ...plain,
      accountAdmin: true,
      keys: ['admin', 'org'],
    });

    await platform.delete('/accounts/110/roles/admin');
    expect(idsOf(await user.get('/users'))).toEqual(denied);
    expect(idsOf(await as(emulator, 5000).get('/accounts/110/users'))).toEqual(denied);
    expect(await logIn(emulator, 'user@here.example', 'user-pw')).toEqual(plain);
    // A user who has the role as well keeps it.
    expect(idsOf(await as(emulator, 1100).get('/users'))).toEqual(listOf(5000, 1101, 1100));
  });

  test('lets the users of the account grant roles as high', async () => {
    const emulator = createWorld();
    await connect(emulator).put('/accounts/110/roles/admin', {});
    const user = as(emulator, 1101);
    expect(seen(await user.delete('/users/1100/roles/admin'))).toEqual(ok(some({ key: 'admin' })));
    expect(seen(await user.put('/users/1100/roles/admin', {}))).toEqual(ok(some({ key: 'admin' })));
    expect(seen(await user.patch('/users/1100', { roles: [{ key: 'default-user' }] }))).toEqual(ok(some({ id: 1100 })));
    const tooMuch = refused(403, "Role 'org-admin' is above the roles of the caller.");
    expect(seen(await user.put('/users/1100/roles/org-admin', {}))).toEqual(tooMuch);
    expect(seen(await user.patch('/users/1100', { roles: [{ key: 'org-admin' }] }))).toEqual(tooMuch);
  });
});

describe('the role org-admin of the default account', () => {
  const users = [
    { id: 1, email: 'one@acme.example', password: 'first-pw', roles: [] },
    { id: 2, email: 'two@acme.example', password: 'other-pw', roles: ['admin'] },
  ];
  const elsewhere = {
    id: 20,
    externalId: 'else',
    users: [{ id: 3, email: 'three@acme.example', password: 'third-pw' }],
  };
  const fixture: Fixture = {
    organizations: [
      { name: 'Acme', accounts: [{ id: 10, defaultAccount: true, roles: ['org-admin'], users }, elsewhere] },
    ],
  };
  const start = () => createEmulator({ fixture, seed: 'roles', now: '2020-03-01' });

  test('makes its users organization administrators', async () => {
    const emulator = start();
    expect(emulator.credentials.authorization).toBe(emulator.authorizationFor(1));
    const admin = as(emulator, 1);
    expect(idsOf(await admin.get('/accounts'))).toEqual(listOf(10, 20));
    expect(idsOf(await admin.get('/users'))).toEqual(listOf(3, 2, 1));
    expect(idsOf(await admin.get('/users/1/roles'))).toEqual(listOf(930, 2717));
    expect(idsOf(await as(emulator, 3).get('/accounts'))).toEqual(denied);
    // They can grant the role that they have themselves.
    expect(seen(await admin.put('/users/2/roles/org-admin', {}))).toEqual(ok(some({ key: 'org-admin' })));
    expect(idsOf(await admin.get('/accounts/10/roles'))).toEqual(listOf(930));
    expect(seen(await admin.delete('/accounts/10/roles/org-admin'))).toEqual(own);
  });

  test.each([
    ['one', 'first-pw', true, false, ['org-admin', 'org']],
    ['two', 'other-pw', true, true, ['admin', 'org-admin', 'org']],
    ['three', 'third-pw', false, false, ['org']],
  ])('is in the answer to the login of user %s', async (name, password, organizationAdmin, accountAdmin, keys) => {
    const session = await logIn(start(), `${name}@acme.example`, password);
    expect(session).toEqual({ status: 200, organizationAdmin, accountAdmin, keys });
  });
});
