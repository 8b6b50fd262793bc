import type { Emulator } from '../../src/index.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { expectRows, type Row } from '../support/rows.ts';
import { isEndurance, someOf } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';
import { type Answer, ok, refused, seen, unauthorized401 } from './answers.ts';

/** The resources of the vendor's pages, client and suites, and the other ones below accounts, organizations and users. */
const resources = [
  ...['applications', 'audit-logs', 'authentication/saml', 'branding', 'bulk', 'bulkloader', 'change-management'],
  ...['common-resources', 'connectors', 'customers', 'element-products', 'elements', 'environment', 'events'],
  ...['executions', 'formulas', 'hubs', 'instances', 'integrations', 'intelligence', 'jobs', 'lookups', 'metrics'],
  ...['models', 'notifications', 'ping', 'signup-partners', 'subscriptions', 'transformations', 'usage', 'vdrs'],
  'webhooks',
];
const parts = [
  ...['branding', 'common-resources', 'definitions', 'elements', 'formulas', 'hooks', 'identity-providers'],
  ...['instances', 'jobs', 'metrics', 'objects', 'settings', 'transformations', 'usage', 'vdrs'],
];
const owners = [
  '/accounts',
  '/accounts/110',
  '/organizations',
  '/organizations/10',
  '/organizations/me',
  '/users',
  '/users/1101',
  '/users/user@here.example',
  ...['/accounts/110/users', '/accounts/110/users/1101', '/organizations/users', '/organizations/users/1101'],
  ...['/organizations/10/accounts', '/organizations/10/accounts/110'],
];
const places = ['', ...owners];

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const json = { 'Content-Type': 'application/json' };
const emulated = '/accounts, /authentication, /organizations and /users';
const notEmulated = (path: string) =>
  refused(501, `${path} is of the platform and not emulated: emulated are ${emulated}.`);

// Nothing is changed, as the end of the file proves, so that one emulator is enough.
const emulator = createWorld();
const stateOf = (one: Emulator) => {
  const { sequences, ...state } = one.snapshot();
  return { ...state, sequences: { ...sequences, request: 0 } };
};
const before = stateOf(emulator);
afterAll(() => expect(stateOf(emulator)).toEqual(before));

const answerOf = async (request: RawRequest): Promise<Answer> => {
  const { status, body } = await sendRaw(emulator, request);
  return { status, body };
};

describe.each(places.map((place, at) => [place, at] as const))('below %s/', (place, at) => {
  // In npm test, a fourth of them below each owner, each of them below a fourth of the owners, and some of the verbs.
  const names = place === '' ? resources : parts.filter((_, n) => isEndurance || (n + at) % 4 === 0);

  test.each(names)('%s is 501 for every verb, and what is below it', async (name) => {
    const path = `${place}/${name}`;
    const withVerbs = someOf(verbs, at + name.length).map((method): Row => {
      const body = method === 'GET' ? {} : { headers: json, body: '{"externalId":"new","active":false}' };
      return [method, () => answerOf({ method, path, ...body }), notEmulated(path)];
    });
    const below = [`${path}/110`, `${path}/x/users/1101`].map((path): Row => {
      return [path, () => answerOf({ method: 'DELETE', path }), notEmulated(path)];
    });
    await expectRows([...withVerbs, ...below]);
    const { status, text, headers } = await sendRaw(emulator, { method: 'HEAD', path });
    expect({ status, text }).toEqual({ status: 501, text: '' });
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });
});

test('POST /organizations is 501; no other verb is known there', async () => {
  const path = '/organizations';
  const call = { path, headers: json, body: '{"name":"New"}' };
  expect(await answerOf({ method: 'POST', ...call })).toEqual(notEmulated(path));
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    expect([method, (await answerOf({ method, path })).status]).toEqual([method, 404]);
  }
});

describe('501 comes before every check of the request', () => {
  const path = '/instances/5';
  test.each<[string, RawRequest, string?]>([
    ['no credentials', { path, headers: { Authorization: '' } }],
    ['wrong credentials', { path, headers: { Authorization: 'User x, Organization y' } }],
    ['those of a plain user', { path, headers: { Authorization: emulator.authorizationFor(1101) } }],
    ['those of an inactive user', { path, headers: { Authorization: emulator.authorizationFor(1002) } }],
    ['a query', { path: `${path}?where=((&pageSize=0&permanent=x` }],
    ['a malformed query', { path: `${path}?%zz&` }],
    ['a body that is not JSON', { method: 'POST', path, headers: json, body: '{' }],
    ['a body of another type', { method: 'PUT', path, headers: { 'Content-Type': 'text/plain' }, body: 'x' }],
    ['a body in chunks', { method: 'PATCH', path, headers: json, body: '{}', chunked: true }],
    ['a body that is too large', { method: 'POST', path, headers: json, body: `"${'x'.repeat(1024 * 1024)}"` }],
    ['an Accept without JSON', { path, headers: { Accept: 'text/html' } }],
    ['a trailing slash', { path: `${path}/` }],
    ['doubled slashes', { path: '//instances///5//' }],
    ['an account without an id', { path: '//accounts//instances/' }, '/accounts/instances'],
    ['a verb that nothing has', { method: 'PROPFIND', path }],
  ])('%s', async (_what, request, told = path) => {
    const { status, body, headers } = await sendRaw(emulator, request);
    expect({ status, body }).toEqual(notEmulated(told));
    const { requestId } = body as { requestId: string };
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'elements-request-id': requestId,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('Elements-Request-Id'),
    });
    expect(headers).not.toHaveProperty('allow');
    expect(headers).not.toHaveProperty('elements-total-count');
  });
});

