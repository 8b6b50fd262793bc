import { performance } from 'node:perf_hooks';
import { createEmulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import { clients, codeOf, platformUrl } from './clients.ts';

const emulator = createEmulator({ fixture: 'minimal', seed: 'faults' });
let wayBack: () => void;
beforeEach(() => {
  wayBack = interceptPlatform(emulator);
});
afterEach(async () => {
  wayBack();
  await emulator.reset();
});

describe.each(clients)('%s', (_name, client) => {
  const call = (method = 'GET', body?: unknown) =>
    client({
      method,
      url: `${platformUrl}/accounts`,
      headers: { Authorization: emulator.credentials.authorization },
      body,
    });

  test('a fault answers 503 twice, and the platform answers afterwards', async () => {
    const fault = emulator.faults.add({ method: 'POST', path: '/accounts', status: 503, times: 2 });
    const statuses = [];
    for (let round = 0; round < 3; round += 1) statuses.push((await call('POST', { externalId: 'a' })).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect(emulator.requests.filter({ status: 503 })).toMatchObject([
      { fault, body: { externalId: 'a' } },
      { fault, body: { externalId: 'a' } },
    ]);
  });

  test('a stub answers in place of an operation', async () => {
    const { id } = emulator.stubs.add({
      path: '/accounts',
      respond: ({ method }) => ({ status: 201, body: { method } }),
    });
    const answer = await call('POST', {});
    expect({ status: answer.status, body: JSON.parse(answer.text) }).toEqual({ status: 201, body: { method: 'POST' } });
    expect(emulator.requests.last()).toMatchObject({ stub: id, status: 201 });
  });

  test('a fault answers 429 with Retry-After and a given body', async () => {
    emulator.faults.add({ status: 429, retryAfter: 7, body: { slow: 'down' } });
    const answer = await call();
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    expect(JSON.parse(answer.text)).toEqual({ slow: 'down' });
  });

  test('a fault delays the answer', async () => {
    emulator.faults.add({ delayMs: 60 });
    const started = performance.now();
    expect((await call()).status).toBe(200);
    // Timers may be a fraction of a millisecond early.
    expect(performance.now() - started).toBeGreaterThan(58);
  });

  test('a dropped connection is a network error with its code, and the next call succeeds', async () => {
    const fault = emulator.faults.add({ drop: true, times: 1 });
    expect(await codeOf(call('POST', { externalId: 'lost' }))).toBe('ECONNRESET');
    expect(emulator.requests.last()).toMatchObject({ fault, body: { externalId: 'lost' } });
    expect(emulator.requests.last()).not.toHaveProperty('status');
    expect((await call()).status).toBe(200);
  });
});

test("a fault with when: 'after' makes the change and drops the connection", async () => {
  emulator.faults.add({ when: 'after', drop: true, times: 1 });
  const headers = { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' };
  const create = () => fetch(`${platformUrl}/accounts`, { method: 'POST', headers, body: '{"externalId": "lost"}' });
  await expect(create()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(emulator.requests.last()).toMatchObject({ trueStatus: 200 });
  expect((await create()).status).toBe(409);
});

test('a dropped connection is the TypeError that fetch throws', async () => {
  emulator.faults.add({ drop: true });
  await expect(fetch(`${platformUrl}/accounts`)).rejects.toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: { code: 'ECONNRESET' },
  });
});
