import type { Emulator, Stub } from '../../src/index.ts';
import { empty, ok, refused, seen, unauthorized401 } from '../platform/answers.ts';
import { basePath, connect, request } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';

const createWorld = reuseWorlds();

/** The answer to a request of the administrator with this stub. */
async function stubbed(stub: Stub, path = '/instances', emulator: Emulator = createWorld()) {
  emulator.stubs.add(stub);
  return { emulator, response: await connect(emulator).get(path) };
}

describe('a fixed answer', () => {
  test.each([[{ id: 7 }], [[1, 2]], ['text'], [0], [false], [''], [{}], [null]])(
    'has the body %j and the headers of every answer',
    async (body) => {
      const { response, emulator } = await stubbed({ path: '/instances', body });
      expect({ status: response.status, body: JSON.parse(response.text) }).toEqual({ status: 200, body });
      expect(response.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'access-control-allow-origin': '*',
        date: 'Sun, 01 Mar 2020 10:20:30 GMT',
        'elements-request-id': emulator.requests.last().id,
      });
      expect(emulator.requests.last()).toMatchObject({ stub: 1, status: 200, user: { id: 1000 }, path: '/instances' });
    },
  );

  test('is empty without a body', async () => {
    const { response } = await stubbed({ path: '/instances' });
    expect(seen(response)).toEqual(empty);
    expect(response.headers).not.toHaveProperty('content-type');
  });

  test.each([204, 304])('has no body with status %i', async (status) => {
    const { response } = await stubbed({ path: '/instances', status, headers: { 'X-Own': 'yes' } });
    expect({ status: response.status, text: response.text, own: response.headers['x-own'] }).toEqual({
      ...{ status, text: '', own: 'yes' },
    });
  });

  test.each<[number, string]>([
    [404, 'Not Found'],
    [499, 'Status 499'],
    [503, 'Service Unavailable'],
  ])('has the envelope with status %i and no body', async (status, message) => {
    const { response, emulator } = await stubbed({ path: '/instances', status });
    expect(seen(response)).toEqual(refused(status, message));
    expect(emulator.requests.last()).toMatchObject({ stub: 1, status, message });
  });

  test('has the given status and body, and the journal has its message', async () => {
    const { response, emulator } = await stubbed({ path: '/instances', status: 409, body: { message: 'Twice.' } });
    expect(seen(response)).toEqual({ status: 409, body: { message: 'Twice.' } });
    expect(emulator.requests.last()).toMatchObject({ stub: 1, status: 409, message: 'Twice.' });
  });

  test('is the given text with a given type', async () => {
    const headers = { 'content-type': 'text/csv', 'Content-Disposition': 'attachment' };
    const { response } = await stubbed({ path: '/instances', headers, body: 'a,b\n' });
    expect({ text: response.text, type: response.headers['content-type'] }).toEqual({
      text: 'a,b\n',
      type: 'text/csv',
    });
    expect(response.headers['content-disposition']).toBe('attachment');
  });

  test('can replace the headers of every answer', async () => {
    const headers = { DATE: 'today', 'Elements-Total-Count': '3' };
    const { response } = await stubbed({ path: '/instances', headers, body: [] });
    expect(response.headers).toMatchObject({ date: 'today', 'elements-total-count': '3' });
  });

  test('replaces an operation, by path or operationId, for HEAD too', async () => {
    for (const stub of [{ path: '/organizations/me' }, { operationId: 'getOrganization' } as const]) {
      const { response, emulator } = await stubbed({ ...stub, body: { mine: true } }, '/organizations/me');
      expect(seen(response)).toEqual(ok({ mine: true }));
      expect(emulator.requests.last()).toMatchObject({ stub: 1, operationId: 'getOrganization' });
      const head = connect(emulator).get('/organizations/me');
      head.method = 'HEAD';
      expect((await head).headers['content-length']).toBe('13');
      expect(emulator.requests.last()).toMatchObject({ stub: 1, method: 'HEAD' });
    }
  });

  test('is a copy of the given one', async () => {
    const body = { a: 1 };
    const emulator = createWorld();
    const stub = emulator.stubs.add({ path: '/instances', body });
    body.a = 2;
    expect(() => Object.assign(stub.body as object, { a: 3 })).toThrow();
    expect(seen(await connect(emulator).get('/instances'))).toEqual(ok({ a: 1 }));
  });
});

