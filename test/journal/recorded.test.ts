import request from 'supertest';
import { createEmulator, type RecordedRequest } from '../../src/index.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { unauthorized401 } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

const text401 = 'Invalid Organization or User secret, or invalid Element token provided.';
const administrator = { id: 1000, email: 'administrator@ten.example', organizationId: 10 };
const json = { 'Content-Type': 'application/json' };
const base = { query: {}, method: 'GET' };

describe('the journal records every kind of request', () => {
  test.each<[string, RawRequest, Partial<RecordedRequest>]>([
    [
      'a successful request',
      { path: '/accounts/110?a=1&b=%20x&b=2&c' },
      {
        path: '/accounts/110',
        query: { a: '1', b: [' x', '2'], c: '' },
        operationId: 'getAccountById',
        user: administrator,
        status: 200,
      },
    ],
    [
      'HEAD',
      { method: 'HEAD', path: '/accounts' },
      { method: 'HEAD', path: '/accounts', operationId: 'getAccounts', user: administrator, status: 200 },
    ],
    ['OPTIONS', { method: 'OPTIONS', path: '/accounts' }, { method: 'OPTIONS', path: '/accounts', status: 200 }],
    [
      'a request with a body',
      { method: 'POST', path: '/accounts', headers: json, body: '{"externalId": 5, "x": [null, {"y": true}]}' },
      {
        method: 'POST',
        path: '/accounts',
        operationId: 'createAccount',
        user: administrator,
        body: { externalId: 5, x: [null, { y: true }] },
        status: 200,
      },
    ],
    [
      'a request that a rule refuses',
      { path: '/accounts/9999' },
      {
        path: '/accounts/9999',
        operationId: 'getAccountById',
        user: administrator,
        status: 404,
        message: 'No account found with ID 9999',
      },
    ],
    [
      'a malformed body',
      { method: 'POST', path: '/accounts', headers: json, body: '{"externalId"' },
      {
        method: 'POST',
        path: '/accounts',
        operationId: 'createAccount',
        user: administrator,
        status: 400,
        message: expect.stringContaining('not valid JSON') as unknown as string,
      },
    ],
    [
      'a body of another type',
      { method: 'POST', path: '/accounts', headers: { 'Content-Type': 'text/plain' }, body: 'x' },
      {
        method: 'POST',
        path: '/accounts',
        operationId: 'createAccount',
        user: administrator,
        status: 415,
        message: "The body must be application/json, not 'text/plain'.",
      },
    ],
    [
      'an unknown path',
      { path: '/nowhere' },
      {
        path: '/nowhere',
        status: 404,
        message: 'There is nothing at /nowhere: see docs/operations.md for all operations.',
      },
    ],
    [
      'a path that is not of the platform',
      { base: '', path: '/elsewhere//x/?a=1' },
      {
        path: '/elsewhere/x',
        outside: true,
        query: { a: '1' },
        status: 404,
        message: 'There is nothing at /elsewhere/x: the platform is at /elements/api-v2, the emulator at /__emulator.',
      },
    ],
    [
      'an unknown method',
      { method: 'PATCH', path: '/accounts' },
      {
        method: 'PATCH',
        path: '/accounts',
        status: 405,
        message: 'PATCH is not allowed on /accounts, only GET, HEAD, POST, OPTIONS.',
      },
    ],
  ])('%s', async (_what, raw, expected) => {
    const emulator = createWorld();
    const { status, headers, body } = await sendRaw(emulator, raw);
    expect(status).toBe(expected.status);
    expect(emulator.requests.all()).toEqual([
      {
        ...base,
        id: headers['elements-request-id'],
        at: '2020-03-01T10:20:30.000Z',
        duration: expect.any(Number),
        ...(body === '' ? {} : { answer: body }),
        ...expected,
      },
    ]);
  });

  test('in the order of their arrival', async () => {
    const emulator = createWorld();
    for (const path of ['/accounts', '/nowhere', '/accounts/110']) await connect(emulator).get(path);
    expect(emulator.requests.all().map(({ path, status }) => [path, status])).toEqual([
      ['/accounts', 200],
      ['/nowhere', 404],
      ['/accounts/110', 200],
    ]);
    expect([...emulator.requests]).toEqual(emulator.requests.all());
  });

  test('except requests of control endpoints', async () => {
    const emulator = createWorld();
    for (const path of ['/health', '/requests', '/nowhere']) {
      expect((await request(emulator.app).get(`/__emulator${path}`)).status).toBe(path === '/nowhere' ? 404 : 200);
    }
    expect(emulator.requests.all()).toEqual([]);
  });
});

describe('the reason of a 401', () => {
  const emulator = createWorld();
  const header = (email: string) => emulator.authorizationFor(email);
  const [user, organization] = header('administrator@ten.example').split(', ');
  const malformed =
    'an Authorization part is not "User <secret>", "Organization <secret>", "Bearer <token>" or "Element <token>"';
  const caller = (id: number, email: string) => ({ id, email, organizationId: 10 });
  const account = caller(1100, 'admin@here.example');
  const plain = caller(1101, 'user@here.example');

  test.each<[string, string | undefined, string, string, RecordedRequest['user']]>([
    ['nothing', '', '/accounts', 'no Authorization header', undefined],
    ['another scheme', 'Basic x', '/accounts', malformed, undefined],
    ['an unknown token', 'Bearer x', '/accounts', 'unknown Bearer token, or one that has ended', undefined],
    [
      'two users',
      `${user}, ${user}, ${organization}`,
      '/accounts',
      'the Authorization header has two user parts',
      undefined,
    ],
    ['no user', organization, '/accounts', 'the Authorization header has no user secret', undefined],
    ['no organization', user, '/accounts', 'the Authorization header has no organization secret', undefined],
    ['an unknown organization', `${user}, Organization x`, '/accounts', 'unknown organization secret', undefined],
    ['an unknown user', `User x, ${organization}`, '/accounts', 'unknown user secret', undefined],
    [
      'a user of another organization',
      `${header('administrator@twenty.example').split(', ')[0]}, ${organization}`,
      '/accounts',
      'user 2000 is not of organization 10',
      undefined,
    ],
    ['an inactive user', header('inactive@ten.example'), '/accounts', 'user 1002 is inactive', undefined],
    [
      'a caller who is not an organization administrator',
      header('admin@here.example'),
      '/accounts',
      'user 1100 is not an organization administrator',
      account,
    ],
    [
      'a caller who is not an administrator',
      header('user@here.example'),
      '/accounts/110/users',
      'user 1101 has neither the privilege viewUsersOrg nor viewUsersAccount',
      plain,
    ],
    [
      'another account',
      header('admin@here.example'),
      '/accounts/120/users',
      'user 1100 has viewUsersAccount for account 110, not for the one in the path',
      account,
    ],
  ])('%s', async (_what, authorization, path, reason, who) => {
    const own = createWorld();
    const response = await connect(own, authorization).get(path);
    expect({ status: response.status, body: response.body }).toEqual(unauthorized401);
    const recorded = own.requests.last();
    expect(recorded).toMatchObject({ status: 401, message: text401, reason });
    expect(recorded?.user).toEqual(who);
  });

  test('an inactive organization', async () => {
    const own = createEmulator({ fixture: { organizations: [{ id: 7, name: 'Seven', active: false }] } });
    const { status } = await connect(own).get('/accounts');
    expect(status).toBe(401);
    expect(own.requests.last()).toMatchObject({ reason: 'organization 7 is inactive' });
  });
});
