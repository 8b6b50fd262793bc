import { sendRaw } from '../../http/raw.ts';
import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { type Answer, empty, ok, refused, seen } from '../answers.ts';
import { activeFlags, inactiveFlags } from './user-rules.ts';

const start = () => connect(createWorld());
const some = (fields: object) => expect.objectContaining(fields);
const unknown = (who: number | string) =>
  refused(404, `No user found with ${typeof who === 'number' ? 'ID' : 'email'} ${who}`);
const keysOf = ({ status, body }: { status: number; body: { roles?: { key: string }[] } }) => ({
  status,
  keys: body.roles?.map(({ key }) => key),
});

const name = 'Organization User';
const org = { id: 2717, name, key: 'org', active: true, description: name, features: [] };
const uma = {
  id: 1101,
  accountId: 110,
  createdDate: '2020-03-01',
  username: 'user@here.example',
  firstName: 'Uma',
  email: 'user@here.example',
  externalId: 'uma-1',
  phone: '555-0101',
  lastName: 'User',
  ...activeFlags,
  roles: [org],
  password: 'secured',
  lastLoginDate: '1970-01-01',
  emailValid: true,
  fullName: 'Uma User',
};
const expired = { credentialsExpired: true, credentialsNonExpired: false };
const address = { street1: 's1', street2: 's2', city: 'c', stateProvince: 'p', postalCode: 'z', country: 'y' };

describe('GET /users/{emailOrId}', () => {
  // Reads change nothing, so that one emulator is enough.
  const emulator = createWorld();
  const client = connect(emulator);
  const account = connect(emulator, emulator.authorizationFor(1100));
  const [, secret] = /^User (\S+), /.exec(emulator.authorizationFor(1101)) ?? [];

  describe.each(['1101', 'user@here.example', 'user%40here.example', 'USER@Here.example'])('%s', (who) => {
    test.each([
      ['none', undefined, uma],
      ['the right password', 'user-pw', { ...uma, secret }],
      ['a wrong password', 'user-PW', uma],
      ['an empty password', '', uma],
      ['the placeholder "secured"', 'secured', uma],
      ["the caller's own password", 'here-pw', uma],
    ])('shows the secret only for the right Elements-User-Password: %s', async (_what, password, expected) => {
      const headers: Record<string, string> = password === undefined ? {} : { 'Elements-User-Password': password };
      for (const authorization of [emulator.credentials.authorization, emulator.authorizationFor(1100)]) {
        const request = { path: `/users/${who}`, headers: { ...headers, Authorization: authorization } };
        const { status, body } = await sendRaw(emulator, request);
        expect({ status, body }).toEqual(ok(expected));
      }
    });
  });

  test.each(['1002', 'inactive@ten.example'])('finds the inactive %s and shows the secret', async (who) => {
    const response = await client.get(`/users/${who}`).set('Elements-User-Password', 'inactive-pw');
    expect(seen(response)).toEqual(ok(some({ id: 1002, ...inactiveFlags, secret: expect.any(String) })));
  });

  test.each([999, 2000, 'nobody@ten.example', 'administrator@twenty.example', 'abc'])(
    'answers 404 for the unknown %s',
    async (who) => {
      expect(seen(await client.get(`/users/${who}`))).toEqual(unknown(who));
    },
  );

  test.each([
    [1000, 'administrator@ten.example'],
    [1002, 'inactive@ten.example'],
    [1200, 'admin@there.example'],
    [2000, 'administrator@twenty.example'],
  ])('answers 404 for %d of another account to an account administrator, also with the password', async (id, email) => {
    expect(seen(await account.get(`/users/${id}`))).toEqual(unknown(id));
    expect(seen(await account.get(`/users/${email}`).set('Elements-User-Password', 'admin-pw'))).toEqual(
      unknown(email),
    );
  });
});

