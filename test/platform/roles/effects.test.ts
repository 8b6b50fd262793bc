import { createEmulator, type Emulator } from '../../../src/index.ts';
import { connect, type Verb } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { type Answer, idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';
import { everything, ofAdmin, ofUsersOfOrganization } from '../privileges.ts';

const createWorld = reuseWorlds();

const some = (fields: object) => expect.objectContaining(fields);
const keys = (...list: string[]) => ({ privileges: list.map((key) => ({ key })) });
const as = (emulator: Emulator, user: number) => connect(emulator, emulator.authorizationFor(user));
const path = '/organizations/roles';

async function bearer(emulator: Emulator, username: string, password: string) {
  const { body } = await connect(emulator, '').post('/authentication', { username, password });
  return connect(emulator, `Bearer ${body.token}`);
}

describe('a changed role applies from the next call of its users on', () => {
  const list = '/organizations/users';
  const ofDefault = listOf(1002, 1001, 1000);
  const denied = { status: 401, ids: unauthorized401.body };

  test.each<[who: string, role: number, user: number, grant: [Verb, string] | undefined]>([
    ['to every user, for org', 2717, 1101, undefined],
    ['to a user who has the role', 3, 1100, undefined],
    ['to a user to whom the role is granted later', 16339, 1101, ['put', '/users/1101/roles/default-user']],
    ['to the users of an account that has the role', 16339, 1200, undefined],
  ])('%s', async (_who, role, user, grant) => {
    const emulator = createWorld();
    const administrator = connect(emulator);
    if (grant !== undefined) await administrator.call(...grant);
    const caller = as(emulator, user);
    expect(idsOf(await caller.get(list))).toEqual(denied);
    expect((await administrator.put(`${path}/${role}`, keys('viewUsersOrg'))).status).toBe(200);
    // Also a user of another account sees those of the default account.
    expect(idsOf(await caller.get(list))).toEqual(ofDefault);
    expect(idsOf(await caller.get('/users?includeInactive=true'))).toEqual(listOf(1200, 1101, 1100, 1002, 1001, 1000));
    expect((await administrator.put(path, [{ id: role, privileges: [] }])).status).toBe(200);
    expect(idsOf(await caller.get(list))).toEqual(denied);
    expect((await administrator.put(`${path}/${role}`, keys('viewUsersOrg'))).status).toBe(200);
    expect(idsOf(await caller.get(list))).toEqual(ofDefault);
    await administrator.put(`${path}/reset`, {});
    expect(idsOf(await caller.get(list))).toEqual(denied);
  });

  test('to users who are logged in', async () => {
    const emulator = createWorld();
    const user = await bearer(emulator, 'admin@here.example', 'here-pw');
    expect(idsOf(await user.get('/users'))).toEqual(listOf(1101, 1100));
    await connect(emulator).put(`${path}/3`, keys());
    expect(idsOf(await user.get('/users'))).toEqual(denied);
  });

  test('to users who may change roles', async () => {
    const emulator = createWorld();
    const [administrator, user] = [connect(emulator), as(emulator, 1101)];
    await administrator.put(`${path}/2717`, keys('configureRoles'));
    expect(seen(await user.put(`${path}/930`, keys('viewUsersOrg')))).toEqual(ok(some({ key: 'org-admin' })));
    // The role org still allows it, and org-admin no longer allows viewing the organization's logs.
    expect(seen(await user.put(`${path}/2717`, keys()))).toEqual(ok(some({ key: 'org' })));
    const lacks = (id: number) => refused(403, `User ${id} lacks the privilege 'configureRoles'.`);
    expect(seen(await user.put(`${path}/2717`, keys('configureRoles')))).toEqual(lacks(1101));
    expect(seen(await administrator.put(`${path}/reset`, {}))).toEqual(lacks(1000));
    // Accounts need the role itself, whatever its privileges are.
    expect(idsOf(await administrator.get('/accounts'))).toEqual(listOf(100, 110, 120));
  });

  test('only in its own organization', async () => {
    const emulator = createWorld();
    await as(emulator, 2000).put(`${path}/2717`, keys(...everything));
    for (const user of [1001, 1101]) expect(idsOf(await as(emulator, user).get(list))).toEqual(denied);
  });
});

describe('a new user that a user of another account adds through /organizations/users', () => {
  test('belongs to the default account', async () => {
    const emulator = createWorld();
    await connect(emulator).put(`${path}/2717`, keys('addUsersOrg'));
    const body = { firstName: 'New', lastName: 'User', email: 'new@ten.example' };
    expect(seen(await as(emulator, 1101).post('/organizations/users', body))).toEqual(ok(some({ id: 5000 })));
    expect(seen(await connect(emulator).get('/users/5000'))).toEqual(ok(some({ accountId: 100 })));
  });
});

test('PUT /organizations/me by an account administrator of the default account whose role was given modifySecurity', async () => {
  const emulator = createWorld();
  const administrator = connect(emulator);
  await administrator.put('/users/1001/roles/admin', {});
  const caller = as(emulator, 1001);
  expect(seen(await caller.put('/organizations/me', { name: 'Renamed' }))).toEqual(unauthorized401);
  await administrator.put(`${path}/3`, keys(...ofAdmin, 'modifySecurity'));
  expect(seen(await caller.put('/organizations/me', { name: 'Renamed' }))).toEqual(ok(some({ name: 'Renamed' })));
  const policy = '/organizations/password-policies';
  expect(seen(await caller.put(policy, { minLength: 9 }))).toEqual(ok(some({ minLength: 9 })));
  expect(seen(await caller.delete(policy))).toEqual(ok(some({ minLength: 8 })));
});

describe("a privilege does not allow changes of users with a role above the caller's", () => {
  const above = refused(403, 'User 1000 has a role above those of the caller.');
  const admin = refused(403, 'User 1100 has a role above those of the caller.');
  test.each<[Verb, string, object, Answer]>([
    ['patch', '/organizations/users/1000', { password: 'mine-now' }, above],
    ['patch', '/users/1000', { password: 'mine-now' }, above],
    ['patch', '/accounts/100/users/1000', { email: 'mine@ten.example' }, above],
    ['delete', '/organizations/users/1000', {}, above],
    ['delete', '/users/1000?permanent=true', {}, above],
    ['delete', '/accounts/110/users/1100', {}, admin],
    ['delete', '/users/1100/roles/admin', {}, refused(403, "Role 'admin' is above the roles of the caller.")],
    ['put', '/users/1100/roles/default-user', {}, admin],
    ['delete', '/users/1100/roles/default-user', {}, admin],
  ])('%s %s %j', async (verb, to, body, expected) => {
    const emulator = createWorld();
    await connect(emulator).put(`${path}/2717`, keys(...ofUsersOfOrganization));
    const before = emulator.snapshot().organizations;
    expect(seen(await as(emulator, 1101).call(verb, to).send(body))).toEqual(expected);
    expect(emulator.snapshot().organizations).toEqual(before);
    expect(seen(await as(emulator, 1101).patch('/users/1001', { phone: '5' }))).toEqual(ok(some({ phone: '5' })));
  });
});

describe('callers without privileges can get themselves', () => {
  const emulator = createWorld();
  const uma = as(emulator, 1101);
  const self = ok(some({ id: 1101, firstName: 'Uma', accountId: 110 }));

  test.each<[path: string, expected: Answer]>([
    ['/users/1101', self],
    ['/users/01101', self],
    ['/users/user@here.example', self],
    ['/users/user%40here.example', self],
    ['/users/USER@Here.Example', self],
    ['/users/1101/roles', ok([some({ id: 2717 })])],
    ['/users/1101/roles?where=id=3', ok([])],
    ["/users/1101/roles?where=privileges='x'", refused(400, expect.any(String))],
  ])('GET %s', async (to, expected) => {
    expect(seen(await uma.get(to))).toEqual(expected);
    expect(seen(await (await bearer(emulator, 'user@here.example', 'user-pw')).get(to))).toEqual(expected);
  });

  test('with their secret, if they send their password', async () => {
    const answer = await uma.get('/users/1101').set('Elements-User-Password', 'user-pw');
    expect(seen(answer)).toEqual(ok(some({ secret: expect.any(String) })));
    expect(seen(await uma.get('/users/1101').set('Elements-User-Password', 'other'))).toEqual(
      ok(expect.not.objectContaining({ secret: expect.anything() })),
    );
  });

  test.each<[Verb, string]>([
    ['get', '/users'],
    ['get', '/users/1100'],
    ['get', '/users/11010'],
    ['get', '/users/999'],
    ['get', '/users/2000'],
    ['get', '/users/admin@here.example'],
    ['get', '/users/nobody@here.example'],
    ['get', '/users/1100/roles'],
    ['get', '/users/2000/roles'],
    ['get', '/users/user@here.example/roles'],
    ['patch', '/users/1101'],
    ['delete', '/users/1101'],
    ['put', '/users/1101/roles/admin'],
    ['delete', '/users/1101/roles/org'],
    ['get', '/accounts/110/users/1101'],
    ['get', '/organizations/users/1101'],
  ])('and cannot call %s %s', async (verb, to) => {
    if (to.endsWith('@here.example/roles')) {
      // The path of roles takes an id: with the email the caller is admitted, and the email is not an id.
      expect(seen(await uma.call(verb, to))).toEqual(refused(400, expect.stringContaining("'id' must be an integer")));
    } else {
      expect(seen(await uma.call(verb, to).send({}))).toEqual(unauthorized401);
    }
  });

  test('also administrators who lost the privilege', async () => {
    const own = createWorld();
    await connect(own).put(`${path}/930`, keys());
    expect(idsOf(await connect(own).get('/users/1000/roles'))).toEqual(listOf(930, 2717));
    expect(seen(await connect(own).get('/users/1000'))).toEqual(ok(some({ id: 1000 })));
    expect(seen(await connect(own).get('/users/1101'))).toEqual(unauthorized401);
  });
});

describe('in the organization of the documents', () => {
  const users = '/accounts/156162/users';

  test('the users of a role can list users as soon as the role has the privilege', async () => {
    const emulator = createEmulator();
    const jane = as(emulator, 412);
    expect(seen(await jane.get('/users'))).toEqual(unauthorized401);
    expect(seen(await connect(emulator).put(`${path}/2717`, keys('viewUsersOrg')))).toEqual(ok(some({ id: 2717 })));
    for (const list of ['/users', '/organizations/users', users, '/accounts/161268/users']) {
      expect([list, (await jane.get(list)).status]).toEqual([list, 200]);
    }
    expect(seen(await jane.get('/accounts'))).toEqual(unauthorized401);
    expect(seen(await connect(emulator).get('/accounts/3780/roles'))).toEqual(ok([]));
  });

  test.each<[Verb, string]>([
    ['delete', 'admin'],
    ['put', 'admin'],
    ['put', 'default-user'],
    ['delete', 'default-user'],
    ['delete', 'org'],
  ])('an account administrator of the default account cannot %s /users/160255/roles/%s', async (verb, key) => {
    const emulator = createEmulator();
    await connect(emulator).put('/users/412/roles/admin', {});
    const before = emulator.snapshot().organizations;
    expect(seen(await as(emulator, 412).call(verb, `/users/160255/roles/${key}`))).toEqual(
      refused(403, 'User 160255 has a role above those of the caller.'),
    );
    expect(emulator.snapshot().organizations).toEqual(before);
  });
});
