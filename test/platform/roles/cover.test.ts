import type { Emulator } from '../../../src/index.ts';
import { connect, type Verb } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { ok, refused, seen } from '../answers.ts';
import { ofAdmin } from '../privileges.ts';

const createWorld = reuseWorlds();

// A caller who sets a user's password, or adds a user, can log in as that user, and must not gain privileges by it.

const keys = (...list: string[]) => ({ privileges: list.map((key) => ({ key })) });
const as = (emulator: Emulator, user: number) => connect(emulator, emulator.authorizationFor(user));
const some = (fields: object) => expect.objectContaining(fields);
const newUser = { firstName: 'New', lastName: 'User', email: 'new@here.example', password: 'fresh-1' };
const [admin, org, defaultUser] = [3, 2717, 16339].map((id) => `/organizations/roles/${id}`);

/** An emulator whose roles the administrator has changed. */
async function withRoles(changes: readonly (readonly [string | undefined, ...string[]])[]) {
  const emulator = createWorld();
  for (const [path = '', ...privileges] of changes) {
    expect((await connect(emulator).put(path, keys(...privileges))).status).toBe(200);
  }
  return emulator;
}

describe("users of the caller's account with more privileges", () => {
  const more = "'modifySecurity', which the caller lacks.";
  const has = refused(403, `User 5000 has the privilege ${more}`);
  const brings = refused(403, `Role 'default-user' brings the privilege ${more}`);

  test.each<[Verb, string, object | undefined, object]>([
    ['patch', '/accounts/110/users/5000', { password: 'mine' }, has],
    ['put', '/accounts/110/users/5000', { email: 'mine@here.example' }, has],
    ['patch', '/users/5000', { password: 'mine' }, has],
    ['patch', '/accounts/110/users/5000', { active: false }, has],
    ['delete', '/accounts/110/users/5000', undefined, has],
    ['delete', '/users/5000', undefined, has],
    ['put', '/users/5000/roles/org', undefined, has],
    ['put', '/users/1100/roles/default-user', undefined, brings],
    ['delete', '/users/5000/roles/default-user', undefined, brings],
    ['patch', '/accounts/110/users/5001', { roles: [{ key: 'default-user' }] }, brings],
    ['post', '/accounts/110/users', { ...newUser, roles: [{ key: 'default-user' }] }, brings],
  ])('%s %s %j answers 403 and changes nothing', async (verb, path, body, expected) => {
    const emulator = await withRoles([
      [org, 'addUsersAccount', 'editUsersAccount', 'deleteUsersAccount'],
      [defaultUser, 'modifySecurity'],
    ]);
    const administrator = connect(emulator);
    for (const roles of [[{ key: 'default-user' }], []]) {
      const email = `${roles.length}@here.example`;
      expect((await administrator.post('/accounts/110/users', { ...newUser, email, roles })).status).toBe(200);
    }
    const before = emulator.snapshot().organizations;
    expect(seen(await as(emulator, 1101).call(verb, path).send(body))).toEqual(expected);
    expect(emulator.snapshot().organizations).toEqual(before);
    // A user who may not do more than the caller can be changed.
    const allowed = await as(emulator, 1101).patch('/accounts/110/users/5001', { password: 'known' });
    expect(seen(allowed)).toEqual(ok(some({ id: 5001 })));
  });
});

describe('users of another account, for a caller with privileges for their own account', () => {
  const viewing = "the privilege 'viewUsersAccount', which the caller lacks.";

  test('can be added without the role admin', async () => {
    const emulator = await withRoles([[admin, ...ofAdmin, 'addUsersOrg']]);
    const caller = as(emulator, 1100);
    const body = { ...newUser, roles: [{ key: 'admin' }] };
    expect(seen(await caller.post('/accounts/120/users', body))).toEqual(
      refused(403, `Role 'admin' brings ${viewing}`),
    );
    expect((await caller.post('/accounts/120/users', newUser)).status).toBe(200);
    expect((await caller.post('/accounts/110/users', { ...body, email: 'own@here.example' })).status).toBe(200);
  });

  test('cannot be added if the account has the role admin', async () => {
    const emulator = await withRoles([[admin, ...ofAdmin, 'addUsersOrg']]);
    await connect(emulator).put('/accounts/120/roles/admin', {});
    const expected = refused(403, `Users of account 120 have ${viewing}`);
    expect(seen(await as(emulator, 1100).post('/accounts/120/users', newUser))).toEqual(expected);
  });

  test('with the role admin can be changed if the caller has the same privileges for all accounts', async () => {
    const emulator = await withRoles([[admin, ...ofAdmin, 'editUsersOrg']]);
    const patch = () => as(emulator, 1100).patch('/users/1200', { password: 'mine' });
    expect(seen(await patch())).toEqual(refused(403, `User 1200 has ${viewing}`));
    const everywhere = ofAdmin.map((key) => key.replace(/Account$/, 'Org'));
    await connect(emulator).put(admin ?? '', keys(...ofAdmin, ...everywhere));
    expect(seen(await patch())).toEqual(ok(some({ id: 1200 })));
  });
});

test('users can change themselves, whatever roles their account has', async () => {
  const emulator = await withRoles([[org, 'editUsersOrg', 'viewUsersAccount']]);
  const answer = await as(emulator, 1101).patch('/users/1101', { firstName: 'Una' });
  expect(seen(answer)).toEqual(ok(some({ firstName: 'Una' })));
});