describe('PATCH /users/{id}', () => {
  test.each<[string, object, object]>([
    ['the names', { firstName: 'Una', lastName: 'Last' }, { firstName: 'Una', lastName: 'Last', fullName: 'Una Last' }],
    ['the email, and with it the username', { email: 'a@b.c' }, { email: 'a@b.c', username: 'a@b.c' }],
    ['the own email in another case of letters', { email: 'USER@here.example' }, { email: 'USER@here.example' }],
    ['the externalId to a number', { externalId: 42 }, { externalId: '42' }],
    ['the address', { ...address, phone: '1' }, { ...address, phone: '1' }],
    ['nothing', {}, {}],
    ['nulls', { firstName: null, email: null, roles: null, active: null, phone: null }, {}],
    ['the whole user as GET answers it', uma, {}],
    [
      'read-only and unknown fields',
      {
        id: 7,
        accountId: 100,
        organizationId: 20,
        username: 'una',
        createdDate: '1999-01-01',
        secret: 's',
        color: 'red',
      },
      {},
    ],
    ['flags', { ...expired, accountLocked: true, emailValid: false, enabled: false, fullName: 'X' }, {}],
  ])('accepts a change of %s', async (_what, body, changed) => {
    const client = start();
    const username = 'email' in changed ? { username: changed.email } : {};
    const after = ok({ ...uma, ...username, ...changed, ...expired });
    expect(seen(await client.patch('/users/1101', body))).toEqual(after);
    expect(seen(await client.get('/users/1101'))).toEqual(after);
  });

  test('active: false revokes the access of the user, and active: true restores it', async () => {
    const emulator = createWorld();
    const client = connect(emulator);
    const user = connect(emulator, emulator.authorizationFor(1101));
    for (const active of [false, false, true, true]) {
      const flags = active ? activeFlags : inactiveFlags;
      expect(seen(await client.patch('/users/1101', { active }))).toEqual(ok({ ...uma, ...flags, ...expired }));
      expect((await user.get('/organizations/me')).status).toBe(active ? 200 : 401);
    }
  });

  test('active: true answers 409 while the account is inactive', async () => {
    const client = start();
    await client.delete('/accounts/110');
    expect(seen(await client.patch('/users/1101', { active: true }))).toEqual(
      refused(409, 'Account 110 is not active: reactivate it before its users.'),
    );
    expect(seen(await client.get('/users/1101'))).toEqual(ok({ ...uma, ...inactiveFlags }));
  });

  test('roles replaces the granted roles', async () => {
    const client = start();
    for (const [asked, granted] of [
      [['admin'], ['admin', 'org']],
      [
        ['default-user', 'org'],
        ['default-user', 'org'],
      ],
      [[], ['org']],
    ]) {
      const roles = asked?.map((key) => ({ key }));
      expect(keysOf(await client.patch('/users/1101', { roles }))).toEqual({ status: 200, keys: granted });
      expect(keysOf(await client.get('/users/1101'))).toEqual({ status: 200, keys: granted });
    }
  });

  test.each([
    ['boss', 1000, refused(400, "Role 'boss' is unknown: the roles are admin, org, org-admin, default-user.")],
    ['sys-admin', 1000, refused(403, "Role 'sys-admin' is above the roles of the caller.")],
    ['org-admin', 1000, refused(400, "Role 'org-admin' is only for users of the default account.")],
    ['org-admin', 1100, refused(403, "Role 'org-admin' is above the roles of the caller.")],
  ])('refuses the role %s from caller %d, together with the rest of the body', async (key, caller, expected) => {
    const emulator = createWorld();
    const client = connect(emulator, emulator.authorizationFor(caller));
    expect(seen(await client.patch('/users/1101', { firstName: 'Una', roles: [{ key }] }))).toEqual(expected);
    expect(seen(await client.get('/users/1101'))).toEqual(ok(uma));
  });

  test('a password replaces the old one and expires the credentials; "secured" changes nothing', async () => {
    const client = start();
    const secretFor = async (password: string) =>
      typeof (await client.get('/users/1101').set('Elements-User-Password', password)).body.secret;
    await client.patch('/organizations/users/1101', { phone: '1' });
    const echoed = { ...uma, phone: '1', ...expired };
    expect(seen(await client.patch('/users/1101', { password: 'secured' }))).toEqual(ok(echoed));
    expect(await secretFor('user-pw')).toBe('string');
    const changed = await client.patch('/users/1101', { password: 'next' }).set('Elements-User-Password', 'next');
    expect(seen(changed)).toEqual(ok(echoed));
    expect([await secretFor('user-pw'), await secretFor('next')]).toEqual(['undefined', 'string']);
  });

  test.each<[object, Answer]>([
    [{ email: 'Plain@ten.example' }, refused(409, "Email 'Plain@ten.example' is in use already.")],
    [{ email: 'inactive@ten.example' }, refused(409, "Email 'inactive@ten.example' is in use already.")],
    [
      { email: 'administrator@twenty.example' },
      refused(409, "Email 'administrator@twenty.example' is in use already."),
    ],
    [{ email: 'nobody' }, refused(400, expect.stringContaining("Field 'email'"))],
    [{ active: 'no' }, refused(400, expect.stringContaining("Field 'active'"))],
    [{ password: ' ' }, refused(400, expect.stringContaining("Field 'password'"))],
  ])('%j is refused and changes nothing', async (body, expected) => {
    const client = start();
    expect(seen(await client.patch('/users/1101', { firstName: 'Una', ...body }))).toEqual(expected);
    expect(seen(await client.get('/users/1101'))).toEqual(ok(uma));
  });
});

describe('an account administrator', () => {
  test.each([1000, 1002, 1200, 2000, 999])('cannot change or delete user %d of another account', async (id) => {
    const emulator = createWorld();
    const client = connect(emulator, emulator.authorizationFor(1100));
    const { sequences: _before, ...before } = emulator.snapshot();
    for (const call of [
      client.patch(`/users/${id}`, { firstName: 'Una' }),
      // The answer does not tell that the email is in use, nor that the role is above the caller's.
      client.patch(`/users/${id}`, { email: uma.email, roles: [{ key: 'org-admin' }], active: true }),
      client.delete(`/users/${id}`),
      client.delete(`/users/${id}?permanent=true`),
    ]) {
      expect(seen(await call)).toEqual(unknown(id));
    }
    const { sequences: _after, ...after } = emulator.snapshot();
    expect(after).toEqual(before);
  });

  test('can change, deactivate and delete users of the same account', async () => {
    const emulator = createWorld();
    const client = connect(emulator, emulator.authorizationFor(1100));
    const una = { ...uma, firstName: 'Una', fullName: 'Una User' };
    expect(seen(await client.patch('/users/1101', { firstName: 'Una' }))).toEqual(ok({ ...una, ...expired }));
    expect(seen(await client.patch('/users/1101', { active: false }))).toEqual(ok({ ...una, ...inactiveFlags }));
    expect(seen(await client.delete('/users/1101'))).toEqual(empty);
    expect(seen(await client.get('/users/1101'))).toEqual(unknown(1101));
  });
});
