import type { Emulator } from '../../../src/index.ts';
import { sendRaw } from '../../http/raw.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { ok, refused, seen } from '../answers.ts';

const createWorld = reuseWorlds();

const path = '/organizations/password-policies';
const some = (fields: object) => expect.objectContaining(fields);

/** The default policy of the platform (row `password-policy-bounds`), with the symbols of seed 003. */
const platformPolicy = {
  minLength: 8,
  minUppercase: 1,
  minLowercase: 1,
  minNumbers: 1,
  minSymbols: 1,
  symbolCharacterSet: '!"?$?%^&*()_-+={[}]:;@\'~#|\\<,>?/.',
  previousPasswordCount: 0,
  expirationDays: 100000,
};
/** Every field differs from the default policy and from that of the test fixture. */
const own = {
  minLength: 12,
  minUppercase: 2,
  minLowercase: 3,
  minNumbers: 4,
  minSymbols: 5,
  symbolCharacterSet: '!§',
  previousPasswordCount: 6,
  expirationDays: 7,
};

const shownBy = async (emulator: Emulator, user = 1000) => {
  const { body } = await connect(emulator, emulator.authorizationFor(user)).get('/organizations/me');
  return body.passwordPolicy;
};
/** An emulator whose organization 10 has this policy. */
const start = async () => {
  const emulator = createWorld();
  expect(seen(await connect(emulator).put(path, own))).toEqual(ok(own));
  return emulator;
};

describe('PUT sets every field within its bounds', () => {
  const emulator = createWorld();
  const bounds: Record<string, readonly [least: number, most: number | undefined]> = {
    minLength: [8, 100],
    minUppercase: [0, 10],
    minLowercase: [0, 10],
    minNumbers: [0, 10],
    minSymbols: [0, 10],
    previousPasswordCount: [0, 9],
    expirationDays: [0, undefined],
  };
  const fields = Object.entries(bounds);

  test.each(fields)('%s: %j', async (field, [least, most = 1_000_000]) => {
    for (const value of [least, most, least + 1, most - 1]) {
      expect(seen(await connect(emulator).put(path, { [field]: value }))).toEqual(ok(some({ [field]: value })));
      expect(await shownBy(emulator)).toEqual(some({ [field]: value }));
    }
  });

  test.each(fields)(
    'answers 400 and names %s if it is outside of them or not a whole number',
    async (field, [least, most]) => {
      const before = await shownBy(emulator);
      const range = most === undefined ? `from ${least} up` : `from ${least} to ${most}`;
      const message = expect.stringMatching(new RegExp(`^Field '${field}' must be a whole number ${range}\\b.*\\.$`));
      const beyond = [least - 1, -1000, ...(most === undefined ? [] : [most + 1, 1000])];
      for (const value of [...beyond, least + 0.5, String(least), '', true, [least], {}]) {
        // A valid field of the same request is not set either.
        const answer = seen(await connect(emulator).put(path, { symbolCharacterSet: 'never', [field]: value }));
        expect([value, answer]).toEqual([value, refused(400, message)]);
      }
      const infinite = {
        method: 'PUT',
        path,
        body: `{"${field}": 1e999}`,
        headers: { 'Content-Type': 'application/json' },
      };
      expect(await sendRaw(emulator, infinite)).toMatchObject(refused(400, message));
      expect(await shownBy(emulator)).toEqual(before);
    },
  );

  test.each(['', ' ', '!', 'abc', '€😀', 'x'.repeat(1000)])('symbolCharacterSet: %j', async (symbolCharacterSet) => {
    expect(seen(await connect(emulator).put(path, { symbolCharacterSet }))).toEqual(ok(some({ symbolCharacterSet })));
    expect(await shownBy(emulator)).toEqual(some({ symbolCharacterSet }));
  });

  test.each([[5], [true], [['!']], [{}]])(
    'answers 400 and names symbolCharacterSet if it is %j',
    async (symbolCharacterSet) => {
      const before = await shownBy(emulator);
      expect(seen(await connect(emulator).put(path, { symbolCharacterSet, minSymbols: 9 }))).toEqual(
        refused(400, expect.stringMatching(/^Field 'symbolCharacterSet' must be a text\b/)),
      );
      expect(await shownBy(emulator)).toEqual(before);
    },
  );
});

