import { createEmulator, type Emulator } from '../../../src/index.ts';
import { connect, type Verb } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { someOf } from '../../support/runs.ts';
import { ok, seen, unauthorized401 } from '../answers.ts';
import { samples } from '../samples.ts';

const createWorld = reuseWorlds();

const having = (fields: object) => expect.objectContaining(fields);

/** The users who log in. */
const logins: Record<number, object> = {
  1000: { username: 'administrator@ten.example', password: 'admin-pw' },
  1100: { username: 'admin@here.example', password: 'here-pw' },
  1101: { username: 'user@here.example', password: 'user-pw' },
  1200: { username: 'admin@there.example', password: 'there-pw' },
};

const logIn = (emulator: Emulator, body: object = {}) =>
  connect(emulator).post('/authentication', body).unset('Authorization');
/** A new token of a user who logs in. */
async function tokenOf(emulator: Emulator, user: number): Promise<string> {
  const response = await logIn(emulator, logins[user]);
  expect(seen(response)).toEqual(ok(having({ id: user, token: expect.any(String) })));
  return response.body.token;
}
const bearer = (emulator: Emulator, token: string) => connect(emulator, `Bearer ${token}`);
/** The answer to a call with a valid token: the secrets of its user's organization. */
const good = ok(having({ organizationSecret: expect.any(String) }));
const callWith = async (emulator: Emulator, token: string) =>
  seen(await bearer(emulator, token).get('/authentication/secrets'));

describe('an operation answers a Bearer token as it answers the secrets', () => {
  const emulator = createWorld();
  const plain = someOf(samples, 0);
  const calls = [
    ...samples.map((sample) => ({ ...sample, user: 1000 })),
    ...plain.map((sample) => ({ ...sample, user: 1101 })),
  ];

  test.each(calls)('$operationId, of user $user', async ({ user, verb, path, body }) => {
    const call = async (authorize: (token: string) => string) => {
      await emulator.reset();
      // There is a login in both cases, so that its changes are the same in both.
      const token = await tokenOf(emulator, user);
      const sent = connect(emulator, authorize(token)).call(verb, path);
      const { status, headers, text } = await (body === undefined ? sent : sent.send(body));
      return { status, headers, text, user: emulator.requests.last()?.user };
    };
    const withBearer = await call((token) => `Bearer ${token}`);
    expect(withBearer).toEqual(await call(() => emulator.authorizationFor(user)));
    if (user === 1000) expect(withBearer.status).toBe(200);
  });
});

describe('the header', () => {
  const emulator = createWorld();
  const secrets = emulator.credentials.authorization;
  let token = '';
  beforeAll(async () => {
    token = await tokenOf(emulator, 1101);
  });
  const get = async (header: string) => seen(await connect(emulator, header).get('/authentication/secrets'));

  test.each<[string, (token: string) => string]>([
    ['as documented', (t) => `Bearer ${t}`],
    ['lower case', (t) => `bearer ${t}`],
    ['upper case', (t) => `BEARER ${t}`],
    ['more spaces', (t) => `  Bearer   ${t}  `],
    ['a tab', (t) => `Bearer\t${t}`],
    ['an Element part after it', (t) => `Bearer ${t}, Element tok/en+=`],
    ['an Element part before it', (t) => `Element tok,Bearer ${t}`],
  ])('%s is accepted', async (_name, header) => {
    expect(await get(header(token))).toEqual(good);
  });

  test.each<[string, (token: string) => string]>([
    ['no token', () => 'Bearer'],
    ['a blank token', () => 'Bearer  '],
    ['an unknown token', () => 'Bearer abc'],
    ['a name of a JavaScript prototype', () => 'Bearer __proto__'],
    ['a token without its last character', (t) => `Bearer ${t.slice(0, -1)}`],
    ['a token with more characters', (t) => `Bearer ${t}=`],
    ['a token in another case of letters', (t) => `Bearer ${t.toUpperCase()}`],
    ['no scheme word', (t) => t],
    ['another scheme word', (t) => `Token ${t}`],
    ['a token as an Element', (t) => `Element ${t}`],
    ['a token as a user secret', (t) => secrets.replace(/User \S+,/, `User ${t},`)],
    ['a token twice', (t) => `Bearer ${t}, Bearer ${t}`],
    ['a token and secrets', (t) => `Bearer ${t}, ${secrets}`],
    ['a user secret as a token', () => secrets.replace(/User (\S+), .*/, 'Bearer $1')],
    ['an organization secret as a token', () => secrets.replace(/.* Organization (\S+)/, 'Bearer $1')],
  ])('%s is refused with 401', async (_name, header) => {
    expect(await get(header(token))).toEqual(unauthorized401);
  });
});

