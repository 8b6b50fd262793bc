import { createEmulator } from '../../src/index.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { samples } from '../platform/samples.ts';
import { connect, envelope } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { world } from '../support/world.ts';
import { sendRaw } from './raw.ts';

const createWorld = reuseWorlds();

const exposed =
  'Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token, ' +
  'Elements-Trace-Id, Elements-Error, Content-Disposition';

/** 2020-03-01T10:20:30Z, where the clock of the world stands. */
const clock = { header: 'Sun, 01 Mar 2020 10:20:30 GMT', hex: '5e5b8c6e' };

const json = { 'Content-Type': 'application/json' };

/** One request for every way out. */
const answers = [
  ...samples.map(({ operationId, verb, path, body }) => ({
    name: operationId,
    status: 200,
    request: {
      method: verb.toUpperCase(),
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }),
    },
  })),
  { name: 'bad JSON', status: 400, request: { method: 'POST', path: '/accounts', body: '{', headers: json } },
  { name: 'a missing field', status: 400, request: { method: 'POST', path: '/accounts' } },
  { name: 'no secrets', status: 401, request: { path: '/accounts', headers: { Authorization: '' } } },
  {
    name: 'a role above the caller',
    status: 403,
    request: {
      method: 'PATCH',
      path: '/accounts/110/users/1101',
      body: '{"roles":[{"key":"sys-admin"}]}',
      headers: json,
    },
  },
  { name: 'an unknown path', status: 404, request: { path: '/nowhere' } },
  { name: 'an unknown id', status: 404, request: { path: '/accounts/999' } },
  { name: 'a malformed path', status: 404, request: { path: '/accounts/%zz' } },
  { name: 'a wrong verb', status: 405, request: { method: 'POST', path: '/organizations/me' } },
  { name: 'Accept', status: 406, request: { path: '/accounts', headers: { Accept: 'text/html' } } },
  {
    name: 'a conflict',
    status: 409,
    request: { method: 'POST', path: '/accounts', body: '{"externalId":"here"}', headers: json },
  },
  {
    name: 'size',
    status: 413,
    request: { method: 'POST', path: '/accounts', body: 'x'.repeat(1024 * 1024 + 1), headers: json },
  },
  { name: 'the Content-Type', status: 415, request: { method: 'POST', path: '/accounts', body: '{}' } },
  { name: 'a preflight', status: 200, request: { method: 'OPTIONS', path: '/accounts' } },
];

describe.each(answers)('$status: $name', ({ status, request }) => {
  test('has the headers of every answer, and none that tells of Express', async () => {
    const answer = await sendRaw(createWorld(), request);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      date: clock.header,
      'elements-request-id': expect.stringMatching(new RegExp(`^${clock.hex}[0-9a-f]{16}$`)),
      'access-control-allow-origin': '*',
      'access-control-expose-headers': exposed,
      'content-length': String(Buffer.byteLength(answer.text)),
    });
    for (const name of ['etag', 'x-powered-by', 'transfer-encoding']) expect(answer.headers).not.toHaveProperty(name);
    expect(answer.headers['content-type']).toBe(answer.text === '' ? undefined : 'application/json; charset=utf-8');
  });

  test('has an envelope if it is an error, and never a null', async () => {
    const answer = await sendRaw(createWorld(), request);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/\bnull\b/);
    if (status === 200) return;
    expect(answer.body).toEqual(envelope(expect.stringMatching(/^\S.*\S$/)));
    expect(answer.body).toMatchObject({ requestId: answer.headers['elements-request-id'] });
    // One short sentence, without a stack.
    expect(answer.text).not.toMatch(/node_modules|\\n|\.ts\b|Error:/);
  });
});

describe('request ids', () => {
  test('count up: no two answers share one', async () => {
    const emulator = createWorld();
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const response = await connect(emulator).get(n % 2 === 0 ? '/accounts' : '/nowhere');
      expect(response.status).toBe(n % 2 === 0 ? 200 : 404);
      ids.push(String(response.headers['elements-request-id']));
    }
    expect(new Set(ids).size).toBe(20);
    expect(new Set(ids.map((id) => id.slice(0, 18))).size).toBe(1);
  });

  test('repeat after a reset, with the same seed', async () => {
    const emulator = createWorld();
    const look = async () => seen(await connect(emulator).get('/nowhere')).body;
    const [first, second] = [await look(), await look()];
    expect(first).not.toEqual(second);
    await emulator.reset();
    expect([await look(), await look()]).toEqual([first, second]);
    const twin = createWorld();
    expect(seen(await connect(twin).get('/nowhere')).body).toEqual(first);
  });

  test('and the Date follow the machine when no clock is set', async () => {
    const emulator = createEmulator({ fixture: world });
    const before = Math.floor(Date.now() / 1000) - 60;
    const { status, body, headers } = await connect(emulator).get('/nowhere');
    const after = Math.ceil(Date.now() / 1000) + 60;
    expect({ status, body }).toEqual(refused(404, expect.any(String)));
    for (const seconds of [Number.parseInt(body.requestId.slice(0, 8), 16), Date.parse(headers.date ?? '') / 1000]) {
      expect(seconds).toBeGreaterThanOrEqual(before);
      expect(seconds).toBeLessThanOrEqual(after);
    }
  });
});

describe('Accept', () => {
  const get = async (accept: string) => seen(await connect(createWorld()).get('/accounts/110').set('Accept', accept));

  test.each([
    '*/*',
    'application/json',
    'application/*',
    'text/html, */*;q=0.1',
    'application/json;charset=utf-8',
    'APPLICATION/JSON',
    'text/plain, application/json;q=0.5',
  ])('%s is answered', async (accept) => {
    expect(await get(accept)).toEqual(ok(expect.objectContaining({ id: 110 })));
  });

  test.each(['text/html', 'application/xml', 'text/*', 'application/json;q=0', 'image/png, text/plain', 'nonsense'])(
    '%s is 406',
    async (accept) => {
      const message = `Only application/json is answered, which 'Accept: ${accept}' leaves out.`;
      expect(await get(accept)).toEqual(refused(406, message));
    },
  );

  test('none at all is answered', async () => {
    expect(await sendRaw(createWorld(), { path: '/accounts/110' })).toMatchObject(ok({ id: 110 }));
  });

  test('is refused before a DELETE is done', async () => {
    const client = connect(createWorld());
    expect(seen(await client.delete('/accounts/110').set('Accept', 'text/html'))).toEqual(
      refused(406, expect.any(String)),
    );
    expect(seen(await client.get('/accounts/110'))).toEqual(ok(expect.objectContaining({ active: true })));
  });
});

test('a fault of the emulator is 500 in the envelope, told on stderr and not to the caller', async () => {
  const [operation] = samples.map((sample) => sample.operation);
  const handle = jest.spyOn(operation as NonNullable<typeof operation>, 'handle').mockImplementation(() => {
    throw new TypeError('the cause');
  });
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  // What is the emulator's fault is not documented.
  const headers = { 'X-Undocumented-Status': '500' };
  const answer = await sendRaw(createWorld(), { path: '/accounts?where=x', headers }).finally(() =>
    handle.mockRestore(),
  );
  const told = write.mock.calls.join('');
  write.mockRestore();

  expect(answer).toMatchObject(refused(500, 'The emulator failed: this is its own error, see its log.'));
  expect(answer.headers).toMatchObject({ date: clock.header, 'access-control-expose-headers': exposed });
  expect(told).toContain('unexpected error in GET /accounts: TypeError: the cause');
});