describe('PUT changes the given fields', () => {
  test('all fields at once, and answers the policy as GET /organizations/me does', async () => {
    const emulator = createWorld();
    const response = await connect(emulator).put(path, own);
    expect(seen(response)).toEqual(ok(own));
    expect(Object.keys(response.body)).toEqual(Object.keys(platformPolicy));
    expect(await shownBy(emulator)).toEqual(own);
    // Every user of the organization is shown the same.
    expect(await shownBy(emulator, 1101)).toEqual(own);
  });

  test.each(Object.entries(platformPolicy))('only %s, and keeps the others', async (field, value) => {
    const emulator = await start();
    expect(seen(await connect(emulator).put(path, { [field]: value }))).toEqual(ok({ ...own, [field]: value }));
    expect(await shownBy(emulator)).toEqual({ ...own, [field]: value });
  });

  test.each([
    ['nothing', {}],
    ['unknown fields', { minimum: 5, MinLength: 20, id: 20, name: 'N', passwordPolicy: { minLength: 20 } }],
    ['the present values', own],
  ])('a body with %s changes nothing', async (_name, body) => {
    const emulator = await start();
    expect(seen(await connect(emulator).put(path, body))).toEqual(ok(own));
    expect(await shownBy(emulator)).toEqual(own);
    expect(seen(await connect(emulator).put(path, { ...body, minNumbers: 9 }))).toEqual(ok({ ...own, minNumbers: 9 }));
  });

  test.each(Object.keys(platformPolicy))('answers 400, names %s and changes nothing if it is null', async (field) => {
    const emulator = await start();
    const message = expect.stringMatching(new RegExp(`^Field '${field}' must be a .*, not null\\.$`));
    for (const others of [{}, { minNumbers: 9, symbolCharacterSet: '!' }]) {
      const answer = await connect(emulator).put(path, { ...others, [field]: null });
      expect(seen(answer)).toEqual(refused(400, message));
    }
    expect(await shownBy(emulator)).toEqual(own);
  });

  test('a stored field below the bounds stays if the body does not have it', async () => {
    const emulator = createWorld();
    const before = await shownBy(emulator);
    expect(before).toEqual(some({ minLength: 1 }));
    expect(seen(await connect(emulator).put(path, { minNumbers: 1 }))).toEqual(ok({ ...before, minNumbers: 1 }));
  });
});

test('PUT /organizations/me does not change the password policy', async () => {
  const emulator = await start();
  const body = { name: 'Renamed', passwordPolicy: platformPolicy, minLength: 20 };
  const response = await connect(emulator).put('/organizations/me', body);
  expect(seen(response)).toEqual(ok(some({ name: 'Renamed' })));
  expect(response.body).not.toHaveProperty('passwordPolicy');
  expect(await shownBy(emulator)).toEqual(own);
});

test('PUT changes no other field of the organization', async () => {
  const emulator = createWorld();
  const me = async () => (await connect(emulator).get('/organizations/me')).body;
  const before = await me();
  await connect(emulator).put(path, own);
  expect(await me()).toEqual({ ...before, passwordPolicy: own });
});

test('DELETE restores the default policy of the platform, the second time too', async () => {
  const emulator = await start();
  for (const _time of [1, 2]) {
    const response = await connect(emulator).delete(path);
    expect(seen(response)).toEqual(ok(platformPolicy));
    expect(Object.keys(response.body)).toEqual(Object.keys(platformPolicy));
    expect(await shownBy(emulator)).toEqual(platformPolicy);
  }
  expect(seen(await connect(emulator).put(path, { minLength: 9 }))).toEqual(ok({ ...platformPolicy, minLength: 9 }));
  expect(seen(await connect(emulator).delete(path))).toEqual(ok(platformPolicy));
});

test('the policies of two organizations are separate', async () => {
  const emulator = createWorld();
  const twenty = connect(emulator, emulator.authorizationFor(2000));
  const lax = await shownBy(emulator, 2000);
  await connect(emulator).put(path, own);
  expect(await shownBy(emulator, 2000)).toEqual(lax);
  await connect(emulator).delete(path);
  expect(await shownBy(emulator, 2000)).toEqual(lax);
  expect(seen(await twenty.put(path, { minLength: 9 }))).toEqual(ok({ ...lax, minLength: 9 }));
  expect(await shownBy(emulator)).toEqual(platformPolicy);
  expect(seen(await twenty.delete(path))).toEqual(ok(platformPolicy));
  expect(seen(await connect(emulator).put(path, own))).toEqual(ok(own));
  expect(await shownBy(emulator, 2000)).toEqual(platformPolicy);
});

test('a policy applies to new passwords of its organization, and existing passwords stay valid', async () => {
  const emulator = createWorld();
  const twenty = connect(emulator, emulator.authorizationFor(2000));
  await connect(emulator).delete(path);
  const change = { password: 'x' };
  expect(seen(await connect(emulator).patch('/users/1101', change))).toEqual(refused(400, expect.any(String)));
  expect(seen(await twenty.patch('/users/2000', change))).toEqual(ok(some({ id: 2000 })));
  const login = { username: 'user@here.example', password: 'user-pw' };
  expect(seen(await connect(emulator).post('/authentication', login))).toEqual(ok(some({ id: 1101 })));
});

test('a snapshot keeps the policy, and a reset restores the one of the fixture', async () => {
  const emulator = createWorld();
  const before = await shownBy(emulator);
  await connect(emulator).put(path, own);
  const saved = emulator.snapshot();
  await connect(emulator).delete(path);
  await emulator.restore(saved);
  expect(await shownBy(emulator)).toEqual(own);
  await emulator.reset();
  expect(await shownBy(emulator)).toEqual(before);
});