test.each(['/elements', '/accounts/110/instances', '/users/1101/hooks/3', '/organizations', '/authentication/saml'])(
  'a preflight of %s is answered, so that a browser sees the 501',
  async (path) => {
    const headers = {
      Origin: 'https://app.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization, x-own',
      Authorization: '',
    };
    const answer = await sendRaw(emulator, { method: 'OPTIONS', path, headers });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': 'authorization, x-own',
      'elements-request-id': expect.stringMatching(/^[0-9a-f]{24}$/),
    });
  },
);

describe('what only looks alike', () => {
  const nowhere = (path: string) =>
    refused(404, `There is nothing at ${path}: see docs/operations.md for all operations.`);
  const nobody = (email: string) => refused(404, `No user found with email ${email}`);
  const noInteger = (text: string) => refused(400, `Path parameter 'id' must be an integer, not '${text}'.`);
  const some = (fields: object) => ok(expect.objectContaining(fields));

  test.each<[string, Answer]>([
    ['/instancesx', nowhere('/instancesx')],
    ['/xinstances', nowhere('/xinstances')],
    ['/instance', nowhere('/instance')],
    ['/Instances', nowhere('/Instances')],
    ['/instances.json', nowhere('/instances.json')],
    ['/definitions', nowhere('/definitions')],
    ['/settings', nowhere('/settings')],
    ['/authentication/samlx', nowhere('/authentication/samlx')],
    ['/nowhere/instances', nowhere('/nowhere/instances')],
    ['/accounts/110/instancesx', nowhere('/accounts/110/instancesx')],
    ['/accounts/110/hubs', nowhere('/accounts/110/hubs')],
    ['/accounts/110/x/instances', nowhere('/accounts/110/x/instances')],
    ['/users/1101/hooksx', nowhere('/users/1101/hooksx')],
    ['/users/1101/roles/elements/x', nowhere('/users/1101/roles/elements/x')],
    ['/accounts/instancesx', noInteger('instancesx')],
    ['/accounts/hubs', noInteger('hubs')],
    ['/accounts/110', some({ id: 110 })],
    ['/accounts/110/users', ok([expect.objectContaining({ id: 1101 }), expect.objectContaining({ id: 1100 })])],
    ['/accounts/110/users/hubs', nobody('hubs')],
    ['/accounts/120/roles', ok([expect.objectContaining({ key: 'default-user' })])],
    ['/users/elements@here.example', nobody('elements@here.example')],
    ['/users/hubs', nobody('hubs')],
    ['/users/elementsx?where=x', nobody('elementsx')],
    ['/users/a%2Finstances', nobody('a/instances')],
    ['/organizations/users/hubs', nobody('hubs')],
    ['/organizations/10/accounts', ok(expect.arrayContaining([expect.objectContaining({ id: 110 })]))],
    ['/organizations/me', some({ id: 10 })],
  ])('GET %s is answered as before', async (path, expected) => {
    expect(await answerOf({ path })).toEqual(expected);
  });

  test.each([
    ['PATCH', '/users/hubs', noInteger('hubs')],
    ['DELETE', '/users/elementsx', noInteger('elementsx')],
    ['DELETE', '/organizations/users/hubs', noInteger('hubs')],
  ])('%s %s is answered as before', async (method, path, expected) => {
    expect(await answerOf({ method, path })).toEqual(expected);
  });

  test.each(['/elements', '/accounts/instances'])('%s is 404 when it is not below the base path', async (path) => {
    for (const base of ['', '/elements/api-v3', '/elements']) {
      expect(await answerOf({ base, path })).toMatchObject({ status: 404 });
    }
  });

  test('a caller who may not call an emulated operation still gets 401', async () => {
    expect(seen(await connect(emulator, 'nonsense').get('/users/hubs'))).toEqual(unauthorized401);
  });
});

test('the journal has such a request, without an operation', async () => {
  const own = createWorld();
  const path = '/accounts/instances';
  const answer = await sendRaw(own, { method: 'PUT', path: `${path}?a=1`, headers: json, body: '{"x":1}' });
  const { requestId, message } = answer.body as { requestId: string; message: string };
  const entry = { id: requestId, method: 'PUT', path, query: { a: '1' }, status: 501, message };
  expect(own.requests.last()).toMatchObject(entry);
  for (const field of ['operationId', 'user', 'reason', 'fault']) {
    expect(own.requests.last()).not.toHaveProperty(field);
  }
  expect(own.requests).toHaveLength(1);
});

test('a fault on such a path comes before its 501', async () => {
  const own = createWorld();
  own.faults.add({ method: 'GET', path: '/accounts/{id}/instances', status: 429, message: 'Slow down', times: 1 });
  const path = '/accounts/110/instances';
  const ask = (method: string) => sendRaw(own, { method, path }).then(({ status, body }) => ({ status, body }));
  expect(await ask('DELETE')).toEqual(notEmulated(path));
  expect(await ask('GET')).toEqual(refused(429, 'Slow down'));
  expect(own.requests.last()).toMatchObject({ path, status: 429, fault: 1 });
  expect(await ask('GET')).toEqual(notEmulated(path));
  expect(own.faults.list()).toMatchObject([{ matched: 2, applied: 1 }]);
});
