import type { Emulator } from '../../../src/index.ts';
import { sendRaw } from '../../http/raw.ts';
import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { type Answer, idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';
import { ofAdmin, others } from '../privileges.ts';

const some = (fields: object) => expect.objectContaining(fields);
const administrator = 1000;
const accountAdministrator = 1100;
const as = (emulator: Emulator, user: number) => connect(emulator, emulator.authorizationFor(user));

const admin = {
  id: 3,
  name: 'Account',
  key: 'admin',
  active: true,
  description: 'Account Administrator',
  features: [],
  privileges: ofAdmin.map((key) => ({ key })),
  hide: false,
};
const org = {
  id: 2717,
  name: 'Organization User',
  key: 'org',
  active: true,
  description: 'Organization User',
  features: [],
  privileges: others.map((key) => ({ key })),
  hide: false,
};

const unknown = (key: string) =>
  refused(400, `Role '${key}' is unknown: the roles are admin, org, org-admin, default-user.`);
const nobody = (id: number | string) => refused(404, `No user found with ID ${id}`);
const foreign = refused(403, 'User 2000 is of another organization.');
const oneself = refused(403, 'Users cannot change their own roles.');
const above = (key: string) => refused(403, `Role '${key}' is above the roles of the caller.`);
const outside = refused(400, "Role 'org-admin' is only for users of the default account.");

// Reads and refused requests change nothing, so that one emulator is enough.
const shared = createWorld();

describe('GET /users/{id}/roles', () => {
  test('answers roles with their privileges', async () => {
    expect(seen(await as(shared, administrator).get('/users/1100/roles'))).toEqual(ok([admin, org]));
  });

  test.each<[who: string, caller: number, id: number, roles: number[]]>([
    ['a plain user', administrator, 1001, [2717]],
    ['the caller', administrator, 1000, [930, 2717]],
    ['an inactive user', administrator, 1002, [930, 2717]],
    ['a user whose account has roles too', administrator, 1200, [3, 2717, 16339]],
    ['the account administrator who calls it', accountAdministrator, 1100, [3, 2717]],
    ["a user of the caller's account", accountAdministrator, 1101, [2717]],
  ])('of %s', async (_who, caller, id, roles) => {
    expect(idsOf(await as(shared, caller).get(`/users/${id}/roles`))).toEqual(listOf(...roles));
  });

  test.each<[who: string, caller: number, id: number | string, expected: Answer]>([
    ['nobody', administrator, 999, nobody(999)],
    ['an id that is too large for a number', administrator, '99999999999999999999', nobody('99999999999999999999')],
    ['an email', administrator, 'user@here.example', refused(400, expect.stringContaining("'id' must be an integer"))],
    ['a user of another organization', administrator, 2000, foreign],
    ['a user of another organization, for an account administrator', accountAdministrator, 2000, foreign],
    ['a user of another account', accountAdministrator, 1200, nobody(1200)],
  ])('refuses %s', async (_who, caller, id, expected) => {
    expect(seen(await as(shared, caller).get(`/users/${id}/roles`))).toEqual(expected);
  });

  test.each<[query: string, ids: number[], total: number]>([
    ["where=key='org'", [2717], 1],
    ["where=id='3'", [3], 1],
    ["where=name LIKE '%user%'", [2717, 16339], 2],
    ["where=description='Default User' AND active=true", [16339], 1],
    ["where=key='boss'", [], 0],
    ['pageSize=2', [3, 2717], 3],
    ['pageSize=2&page=2', [16339], 3],
    ['pageSize=1&offset=1', [2717], 3],
    ['offset=3', [], 3],
    ["where=key!='admin'&pageSize=1&offset=1", [16339], 2],
  ])('%s', async (query, ids, total) => {
    const { status, body, headers } = await sendRaw(shared, { path: `/users/1200/roles?${encodeURI(query)}` });
    expect({ status, body }).toEqual(ok(ids.map((id) => some({ id }))));
    expect([headers['elements-total-count'], headers['elements-returned-count']]).toEqual([
      `${total}`,
      `${ids.length}`,
    ]);
  });

  test('answers page by page, and the last page has no token', async () => {
    const client = as(shared, administrator);
    const first = await client.get('/users/1200/roles?pageSize=2');
    const second = await client.get(`/users/1200/roles?nextPage=${first.headers['elements-next-page-token']}`);
    expect([idsOf(first), idsOf(second)]).toEqual([listOf(3, 2717), listOf(16339)]);
    expect(second.headers).not.toHaveProperty('elements-next-page-token');
  });

  test.each([
    ["where=privileges='users'", 'only id, name, key, active, description can'],
    ['where=key%3D', 'Invalid where at position'],
    ['pageSize=0', "'pageSize'"],
  ])('%s is 400', async (query, message) => {
    expect(seen(await as(shared, administrator).get(`/users/1200/roles?${query}`))).toEqual(
      refused(400, expect.stringContaining(message)),
    );
  });
});

/** Each request violates the check of its row and a later one: the earlier check decides. */
describe('the order of the checks', () => {
  type Row = [name: string, caller: number, path: string, expected: Answer];
  // An unknown target is in no organization, and the caller is in their own.
  const both: Row[] = [
    [
      'an id that is not an integer, and an unknown key',
      administrator,
      'abc/roles/boss',
      refused(400, expect.stringContaining("'abc'")),
    ],
    ['unknown key, and unknown user', administrator, '999/roles/boss', unknown('boss')],
    ['unknown key, and another organization', administrator, '2000/roles/boss', unknown('boss')],
    ['unknown key, and oneself', administrator, '1000/roles/boss', unknown('boss')],
    ['a key in another case of letters', administrator, '1101/roles/Admin', unknown('Admin')],
    ['the key __proto__', administrator, '1101/roles/__proto__', unknown('__proto__')],
    ['the key constructor', administrator, '1101/roles/constructor', unknown('constructor')],
    ['unknown user, and a role above', administrator, '999/roles/sys-admin', nobody(999)],
    ['a user of another account, and a role above', accountAdministrator, '1200/roles/org-admin', nobody(1200)],
    ['another organization, and a role above', administrator, '2000/roles/sys-admin', foreign],
    ['another organization for an account administrator', accountAdministrator, '2000/roles/sys-admin', foreign],
    ['oneself, and a role above', administrator, '1000/roles/sys-admin', oneself],
    ['oneself, and org-admin outside the default account', accountAdministrator, '1100/roles/org-admin', oneself],
    ['a role above', administrator, '1101/roles/sys-admin', above('sys-admin')],
    [
      'a role above, and org-admin outside the default account',
      accountAdministrator,
      '1101/roles/org-admin',
      above('org-admin'),
    ],
    ['org-admin outside the default account', administrator, '1101/roles/org-admin', outside],
  ];
  const puts: Row[] = [
    ['another organization, and granted already', administrator, '2000/roles/org-admin', foreign],
    ['oneself, and granted already', administrator, '1000/roles/org-admin', oneself],
    ['granted already', administrator, '1100/roles/admin', refused(409, "User 1100 has role 'admin' already.")],
    ['org, which every user has', administrator, '1101/roles/org', refused(409, "User 1101 has role 'org' already.")],
  ];
  const missing = (id: number, key: string) => refused(404, `Role '${key}' is not granted to user ${id} itself.`);
  const deletes: Row[] = [
    ['another organization, and not granted', administrator, '2000/roles/admin', foreign],
    ['oneself, and not granted', administrator, '1000/roles/admin', oneself],
    ['oneself, and org', administrator, '1000/roles/org', oneself],
    ['org', administrator, '1101/roles/org', refused(400, "Role 'org' is everybody's and cannot be revoked.")],
    ['not granted', administrator, '1101/roles/admin', missing(1101, 'admin')],
    ['granted only to the account', administrator, '1200/roles/default-user', missing(1200, 'default-user')],
  ];
  const before = JSON.stringify(shared.snapshot().organizations);
  afterEach(() => expect(JSON.stringify(shared.snapshot().organizations)).toBe(before));

  test.each([...both, ...puts])('PUT: %s', async (_name, caller, path, expected) => {
    expect(seen(await as(shared, caller).put(`/users/${path}`, {}))).toEqual(expected);
  });
  test.each([...both, ...deletes])('DELETE: %s', async (_name, caller, path, expected) => {
    expect(seen(await as(shared, caller).delete(`/users/${path}`))).toEqual(expected);
  });

  test('the check for a role above comes before the check whether the role is granted', async () => {
    const emulator = createWorld();
    await connect(emulator).put('/users/1001/roles/admin', {});
    // An account administrator of the default account, where org-admin can be granted.
    const caller = as(emulator, 1001);
    expect(seen(await caller.put('/users/1000/roles/org-admin', {}))).toEqual(above('org-admin'));
    expect(seen(await caller.delete('/users/1002/roles/org-admin'))).toEqual(above('org-admin'));
    await connect(emulator).delete('/users/1002/roles/org-admin');
    expect(seen(await caller.delete('/users/1002/roles/org-admin'))).toEqual(above('org-admin'));
  });
});

describe('a grant and a revoke', () => {
  test('answer the role and apply from the next call on, also for users who are logged in', async () => {
    const emulator = createWorld();
    const client = connect(emulator);
    const { body: session } = await client.post('/authentication', {
      username: 'user@here.example',
      password: 'user-pw',
    });
    const user = connect(emulator, `Bearer ${session.token}`);
    const users = async () => idsOf(await user.get('/users'));
    expect(await users()).toEqual({ status: 401, ids: unauthorized401.body });
    expect(seen(await client.put('/users/1101/roles/admin', {}))).toEqual(ok(admin));
    expect(seen(await client.get('/users/1101/roles'))).toEqual(ok([admin, org]));
    expect(seen(await client.get('/accounts/110/users/1101'))).toEqual(
      ok(some({ roles: [some({ key: 'admin' }), some({ key: 'org' })] })),
    );
    expect(await users()).toEqual(listOf(1101, 1100));
    expect(seen(await client.delete('/users/1101/roles/admin'))).toEqual(ok(admin));
    expect(await users()).toEqual({ status: 401, ids: unauthorized401.body });
    expect(seen(await client.get('/users/1101/roles'))).toEqual(ok([org]));
  });

  test.each<[who: string, caller: number, path: string, id: number]>([
    ['org-admin in the default account', administrator, '1001/roles/org-admin', 930],
    ['a role to an inactive user', administrator, '1002/roles/default-user', 16339],
    ["the caller's own role to a user of the caller's account", accountAdministrator, '1101/roles/admin', 3],
    ["a lesser role to a user of the caller's account", accountAdministrator, '1101/roles/default-user', 16339],
  ])('of %s', async (_who, caller, path, id) => {
    const client = as(createWorld(), caller);
    const list = `/users/${path.replace(/\/[^/]*$/, '')}`;
    const { ids: before } = idsOf(await client.get(list));
    expect(before).not.toContainEqual(id);
    expect(seen(await client.put(`/users/${path}`, {}))).toEqual(ok(some({ id })));
    expect(idsOf(await client.get(list)).ids).toContainEqual(id);
    expect(seen(await client.put(`/users/${path}`, {}))).toEqual(refused(409, expect.any(String)));
    expect(seen(await client.delete(`/users/${path}`))).toEqual(ok(some({ id })));
    expect(idsOf(await client.get(list)).ids).toEqual(before);
  });

  test('do not change other roles or other users', async () => {
    const client = connect(createWorld());
    for (const key of ['default-user', 'admin']) await client.put(`/users/1001/roles/${key}`, {});
    expect(idsOf(await client.get('/users/1001/roles'))).toEqual(listOf(3, 2717, 16339));
    await client.delete('/users/1001/roles/default-user');
    expect(idsOf(await client.get('/users/1001/roles'))).toEqual(listOf(3, 2717));
    expect(idsOf(await client.get('/users/1000/roles'))).toEqual(listOf(930, 2717));
  });

  test('are separate from the account: a user can be granted a role of the account, and the list has it once', async () => {
    const client = connect(createWorld());
    expect(seen(await client.put('/users/1200/roles/default-user', {}))).toEqual(ok(some({ key: 'default-user' })));
    expect(idsOf(await client.get('/users/1200/roles'))).toEqual(listOf(3, 2717, 16339));
    await client.delete('/accounts/120/roles/default-user');
    expect(idsOf(await client.get('/users/1200/roles'))).toEqual(listOf(3, 2717, 16339));
  });

  test.each(['null', ''])('accept the body %j as no body', async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    const grant = { method: 'PUT', path: '/users/1101/roles/admin', headers, body };
    const { status, body: role } = await sendRaw(createWorld(), grant);
    expect({ status, body: role }).toEqual(ok(admin));
  });
});
