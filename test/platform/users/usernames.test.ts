import { createEmulator, type Fixture, FixtureError } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { empty, ok, refused, seen } from '../answers.ts';

const createWorld = reuseWorlds();

const start = () => connect(createWorld());
const some = (fields: object) => expect.objectContaining(fields);
const taken = (username: string) => refused(409, `Username '${username}' is in use already.`);

const collection = '/organizations/users';
const person = (email: string, username?: unknown) => ({ firstName: 'First', lastName: 'Last', email, username });
const chuck = person('chuck@acme.example', 'Chuck');

describe('a username is unique on the platform', () => {
  test.each(['Chuck', 'chuck', 'CHUCK'])('in any case of letters: %s', async (username) => {
    const client = start();
    expect(seen(await client.post(collection, chuck))).toEqual(ok(some({ id: 5000, username: 'Chuck' })));
    expect(seen(await client.post(collection, person('second@acme.example', username)))).toEqual(taken(username));
    // A refused create takes no id, and not the email either.
    expect(seen(await client.post(collection, person('second@acme.example', 'other')))).toEqual(
      ok(some({ id: 5001, username: 'other' })),
    );
  });

  test.each([
    ['ΣΊΣΥΦΟΣ', 'σίσυφοσ'],
    ['ÜNÏ', 'ünï'],
  ])('beyond ASCII: %s', async (first, second) => {
    const client = start();
    expect(seen(await client.post(collection, person('a@acme.example', first)))).toEqual(ok(some({ username: first })));
    expect(seen(await client.post(collection, person('b@acme.example', second)))).toEqual(taken(second));
  });

  test.each(['Chuck ', 'chuck.', 'chück', 'chuc'])('%j is another username', async (username) => {
    const client = start();
    await client.post(collection, chuck);
    expect(seen(await client.post(collection, person('second@acme.example', username)))).toEqual(
      ok(some({ id: 5001, username })),
    );
  });

  test('across organizations, and the message says nothing about the other user', async () => {
    const emulator = createWorld();
    const other = connect(emulator, emulator.authorizationFor(2000));
    expect(seen(await other.post(collection, chuck))).toEqual(ok(some({ id: 5000 })));
    const client = connect(emulator);
    expect(seen(await client.post(collection, person('second@acme.example', 'chuck')))).toEqual(taken('chuck'));
    expect(seen(await client.get(`${collection}?where=username='Chuck'`))).toEqual(refused(404, 'No users found'));
  });

  test('the username of an inactive user is not free', async () => {
    const client = start();
    await client.post(collection, chuck);
    await client.patch(`${collection}/5000`, { active: false });
    expect(seen(await client.post(collection, person('second@acme.example', 'chuck')))).toEqual(taken('chuck'));
  });

  test.each(['/users/5000', '/organizations/users/5000', '/accounts/100/users/5000'])(
    'the username is free again after DELETE %s',
    async (path) => {
      const client = start();
      await client.post(collection, chuck);
      expect(seen(await client.delete(path))).toEqual(empty);
      expect(seen(await client.post(collection, chuck))).toEqual(ok(some({ id: 5001, username: 'Chuck' })));
      expect(seen(await client.post(collection, person('second@acme.example', 'chuck')))).toEqual(taken('chuck'));
    },
  );

  test('a change of the user keeps the username and causes no conflict', async () => {
    const client = start();
    await client.post(collection, chuck);
    for (const path of ['/organizations/users/5000', '/accounts/100/users/5000', '/users/5000']) {
      // A change ignores it: only creation sets it.
      const body = { firstName: 'Charles', username: 'administrator@ten.example', email: 'c@acme.example' };
      expect(seen(await client.patch(path, body))).toEqual(ok(some({ id: 5000, firstName: 'Charles' })));
      expect(seen(await client.get('/users/5000'))).toEqual(ok(some({ username: 'Chuck', email: 'c@acme.example' })));
    }
  });
});

