import { createEmulator, type Emulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { createWorld, world } from '../../support/world.ts';
import { empty, ok, refused, seen, unauthorized401 } from '../answers.ts';

const some = (fields: object) => expect.objectContaining(fields);

const logIn = (emulator: Emulator, username: unknown, password: unknown) =>
  connect(emulator).post('/authentication', { username, password }).unset('Authorization');
const as = (emulator: Emulator, user: number) => connect(emulator, emulator.authorizationFor(user));
/** The secrets of a user, from the header with which they call. */
const secretsOf = (emulator: Emulator, user: number) => {
  const [, userSecret, organizationSecret] =
    /^User (\S+), Organization (\S+)$/.exec(emulator.authorizationFor(user)) ?? [];
  return { userSecret, organizationSecret };
};

const role = (id: number, key: string, name: string, description = name) => ({
  id,
  name,
  key,
  active: true,
  description,
  features: [],
});
const org = role(2717, 'org', 'Organization User');
const admin = role(3, 'admin', 'Administrator', 'Cloud Elements Application Administrator.');
const orgAdmin = role(930, 'org-admin', 'Organization Administrator');
const defaultUser = role(16339, 'default-user', 'Default User');

describe('POST /authentication', () => {
  /** Logins do not affect each other, so that one emulator is enough. */
  const emulator = createWorld();
  const ten = { organizationId: 10, organizationName: 'Ten' };
  const here = { ...ten, accountId: 110, accountName: 'Here' };

  test.each([
    [
      'administrator@ten.example',
      'admin-pw',
      { id: 1000, firstName: 'administrator', ...ten, accountId: 100, accountName: 'Default of Ten' },
      { organizationAdmin: true, accountAdmin: false, roles: [orgAdmin, org] },
    ],
    [
      'admin@here.example',
      'here-pw',
      { id: 1100, firstName: 'admin', ...here },
      { organizationAdmin: false, accountAdmin: true, roles: [admin, org] },
    ],
    [
      'user@here.example',
      'user-pw',
      { id: 1101, firstName: 'Uma', ...here },
      { organizationAdmin: false, accountAdmin: false, roles: [org] },
    ],
    // The roles of the account count as the user's.
    [
      'admin@there.example',
      'there-pw',
      { id: 1200, firstName: 'admin', ...ten, accountId: 120, accountName: 'There' },
      { organizationAdmin: false, accountAdmin: true, roles: [admin, defaultUser, org] },
    ],
  ])('answers who the user is to %s', async (username, password, who, what) => {
    const dates = { createdDate: '2020-03-01', lastLoginDate: '2020-03-01' };
    const token = expect.stringMatching(/^[\w-]{43}$/);
    const response = await logIn(emulator, username, password);
    expect(seen(response)).toEqual(ok({ token, username, lastName: 'User', ...dates, ...who, ...what }));
    expect(Object.keys(response.body).join(' ')).toBe(
      'token id username firstName lastName createdDate lastLoginDate organizationId organizationName accountId accountName organizationAdmin accountAdmin roles',
    );
  });

  test.each([
    ['another password', 'user@here.example', 'admin-pw', 'wrong password of user 1101'],
    ['the password in another case of letters', 'user@here.example', 'User-pw', 'wrong password of user 1101'],
    ['the password with a blank at its end', 'user@here.example', 'user-pw ', 'wrong password of user 1101'],
    ['the placeholder "secured"', 'user@here.example', 'secured', 'wrong password of user 1101'],
    ['an unknown email', 'nobody@here.example', 'user-pw', 'unknown username'],
    ['part of an email', 'user', 'user-pw', 'unknown username'],
    ['an id', '1101', 'user-pw', 'unknown username'],
    ['a name of a JavaScript prototype', '__proto__', 'user-pw', 'unknown username'],
    ['an inactive user', 'inactive@ten.example', 'inactive-pw', 'user 1002 is inactive'],
    ['a wrong password of an inactive user', 'inactive@ten.example', 'x', 'wrong password of user 1002'],
  ])('answers 401 for %s, and the journal has the reason', async (_name, username, password, reason) => {
    const emulator = createWorld();
    const { organizations, sequences } = emulator.snapshot();
    expect(seen(await logIn(emulator, username, password))).toEqual(unauthorized401);
    expect(emulator.requests.last()).toMatchObject({ operationId: 'authenticate', status: 401, reason });
    // A wrong password is counted, and nothing else changes: see locked.test.ts.
    const counted = (name: string, value: unknown) => (name === 'failedLogins' ? undefined : value);
    expect(JSON.parse(JSON.stringify(emulator.snapshot(), counted))).toMatchObject({
      organizations,
      sequences: { ...sequences, request: Number(sequences?.request) + 1 },
    });
  });

  test.each([
    [{}, 'Missing required fields: username, password.'],
    [{ username: 'user@here.example' }, 'Missing required field: password.'],
    [{ username: ' ', password: 'user-pw' }, 'Missing required field: username.'],
    [{ username: null, email: 'user@here.example', password: 'user-pw' }, 'Missing required field: username.'],
  ])('answers 400 for %j and names the missing fields', async (body, message) => {
    expect(seen(await connect(emulator).post('/authentication', body))).toEqual(refused(400, message));
  });

  test('answers 401 for a user without a password, and for a user of an inactive organization', async () => {
    const none = createEmulator({
      fixture: {
        organizations: [
          { id: 1, name: 'One', accounts: [{ defaultAccount: true, users: [{ id: 1, email: 'a@one.example' }] }] },
          {
            id: 2,
            name: 'Two',
            active: false,
            accounts: [{ defaultAccount: true, users: [{ id: 2, email: 'a@two.example', password: 'two-pw' }] }],
          },
        ],
      },
    });
    for (const password of ['undefined', 'null', 'secured']) {
      expect(seen(await logIn(none, 'a@one.example', password))).toEqual(unauthorized401);
    }
    expect(seen(await logIn(none, 'a@two.example', 'two-pw'))).toEqual(unauthorized401);
    expect(none.requests.last()?.reason).toBe('organization 2 is inactive');
  });

  test('sets lastLoginDate to the day of the clock if it succeeds', async () => {
    const clocked = createWorld();
    const shown = async () => (await connect(clocked).get('/users/1101')).body.lastLoginDate;
    await logIn(clocked, 'user@here.example', 'wrong');
    expect(await shown()).toBe('1970-01-01');
    for (const [instant, day] of [
      ['2020-03-01T23:59:59.999Z', '2020-03-01'],
      ['2020-03-02T00:00:00Z', '2020-03-02'],
      ['2031-12-31T12:00:00Z', '2031-12-31'],
    ] as const) {
      clocked.clock.set(instant);
      const answer = seen(await logIn(clocked, 'user@here.example', 'user-pw'));
      expect(answer).toEqual(ok(some({ createdDate: '2020-03-01', lastLoginDate: day })));
      expect(await shown()).toBe(day);
    }
    expect((await connect(clocked).get('/users/1100')).body.lastLoginDate).toBe('1970-01-01');
  });
});

describe('the name in a login', () => {
  const chuck = {
    firstName: 'C',
    lastName: 'N',
    email: 'Chuck@ten.example',
    username: 'Chück.N',
    password: 'norris-pw',
  };

  test('is the email or the username, in any case of letters', async () => {
    const emulator = createWorld();
    await connect(emulator).post('/organizations/users', chuck);
    for (const name of ['Chuck@ten.example', 'chuck@TEN.example', 'Chück.N', 'CHÜCK.n']) {
      const answer = seen(await logIn(emulator, name, 'norris-pw'));
      expect([name, answer]).toEqual([name, ok(some({ id: 5000, username: 'Chück.N' }))]);
    }
    await connect(emulator).patch('/organizations/users/5000', { email: 'other@ten.example' });
    expect(seen(await logIn(emulator, 'chuck@ten.example', 'norris-pw'))).toEqual(unauthorized401);
    expect(seen(await logIn(emulator, 'Other@ten.example', 'norris-pw'))).toEqual(ok(some({ id: 5000 })));
    expect(seen(await logIn(emulator, 'chück.n', 'norris-pw'))).toEqual(ok(some({ id: 5000 })));
  });

  test('is unique on the platform until its user is deleted', async () => {
    const emulator = createWorld();
    const twenty = as(emulator, 2000);
    const create = async (client: typeof twenty, email: string, username: string) =>
      seen(await client.post('/organizations/users', { ...chuck, email, username }));
    expect(await create(connect(emulator), 'a@ten.example', 'Chück.N')).toEqual(ok(some({ id: 5000 })));
    await connect(emulator).patch('/organizations/users/5000', { active: false });
    for (const [client, username] of [
      [connect(emulator), 'Chück.N'],
      [twenty, 'CHÜCK.N'],
    ] as const) {
      const taken = refused(409, `Username '${username}' is in use already.`);
      expect(await create(client, 'b@any.example', username)).toEqual(taken);
    }
    expect(seen(await connect(emulator).delete('/organizations/users/5000'))).toEqual(empty);
    expect(await create(twenty, 'b@any.example', 'CHÜCK.N')).toEqual(ok(some({ id: 5001, username: 'CHÜCK.N' })));
  });

  test("cannot be another user's email, nor an email another user's name", async () => {
    const client = connect(createWorld());
    const thief = { ...chuck, username: 'Admin@here.example' };
    expect(seen(await client.post('/organizations/users', thief))).toEqual(
      refused(409, "Username 'Admin@here.example' is in use already."),
    );
    const named = { ...chuck, username: 'norris@acme.example' };
    expect(seen(await client.post('/organizations/users', named))).toEqual(ok(some({ id: 5000 })));
    expect(seen(await client.patch('/users/1101', { email: 'Norris@acme.example' }))).toEqual(
      refused(409, "Email 'Norris@acme.example' is in use already."),
    );
    // A user's own email is allowed, and users of an older fixture can still be changed.
    expect(seen(await client.patch('/users/5000', { email: 'norris@acme.example' }))).toEqual(ok(some({ id: 5000 })));
  });

  test("can be another user's email in a fixture: its user can still be changed, and logs in by email", async () => {
    const users = [
      { id: 1, email: 'a@a.example', password: 'a-pw', roles: ['org-admin'] },
      { id: 2, email: 'b@a.example', password: 'b-pw', username: 'a@a.example' },
    ];
    const emulator = createEmulator({
      fixture: { organizations: [{ name: 'A', accounts: [{ defaultAccount: true, users }] }] },
    });
    expect(seen(await connect(emulator).patch('/users/2', { city: 'Denver' }))).toEqual(ok(some({ id: 2 })));
    expect(seen(await logIn(emulator, 'a@a.example', 'a-pw'))).toEqual(ok(some({ id: 1 })));
    expect(seen(await logIn(emulator, 'b@a.example', 'b-pw'))).toEqual(ok(some({ id: 2 })));
  });
});

test.each([1000, 1001, 1101, 2000])('GET /authentication/secrets answers the secrets of user %i', async (user) => {
  const emulator = createWorld();
  expect(seen(await as(emulator, user).get('/authentication/secrets'))).toEqual(ok(secretsOf(emulator, user)));
});

test('POST /authentication/passwords changes only the password', async () => {
  const emulator = createWorld();
  const before = (await logIn(emulator, 'user@here.example', 'user-pw')).body;
  emulator.clock.advance({ days: 1 });
  const response = await as(emulator, 1101).post('/authentication/passwords', { password: 'next-pw', id: 1100 });
  // The answer of a login, with a fresh token and the old lastLoginDate.
  expect(seen(response)).toEqual(ok({ ...before, token: expect.any(String) }));
  expect(response.text).not.toMatch(/next-pw|"secret"/);
  const whoami = (token: string) => connect(emulator, `Bearer ${token}`).get('/authentication/secrets');
  expect(seen(await whoami(before.token))).toEqual(unauthorized401);
  expect(seen(await whoami(response.body.token))).toEqual(ok(secretsOf(emulator, 1101)));
  expect(seen(await logIn(emulator, 'user@here.example', 'user-pw'))).toEqual(unauthorized401);
  expect(seen(await logIn(emulator, 'user@here.example', 'next-pw'))).toEqual(ok(some({ id: 1101 })));
  expect(seen(await logIn(emulator, 'admin@here.example', 'here-pw'))).toEqual(ok(some({ id: 1100 })));
  expect(secretsOf(emulator, 1101)).toEqual(secretsOf(createWorld(), 1101));
});

test('POST /authentication/user-secret-reset revokes the old secret at once and answers the new one', async () => {
  const emulator = createWorld();
  const [old, others] = [secretsOf(emulator, 1101), secretsOf(emulator, 1100)];
  const client = as(emulator, 1101);
  const response = await client.call('post', '/authentication/user-secret-reset');
  const { organizationSecret } = old;
  expect(seen(response)).toEqual(ok({ userSecret: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/), organizationSecret }));
  expect(response.body.userSecret).not.toBe(old.userSecret);
  expect(seen(await client.get('/organizations/me'))).toEqual(unauthorized401);
  expect(emulator.requests.last()?.reason).toBe('unknown user secret');
  const renewed = connect(emulator, `User ${response.body.userSecret}, Organization ${organizationSecret}`);
  expect(seen(await renewed.get('/authentication/secrets'))).toEqual(ok(response.body));
  const shown = await connect(emulator).get('/users/1101').set('Elements-User-Password', 'user-pw');
  expect(shown.body.secret).toBe(response.body.userSecret);
  expect(secretsOf(emulator, 1100)).toEqual(others);
});

test('no password or token that a request carries is in the journal or in the argument of onRequest', async () => {
  const told: unknown[] = [];
  const emulator = createEmulator({ fixture: world, seed: 'world', onRequest: (request) => told.push(request) });
  const { body } = await logIn(emulator, 'user@here.example', 'user-pw');
  expect(emulator.requests.last()?.body).toEqual({ username: 'user@here.example', password: '[redacted]' });
  const own = connect(emulator, `Bearer ${body.token}`);
  const answers = [
    await own.get(`/accounts/${body.token}`),
    await logIn(emulator, 'user@here.example', 'wrong-pw'),
    await logIn(emulator, 'user-pw', 'user-pw'),
    await own.post('/authentication/passwords', { password: 'next-pw' }),
    await own.get('/organizations/me'),
    await connect(emulator, `bearer ${body.token},Element x`).get(`/users/${body.token}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 200, 401, 401]);
  expect(emulator.requests.last()?.reason).toBe('unknown Bearer token, or one that has ended');
  const journal = JSON.stringify([emulator.requests.all(), told]);
  for (const secret of ['user-pw', 'wrong-pw', 'next-pw', body.token]) expect(journal).not.toContain(secret);
});