/** A call by user 1000, or by another user. */
type Act = readonly [verb: Verb, path: string, body?: object | undefined, caller?: number];
const act = async (emulator: Emulator, [verb, path, body, caller = 1000]: Act) => {
  const response = await connect(emulator, emulator.authorizationFor(caller)).call(verb, path).send(body);
  expect(response.status).toBe(200);
};
const password = 'next-pw';
const active = true;
const inactive = { active: false };

describe('all tokens of a user become invalid', () => {
  test.each<[string, ...Act]>([
    ['deletion', 'delete', '/accounts/110/users/1101'],
    ['deletion', 'delete', '/organizations/users/1101'],
    ['deletion', 'delete', '/users/1101'],
    ['deactivation', 'patch', '/users/1101', inactive],
    ['deactivation', 'patch', '/organizations/users/1101', inactive],
    ['deactivation', 'patch', '/accounts/110/users/1101', inactive],
    ['deactivation', 'put', '/accounts/110/users/1101', inactive],
    ['the deactivation of the account', 'delete', '/accounts/110'],
    ['the deactivation of the account', 'patch', '/accounts/110', inactive],
    ['the deactivation of the account', 'put', '/accounts/110', inactive],
    ['the deactivation of the account', 'patch', '/accounts/110?permanent=true', inactive],
    ['a new password', 'patch', '/users/1101', { password }],
    ['a new password', 'patch', '/organizations/users/1101', { password }],
    ['a new password', 'patch', '/accounts/110/users/1101', { password }],
    ['a new password', 'put', '/accounts/110/users/1101', { password }],
    ['a new password', 'post', '/authentication/passwords', { password }, 1101],
    ['a new secret', 'post', '/authentication/user-secret-reset', undefined, 1101],
  ])('with %s: %s %s', async (_why, ...end) => {
    const emulator = createWorld();
    const tokens = [await tokenOf(emulator, 1101), await tokenOf(emulator, 1101)];
    const others = [await tokenOf(emulator, 1000), await tokenOf(emulator, 1200)];
    for (const token of [...tokens, ...others]) expect(await callWith(emulator, token)).toEqual(good);
    await act(emulator, end);
    for (const token of tokens) {
      expect(await callWith(emulator, token)).toEqual(unauthorized401);
      expect(emulator.requests.last()?.reason).toBe('unknown Bearer token, or one that has ended');
    }
    for (const token of others) expect(await callWith(emulator, token)).toEqual(good);
  });

  test.each<[Verb, string, object, number?]>([
    ['patch', '/users/1101', { password }],
    ['patch', '/organizations/users/1101', { password }],
    ['patch', '/accounts/110/users/1101', { password }],
    ['put', '/accounts/110/users/1101', { password }],
    ['post', '/authentication/passwords', { password }, 1101],
  ])('when the same password is set again: %s %s', async (...again: Act) => {
    const emulator = createWorld();
    await act(emulator, ['patch', '/users/1101', { password }]);
    const { body } = await logIn(emulator, { username: 'user@here.example', password });
    expect(await callWith(emulator, body.token)).toEqual(good);
    await act(emulator, again);
    expect(await callWith(emulator, body.token)).toEqual(unauthorized401);
    expect(seen(await logIn(emulator, { username: 'user@here.example', password }))).toEqual(ok(having({ id: 1101 })));
  });

  test.each<[Verb, string, object | undefined]>([
    ['post', '/authentication/passwords', { password }],
    ['post', '/authentication/user-secret-reset', undefined],
  ])('with %s %s, the token of the request included', async (verb, path, body) => {
    const emulator = createWorld();
    const token = await tokenOf(emulator, 1101);
    expect(seen(await bearer(emulator, token).call(verb, path).send(body))).toEqual(ok(expect.anything()));
    expect(await callWith(emulator, token)).toEqual(unauthorized401);
  });

  test.each<[string, Act[]]>([
    [
      'the user',
      [
        ['patch', '/users/1101', inactive],
        ['patch', '/users/1101', { active }],
      ],
    ],
    [
      'the user',
      [
        ['patch', '/organizations/users/1101', inactive],
        ['patch', '/accounts/110/users/1101', { active }],
      ],
    ],
    [
      'the account',
      [
        ['delete', '/accounts/110'],
        ['patch', '/accounts/110', { active }],
        ['patch', '/accounts/110/users/1101', { active }],
      ],
    ],
  ])('for good: the reactivation of %s does not restore them', async (_who, acts) => {
    const emulator = createWorld();
    const token = await tokenOf(emulator, 1101);
    for (const step of acts) {
      await act(emulator, step);
      expect(await callWith(emulator, token)).toEqual(unauthorized401);
    }
    expect(await callWith(emulator, await tokenOf(emulator, 1101))).toEqual(good);
    expect(await callWith(emulator, token)).toEqual(unauthorized401);
  });

  test('with a reset', async () => {
    const emulator = createWorld();
    const token = await tokenOf(emulator, 1101);
    await emulator.reset();
    expect(await callWith(emulator, token)).toEqual(unauthorized401);
  });
});