describe('the callers of a stub', () => {
  const stubs: [string, Stub][] = [
    ['fixed', { path: '/instances', body: { id: 7 } }],
    ['a function', { path: '/instances', respond: ({ caller }) => ({ body: { id: 7, by: caller.user.id } }) }],
  ];

  test.each(stubs)('are all active users by default: %s', async (_what, stub) => {
    const emulator = createWorld();
    emulator.stubs.add(stub);
    const plain = connect(emulator, emulator.authorizationFor('plain@ten.example'));
    expect(seen(await plain.get('/instances'))).toEqual(ok(expect.objectContaining({ id: 7 })));
    expect(seen(await connect(emulator, 'nonsense').get('/instances'))).toEqual(unauthorized401);
    expect(emulator.requests.last()).toMatchObject({
      stub: 1,
      status: 401,
      reason: expect.stringContaining('Authorization'),
    });
    const inactive = connect(emulator, emulator.authorizationFor('inactive@ten.example'));
    expect(seen(await inactive.get('/instances'))).toEqual(unauthorized401);
    expect(emulator.requests.last()).toMatchObject({ reason: 'user 1002 is inactive' });
  });

  test("are anyone with access 'anyone', and the function gets the caller if there is one", async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      path: '/elements',
      access: 'anyone',
      respond: ({ caller }) => ({ body: caller?.user.email ?? 'nobody' }),
    });
    const answers = [emulator.credentials.authorization, 'nonsense', ''].map(async (authorization) => {
      const { body } = await connect(emulator, authorization).get('/elements');
      return body;
    });
    expect(await Promise.all(answers)).toEqual(['administrator@ten.example', 'nobody', 'nobody']);
    expect(seen(await request(emulator.app).get(`${basePath}/elements`))).toEqual(ok('nobody'));
    expect(emulator.requests.last()).not.toHaveProperty('user');
  });

  test('do not include users of a deleted account', async () => {
    const emulator = createWorld();
    emulator.stubs.add({ method: 'POST', path: '/instances', body: {} });
    const here = connect(emulator, emulator.authorizationFor('user@here.example'));
    expect((await here.post('/instances', {})).status).toBe(200);
    await connect(emulator).delete('/accounts/110');
    expect(seen(await here.post('/instances', {}))).toEqual(unauthorized401);
  });
});

describe('the body of the request', () => {
  const post = (emulator: Emulator, type: string, body: string) =>
    connect(emulator).call('post', '/instances').set('Content-Type', type).send(body);

  test('is refused if it is not JSON, as an operation does, and ignored if it has another type', async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      method: 'POST',
      path: '/instances',
      respond: ({ body }) => ({ body: { got: body ?? null } }),
    });
    expect(seen(await post(emulator, 'application/json', '{'))).toEqual(
      refused(400, 'The body is not valid JSON at position 1.'),
    );
    expect(emulator.requests.last()).toMatchObject({ stub: 1, status: 400, message: expect.stringContaining('JSON') });
    expect(seen(await post(emulator, 'application/x-www-form-urlencoded', 'a=1'))).toEqual(ok({ got: null }));
    const large = JSON.stringify('x'.repeat(1024 * 1024));
    expect((await post(emulator, 'application/json', large)).status).toBe(413);
    expect(seen(await connect(emulator).call('post', '/instances'))).toEqual(ok({ got: null }));
  });

  test('is in the journal, without its secrets and with all digits', async () => {
    const emulator = createWorld();
    emulator.stubs.add({ method: 'POST', path: '/instances', respond: ({ body }) => ({ body }) });
    const sent = '{"password":"hush-hush","n":12345678901234567890}';
    expect((await post(emulator, 'application/json', sent)).body).toEqual(JSON.parse(sent));
    expect(emulator.requests.last().body).toEqual({ password: '[redacted]', n: '12345678901234567890' });
  });
});
