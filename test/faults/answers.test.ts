import { once } from 'node:events';
import { createServer, get, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from '../../src/index.ts';
import { ok, refused, seen, unauthorized401 } from '../platform/answers.ts';
import { basePath, connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';

const createWorld = reuseWorlds();

/** The answer to a GET of the organization with a fault. */
async function faulted(fault: Fault) {
  const emulator = createWorld();
  emulator.faults.add(fault);
  const response = await connect(emulator).get('/organizations/me');
  return { response, emulator };
}

describe('a status', () => {
  test.each([400, 403, 404, 405, 406, 409, 413, 415, 418, 429, 500, 502, 503, 504])(
    '%i has its standard text in the envelope',
    async (status) => {
      const { response, emulator } = await faulted({ status });
      expect(seen(response)).toEqual(refused(status, STATUS_CODES[status]));
      expect(response.body.requestId).toBe(response.headers['elements-request-id']);
      expect(response.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'access-control-allow-origin': '*',
        date: 'Sun, 01 Mar 2020 10:20:30 GMT',
      });
      expect(emulator.requests.last()).toMatchObject({ status, message: STATUS_CODES[status], fault: 1 });
    },
  );

  test('401 has the text of the platform, and the journal has only the fault as the reason', async () => {
    const { response, emulator } = await faulted({ status: 401 });
    expect(seen(response)).toEqual(unauthorized401);
    expect(emulator.requests.last()).toMatchObject({ status: 401, fault: 1 });
    expect(emulator.requests.last()).not.toHaveProperty('reason');
  });

  test('without a standard text has its number', async () => {
    expect(seen((await faulted({ status: 499 })).response)).toEqual(refused(499, 'Status 499'));
  });

  test.each([401, 503])('%i has the given message', async (status) => {
    const { response, emulator } = await faulted({ status, message: 'Mine.' });
    expect(seen(response)).toEqual(refused(status, 'Mine.'));
    expect(emulator.requests.last()).toMatchObject({ message: 'Mine.' });
  });

  test.each([[{ error: { code: 7 } }], [[1, 2]], ['text'], [0], [false], [''], [{}], [null]])(
    'has the body %j in place of the envelope',
    async (body) => {
      const { response } = await faulted({ status: 503, body });
      expect(response.status).toBe(503);
      expect(response.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
      expect(JSON.parse(response.text)).toEqual(body);
    },
  );

  test.each([
    'Date',
    'date',
    'Elements-Request-Id',
    'ELEMENTS-REQUEST-ID',
    'Access-Control-Allow-Origin',
    'access-control-expose-headers',
    'Content-Type',
    'content-type',
    'X-Own',
  ])('has the header %s once, in place of the default one', async (name) => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503, headers: { [name]: 'text/own' } });
    const server = createServer(emulator.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<IncomingMessage>((resolve) => {
      get({ port, path: `${basePath}/accounts`, agent: false }, resolve);
    });
    answer.resume();
    await once(answer, 'close');
    server.close();
    const lines = answer.rawHeaders.flatMap((each, index, all) => (index % 2 === 0 ? [[each, all[index + 1]]] : []));
    const found = lines.filter(([each]) => each?.toLowerCase() === name.toLowerCase());
    expect(found).toEqual([[expect.any(String), 'text/own']]);
  });

  test('has the given headers', async () => {
    const { response } = await faulted({ status: 503, headers: { 'X-Own': 'yes', 'Retry-After': '7' } });
    expect(seen(response)).toEqual(refused(503, 'Service Unavailable'));
    expect(response.headers).toMatchObject({ 'x-own': 'yes', 'retry-after': '7' });
  });

  test.each<[Fault, string | undefined]>([
    [{ status: 429 }, '1'],
    [{ status: 429, retryAfter: 30 }, '30'],
    [{ status: 429, retryAfter: 0 }, '0'],
    [{ status: 503, retryAfter: 5 }, '5'],
    [{ status: 503 }, undefined],
    [{ status: 429, headers: { 'retry-after': '9' } }, '9'],
  ])('%j sends Retry-After: %s', async (fault, retryAfter) => {
    const { response } = await faulted(fault);
    expect(response.status).toBe(fault.status);
    expect(response.headers['retry-after']).toBe(retryAfter);
  });

  test('has no body for HEAD', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503 });
    const head = connect(emulator).get('/accounts');
    head.method = 'HEAD';
    const response = await head;
    expect({ status: response.status, text: response.text }).toEqual({ status: 503, text: '' });
  });

  test('keeps the request body for the journal, without secrets', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503 });
    const body = { firstName: 'A', lastName: 'B', email: 'a@b.c', password: 'hush-hush' };
    expect(seen(await connect(emulator).post('/organizations/users', body))).toEqual(
      refused(503, 'Service Unavailable'),
    );
    expect(emulator.requests.last()?.body).toEqual({ ...body, password: '[redacted]' });
  });
});