test('a token survives other changes, and every call checks the rights of its user', async () => {
  const emulator = createWorld();
  const token = await tokenOf(emulator, 1101);
  const list = async () => (await bearer(emulator, token).get('/accounts/110/users')).status;
  const acts: [Act, number][] = [
    [['patch', '/users/1101', { firstName: 'Una', email: 'una@here.example', password: 'secured', active }], 401],
    [['put', '/accounts/110/users/1101', { phone: '1', password: 'secured' }], 401],
    [['patch', '/organizations/users/1101', { externalId: 'u' }], 401],
    [['put', '/users/1101/roles/admin'], 200],
    [['delete', '/users/1101/roles/admin'], 401],
    [['patch', '/accounts/110/users/1101', { roles: [{ key: 'admin' }] }], 200],
    [['patch', '/accounts/110', { name: 'Renamed', active }], 200],
    [['put', '/organizations/me', { name: 'Renamed' }], 200],
    [['put', '/organizations/password-policies', { minLength: 50 }], 200],
    [['patch', '/users/1100', inactive], 200],
    [['delete', '/accounts/120'], 200],
    [['post', '/authentication', { username: 'una@here.example', password: 'user-pw' }], 200],
  ];
  for (const [step, status] of acts) {
    await act(emulator, step);
    emulator.clock.advance({ weeks: 10 });
    expect([step, await callWith(emulator, token), await list()]).toEqual([step, good, status]);
  }
  // A refused request changes nothing either.
  await logIn(emulator, { username: 'una@here.example', password: 'wrong' });
  const refusals = [{ password }, { password: password.repeat(9), email: 'admin@here.example' }];
  for (const [index, body] of refusals.entries()) {
    expect((await connect(emulator).patch('/users/1101', body)).status).toBe([400, 409][index]);
  }
  expect(await callWith(emulator, token)).toEqual(good);
});

test('a restore brings back exactly the tokens of the snapshot', async () => {
  const emulator = createWorld();
  const early = await tokenOf(emulator, 1101);
  const saved = emulator.snapshot();
  const late = await tokenOf(emulator, 1101);
  await act(emulator, ['patch', '/users/1101', { password }]);
  expect(await callWith(emulator, early)).toEqual(unauthorized401);
  await emulator.restore(JSON.parse(JSON.stringify(saved)));
  expect(await callWith(emulator, early)).toEqual(good);
  expect(await callWith(emulator, late)).toEqual(unauthorized401);
  expect(await callWith(createEmulator({ fixture: saved }), early)).toEqual(good);
});

test('a user can have a hundred tokens, and another one ends the oldest, also after a restore', async () => {
  const emulator = createWorld();
  const other = await tokenOf(emulator, 1100);
  const tokens: string[] = [];
  while (tokens.length < 100) tokens.push(await tokenOf(emulator, 1101));
  /** Of the oldest four and the newest. */
  const alive = async () => {
    const answers = [];
    for (const token of [...tokens.slice(0, 4), ...tokens.slice(-1)])
      answers.push((await callWith(emulator, token)).status);
    return answers;
  };
  expect(new Set(tokens).size).toBe(100);
  expect(await alive()).toEqual([200, 200, 200, 200, 200]);
  tokens.push(await tokenOf(emulator, 1101));
  expect(await alive()).toEqual([401, 200, 200, 200, 200]);
  await emulator.restore(emulator.snapshot());
  tokens.push(await tokenOf(emulator, 1101));
  expect(await alive()).toEqual([401, 401, 200, 200, 200]);
  expect(await callWith(emulator, other)).toEqual(good);
});
