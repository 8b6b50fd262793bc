import type { Verb } from '../../support/client.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { empty, ok, refused, seen } from '../answers.ts';

const createWorld = reuseWorlds();

const some = (fields: object) => expect.objectContaining(fields);
const keys = (...list: string[]) => list.map((key) => ({ key }));

/** User 1001 administers the default account, of which user 1000 is the organization's administrator. */
async function start() {
  const emulator = createWorld();
  const administrator = connect(emulator);
  await administrator.put('/users/1001/roles/admin', {});
  return { emulator, administrator, account: connect(emulator, emulator.authorizationFor(1001)) };
}

describe('an account administrator cannot change a user with a role above their own', () => {
  const above = refused(403, 'User 1000 has a role above those of the caller.');
  const changes: [Verb, string, object | undefined][] = [
    ['patch', '/accounts/100/users/1000', { password: 'mine-now' }],
    ['put', '/accounts/100/users/1000', { email: 'mine@ten.example' }],
    ['patch', '/accounts/100/users/1000', { roles: [] }],
    ['patch', '/accounts/100/users/1000', { firstName: 'Other' }],
    ['patch', '/accounts/100/users/1000', { active: false }],
    ['delete', '/accounts/100/users/1000', undefined],
    ['patch', '/users/1000', { password: 'mine-now' }],
    ['delete', '/users/1000', undefined],
    ['delete', '/users/1000?permanent=true', undefined],
    ['put', '/users/1000/roles/admin', undefined],
    ['put', '/users/1000/roles/default-user', undefined],
    ['delete', '/users/1000/roles/admin', undefined],
    ['delete', '/users/1000/roles/org', undefined],
  ];

  test.each(changes)('%s %s %j', async (verb, path, body) => {
    const { emulator, account } = await start();
    const before = emulator.snapshot().organizations;
    const test = account.call(verb, path);
    expect(seen(await (body === undefined ? test : test.send(body)))).toEqual(above);
    expect(emulator.snapshot().organizations).toEqual(before);
  });

  test('unless the roles of their account are as high', async () => {
    const { emulator, account } = await start();
    const [ten] = emulator.snapshot().organizations;
    const accounts = ten?.accounts?.map((each) => (each.id === 100 ? { ...each, roles: ['org-admin'] } : each)) ?? [];
    await emulator.restore({ organizations: [{ name: 'Ten', ...ten, accounts }] });
    // All users of the account are organization administrators now.
    expect(seen(await account.patch('/users/1000', { firstName: 'Other' }))).toEqual(ok(some({ firstName: 'Other' })));
  });

  test('but can change and delete a user without a role above their own', async () => {
    const { account, administrator } = await start();
    expect(seen(await account.patch('/users/1002', { firstName: 'Other' }))).toMatchObject({ status: 403 });
    await administrator.delete('/users/1002/roles/org-admin');
    expect(seen(await account.patch('/users/1002', { firstName: 'Other' }))).toEqual(ok(some({ firstName: 'Other' })));
    expect(seen(await account.delete('/users/1002?permanent=true'))).toEqual(empty);
  });
});

describe('users cannot change their own roles', () => {
  const own = refused(403, 'Users cannot change their own roles.');

  test.each(['/users/1000', '/accounts/100/users/1000', '/organizations/users/1000'])('by PATCH %s', async (path) => {
    const { administrator } = await start();
    for (const roles of [[], keys('admin'), keys('org-admin', 'admin')]) {
      expect(seen(await administrator.patch(path, { roles, firstName: 'Other' }))).toEqual(own);
    }
    expect(seen(await administrator.get('/users/1000'))).not.toEqual(ok(some({ firstName: 'Other' })));
  });

  test('but can send them unchanged, in any order, with or without org', async () => {
    const { account } = await start();
    for (const roles of [keys('admin'), keys('org', 'admin'), keys('admin', 'admin')]) {
      expect(seen(await account.patch('/users/1001', { roles }))).toEqual(ok(some({ id: 1001 })));
    }
    const { body } = await account.get('/accounts/100/users/1001');
    expect(seen(await account.put('/accounts/100/users/1001', body))).toEqual(ok(body));
  });

  test('but can change their other fields and delete themselves', async () => {
    const { account } = await start();
    expect(seen(await account.patch('/users/1001', { phone: '5', password: 'next-pw' }))).toEqual(
      ok(some({ phone: '5' })),
    );
    expect(seen(await account.delete('/users/1001?permanent=true'))).toEqual(empty);
  });
});

test('a token from before a reset is not given to another user after it', async () => {
  const emulator = createWorld();
  const logIn = async (username: string, password: string) =>
    (await connect(emulator, '').post('/authentication', { username, password })).body.token;
  const before = await logIn('plain@ten.example', 'plain-pw');
  await emulator.reset();
  const after = await logIn('administrator@ten.example', 'admin-pw');
  expect(after).not.toBe(before);
  expect(seen(await connect(emulator, `Bearer ${before}`).get('/accounts'))).toMatchObject({ status: 401 });
});