describe('the list of faults', () => {
  const answer = { status: 503, method: 'get', path: '/accounts', times: 2 } as const;

  test('numbers faults from 1, shows the given fields, and removes faults', async () => {
    const { faults } = createWorld();
    expect([faults.add(answer), faults.add({ drop: true }), faults.add({ delayMs: 5 })]).toEqual([1, 2, 3]);
    expect(faults.list()).toEqual([
      { ...answer, id: 1, matched: 0, applied: 0 },
      { drop: true, id: 2, matched: 0, applied: 0 },
      { delayMs: 5, id: 3, matched: 0, applied: 0 },
    ]);
    expect(faults.unmatched()).toEqual(faults.list());
    expect([faults.remove(2), faults.remove(2), faults.remove(99)]).toEqual([true, false, false]);
    expect(faults.list().map(({ id }) => id)).toEqual([1, 3]);
    expect(faults.add({ status: 500 })).toBe(4);
    faults.clear();
    expect(faults.list()).toEqual([]);
    // The journal may still name fault 1, so that no other fault gets this id.
    expect(faults.add({ status: 500 })).toBe(5);
  });

  test('counts from 1 after a reset, which empties the journal too', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503 });
    await emulator.reset();
    expect(emulator.faults.add({ status: 503 })).toBe(1);
  });

  test('keeps a copy: later changes of the given object or of the list change no fault', async () => {
    const emulator = createWorld();
    const given: Fault = { status: 503, headers: { 'X-A': '1' }, body: { a: 1 } };
    emulator.faults.add(given);
    given.status = 500;
    given.headers = {};
    Object.assign(given.body as object, { a: 2 });
    emulator.faults.list().pop();
    const { status, body, headers } = await connect(emulator).get('/accounts');
    expect({ status, body, a: headers['x-a'] }).toEqual({ status: 503, body: { a: 1 }, a: '1' });
  });

  test('is empty after a reset, and the platform answers as before', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503 });
    await emulator.reset();
    expect(emulator.faults.list()).toEqual([]);
    expect(seen(await connect(emulator).get('/organizations/me'))).toEqual(ok(expect.objectContaining({ id: 10 })));
    expect(emulator.faults.add(answer)).toBe(1);
  });

  test('does not change with a restore', async () => {
    const emulator = createWorld();
    emulator.faults.add(answer);
    await emulator.restore(emulator.snapshot());
    expect(emulator.faults.list()).toEqual([{ ...answer, id: 1, matched: 0, applied: 0 }]);
  });
});

test('a body that is a string is sent as it is, with the given type', async () => {
  const emulator = createWorld();
  const page = '<html>Bad gateway</html>';
  emulator.faults.add({ path: '/accounts', status: 502, headers: { 'content-type': 'text/html' }, body: page });
  const { status, text, headers } = await connect(emulator).get('/accounts');
  expect({ status, text, type: headers['content-type'] }).toEqual({ status: 502, text: page, type: 'text/html' });
});

test('a body that is a string is sent as JSON with a JSON type', async () => {
  const emulator = createWorld();
  const headers = { 'Content-Type': 'application/problem+json' };
  emulator.faults.add({ path: '/accounts', status: 502, headers, body: 'text' });
  const answer = await connect(emulator).get('/accounts');
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 502, text: '"text"' });
  expect(answer.headers['content-type']).toBe('application/problem+json');
});
