import type { Emulator } from '../../src/index.ts';
import { sendRaw } from '../http/raw.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { request } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

const base = '/__emulator';
/** Every endpoint with its verbs, and a path of it. */
const endpoints = [
  ['/reset', 'POST'],
  ['/snapshots', 'GET, HEAD, POST'],
  ['/snapshots/a', 'GET, HEAD, DELETE'],
  ['/snapshots/a/restore', 'POST'],
  ['/requests', 'GET, HEAD, DELETE'],
  ['/faults', 'GET, HEAD, POST, DELETE'],
  ['/faults/1', 'DELETE'],
  ['/clock', 'GET, HEAD, PUT'],
] as const;
const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const json = { 'Content-Type': 'application/json' };

let emulator: Emulator;
beforeEach(() => {
  emulator = createWorld();
});
const raw = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  sendRaw(emulator, { base, method, path, headers, ...(body === undefined ? {} : { body }) });

describe.each(endpoints)('%s', (path, allowed) => {
  test(`answers 405 to methods other than ${allowed}`, async () => {
    for (const verb of verbs.filter((known) => !allowed.split(', ').includes(known))) {
      const { status, headers, text } = await raw(verb, path);
      expect({ verb, status, allow: headers.allow }).toEqual({ verb, status: 405, allow: allowed });
      if (verb !== 'HEAD') expect(JSON.parse(text).message).toMatch(`${verb} is not allowed on ${base}`);
    }
    expect(emulator.requests.all()).toEqual([]);
  });

  test('answers 403 to other hosts and origins and changes nothing', async () => {
    emulator.faults.add({ status: 503, path: '/users' });
    const before = JSON.stringify(emulator.snapshot().organizations);
    for (const verb of allowed.split(', ').filter((known) => known !== 'HEAD')) {
      const host = await raw(verb, path, { Host: 'evil.example' });
      expect({ status: host.status, body: host.body }).toEqual(
        refused(403, "Host 'evil.example' is not this machine: start the emulator with --allow-host to allow it."),
      );
      const origin = await raw(verb, path, { Origin: 'http://evil.example' });
      expect({ status: origin.status, body: origin.body }).toEqual(
        refused(403, "Origin 'http://evil.example' is foreign: the control endpoints answer no other pages."),
      );
      // An image of another page sends no Origin.
      const image = await raw(verb, path, { 'Sec-Fetch-Site': 'cross-site' });
      expect({ status: image.status, body: image.body }).toEqual(
        refused(403, 'A page of another site asks: the control endpoints answer no other pages.'),
      );
    }
    expect(JSON.stringify(emulator.snapshot().organizations)).toBe(before);
    expect(emulator.faults.list()).toHaveLength(1);
    expect(emulator.requests.all()).toEqual([]);
  });
});

describe.each([
  ['POST', '/snapshots'],
  ['POST', '/faults'],
  ['PUT', '/clock'],
])('%s %s refuses a body', (method, path) => {
  test.each<[string, Record<string, string>, string, number, unknown]>([
    ['with malformed JSON', json, '{"name"', 400, expect.stringMatching(/^The body is not valid JSON/)],
    [
      'of another type',
      { 'Content-Type': 'text/plain' },
      '{}',
      415,
      "The body must be application/json, not 'text/plain'.",
    ],
    ['without a Content-Type', {}, '{}', 415, 'The body must be application/json, not without a Content-Type.'],
    ['that is too large', json, `"${'x'.repeat(1024 * 1024)}"`, 413, 'The body is larger than 1048576 bytes.'],
  ])('%s', async (_what, headers, body, status, message) => {
    const answer = await raw(method, path, headers, body);
    expect({ status: answer.status, body: answer.body }).toEqual(refused(status, message));
    expect(emulator.requests.all()).toEqual([]);
  });
});

describe.each(['/nowhere', '/reset/x', '/snapshots/a/b', '/snapshots/a/restore/b', '/faults/1/2', '/clock/x'])(
  '%s',
  (path) => {
    test.each(['GET', 'POST', 'DELETE'])('answers 404 to %s', async (method) => {
      const { status, body } = await raw(method, path);
      expect({ status, body }).toEqual(
        refused(404, expect.stringMatching(`^There is nothing at ${base}${path}, only /health, `)),
      );
    });
  },
);

// "A malformed % in a path is a 400 or 404 here, never a 500."
test.each([
  ['GET', '/snapshots/%zz'],
  ['POST', '/snapshots/%ff/restore'],
  ['DELETE', '/faults/%'],
])('%s %s answers 400 or 404 and logs no error', async (method, path) => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { status, body } = await raw(method, path);
  expect([400, 404]).toContain(status);
  expect(body).toEqual({ requestId: expect.any(String), message: expect.any(String) });
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
});

describe('a variant of a path is either the endpoint or unknown', () => {
  test.each(['/__EMULATOR/reset', '//__emulator/reset', '/__emulator//reset', '/__emulator/reset/'])(
    'POST %s',
    async (path) => {
      const { status, body } = await sendRaw(emulator, { base: '', method: 'POST', path });
      expect([ok({ status: 'ok' }), refused(404, expect.any(String))]).toContainEqual({ status, body });
      // An unknown path does not belong to the control endpoints, and the journal has the request.
      const control = path.toLowerCase().includes('/__emulator') && status === 200;
      if (control) expect(emulator.requests.all()).toEqual([]);
    },
  );
});

test('control endpoints work while every request of the platform fails, and do not count for faults', async () => {
  emulator.faults.add({ status: 503 });
  emulator.faults.add({ path: '*', drop: true });
  const answers = [
    await request(emulator.app).get(`${base}/clock`),
    await request(emulator.app).get(`${base}/requests`),
    await request(emulator.app).get(`${base}/nowhere`),
    await request(emulator.app).post(`${base}/snapshots`).send({ name: 'a' }),
    await request(emulator.app).post(`${base}/snapshots/a/restore`),
    await request(emulator.app).get(`${base}/faults`),
    await request(emulator.app).post(`${base}/reset`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200, 200, 200]);
  expect(answers[5]?.body).toMatchObject([{ matched: 0 }, { matched: 0 }]);
  expect(seen(await request(emulator.app).get(`${base}/faults`))).toEqual(ok([]));
  for (const { headers } of answers) expect(headers).not.toHaveProperty('access-control-allow-origin');
});