describe('a username that the body does not have', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['the email itself', 'chuck@acme.example'],
  ])('is the email and changes with it: %s', async (_what, username) => {
    const client = start();
    const first = some({ id: 5000, username: 'chuck@acme.example' });
    expect(seen(await client.post(collection, person('chuck@acme.example', username)))).toEqual(ok(first));
    for (const [path, email] of [
      ['/organizations/users/5000', 'one@acme.example'],
      ['/accounts/100/users/5000', 'two@acme.example'],
      ['/users/5000', 'three@acme.example'],
    ] as const) {
      expect(seen(await client.patch(path, { email }))).toEqual(ok(some({ id: 5000, email })));
      expect(seen(await client.get('/users/5000'))).toEqual(ok(some({ email, username: email })));
      expect(seen(await client.get(`/users?where=username='${email}'`))).toEqual(ok([some({ id: 5000 })]));
    }
    // The old name is free.
    expect(seen(await client.post(collection, person('chuck@acme.example')))).toEqual(ok(some({ id: 5001 })));
  });

  test('is the email for users of an account, whatever the body has', async () => {
    const client = start();
    const body = { ...person('new@here.example', 'new'), password: 'fresh-pw' };
    expect(seen(await client.post('/accounts/110/users', body))).toEqual(ok(some({ id: 5000 })));
    expect(seen(await client.get('/users/5000'))).toEqual(ok(some({ username: 'new@here.example' })));
    expect(seen(await client.post(collection, person('second@acme.example', 'new')))).toEqual(ok(some({ id: 5001 })));
  });

  test('cannot be blank', async () => {
    expect(seen(await start().post(collection, person('chuck@acme.example', ' ')))).toEqual(
      refused(400, "Field 'username' must be a text that is not blank, of 254 characters at most."),
    );
  });

  test('the email is checked first when both are in use', async () => {
    const client = start();
    await client.post(collection, chuck);
    expect(seen(await client.post(collection, person('PLAIN@ten.example', 'chuck')))).toEqual(
      refused(409, "Email 'PLAIN@ten.example' is in use already."),
    );
  });
});

describe('a fixture', () => {
  const refusal = (fixture: Fixture): unknown => {
    try {
      createEmulator({ fixture });
    } catch (error) {
      return error;
    }
    return 'accepted';
  };
  const user = (id: number, username?: string) => ({
    id,
    email: `${id}@acme.example`,
    ...(username === undefined ? {} : { username }),
  });
  /** An organization of an administrator and these users. */
  const organization = (id: number, ...users: ReturnType<typeof user>[]) => ({
    name: `Number ${id}`,
    accounts: [{ defaultAccount: true, users: [{ ...user(id), roles: ['org-admin'] }, ...users] }],
  });

  test.each<[string, Fixture, string]>([
    [
      'in one account',
      { organizations: [organization(1, user(8, 'chuck'), user(9, 'chuck'))] },
      '/organizations/0/accounts/0/users/2/username',
    ],
    [
      'in another case of letters',
      { organizations: [organization(1, user(8, 'Chuck'), user(9), user(10, 'CHUCK'))] },
      '/organizations/0/accounts/0/users/3/username',
    ],
    [
      'in two organizations',
      { organizations: [organization(1, user(8, 'chuck')), organization(2, user(9, 'chuck'))] },
      '/organizations/1/accounts/0/users/1/username',
    ],
  ])('with one username for two users is refused: %s', (_what, fixture, pointer) => {
    const error = refusal(fixture);
    expect(error).toBeInstanceOf(FixtureError);
    expect(error).toMatchObject({
      pointer,
      message: `the fixture given: ${pointer}: expected a unique value: user 8 has the same one`,
    });
  });

  test('with different usernames, and with users without one, is accepted and keeps them', async () => {
    const fixture = { organizations: [organization(1, user(8, 'chuck'), user(9, 'chuck2'), user(10), user(11))] };
    const emulator = createEmulator({ fixture });
    await emulator.restore(emulator.snapshot());
    const { status, body } = await connect(emulator).get(`${collection}?where=id>7`);
    expect(status).toBe(200);
    expect(body.map(({ username }: { username: string }) => username)).toEqual([
      '11@acme.example',
      '10@acme.example',
      'chuck2',
      'chuck',
    ]);
    expect(seen(await connect(emulator).post(collection, person('a@b.example', 'CHUCK2')))).toEqual(taken('CHUCK2'));
  });
});
