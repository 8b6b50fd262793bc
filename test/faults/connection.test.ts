import net from 'node:net';
import { type Emulator, type RecordedRequest, startEmulator } from '../../src/index.ts';
import { ok, seen } from '../platform/answers.ts';
import { send, within } from '../snapshots/wire.ts';
import { basePath, connect } from '../support/client.ts';
import { until } from '../support/until.ts';
import { world } from '../support/world.ts';

const told: RecordedRequest[] = [];
let emulator: Emulator;
beforeEach(async () => {
  told.length = 0;
  emulator = await startEmulator({ fixture: world, onRequest: (request) => told.push(request) });
});
afterEach(() => emulator.close());

const administered = ok(expect.objectContaining({ id: 10 }));

describe('a dropped connection', () => {
  test('is ECONNRESET for node:http, and the journal has no status', async () => {
    emulator.faults.add({ drop: true, times: 1 });
    expect(await send(emulator, '/accounts').outcome).toBe('ECONNRESET');
    expect(emulator.requests.last()).toMatchObject({ method: 'GET', path: '/accounts', fault: 1 });
    expect(emulator.requests.last()).toHaveProperty('duration');
    expect(emulator.requests.last()).not.toHaveProperty('status');
    await until(() => told.length === 1);
    expect(told).toEqual([emulator.requests.last()]);
    expect(await send(emulator, '/accounts').outcome).toBe(200);
  });

  test('is an error whose cause is ECONNRESET for fetch', async () => {
    emulator.faults.add({ drop: true, times: 1 });
    await expect(fetch(`${emulator.baseUrl}/accounts`)).rejects.toMatchObject({
      name: 'TypeError',
      cause: { code: 'ECONNRESET' },
    });
  });

  test('is a reset on the wire, not an orderly end', async () => {
    emulator.faults.add({ drop: true });
    const socket = net.connect(Number(new URL(emulator.url).port), '127.0.0.1');
    const ended = new Promise((resolve) => {
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.on('end', () => resolve('end'));
    });
    socket.write(`GET ${basePath}/accounts HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(await ended).toBe('ECONNRESET');
  });

  test('changes nothing, and the body is in the journal', async () => {
    const before = emulator.snapshot();
    emulator.faults.add({ drop: true, times: 1 });
    const body = '{"externalId": "new", "password": "hush"}';
    expect(await send(emulator, '/accounts', { method: 'POST', body }).outcome).toBe('ECONNRESET');
    expect(emulator.snapshot().organizations).toEqual(before.organizations);
    expect(emulator.requests.last()?.body).toEqual({ externalId: 'new', password: '[redacted]' });
  });

  test('can follow a delay', async () => {
    emulator.faults.add({ drop: true, delayMs: 60, times: 1 });
    const started = performance.now();
    expect(await send(emulator, '/accounts').outcome).toBe('ECONNRESET');
    expect(performance.now() - started).toBeGreaterThanOrEqual(58);
  });
});

describe('a delay', () => {
  const get = () => connect(emulator).get('/organizations/me');

  test('without a status delays the original answer', async () => {
    emulator.faults.add({ delayMs: 60, times: 1 });
    expect(seen(await get())).toEqual(administered);
    expect(emulator.requests.last()).toMatchObject({ status: 200, fault: 1 });
    expect(emulator.requests.last()?.duration).toBeGreaterThanOrEqual(58);
    expect(seen(await get())).toEqual(administered);
    expect(emulator.requests.last()).not.toHaveProperty('fault');
  });

  test('with a status delays that status', async () => {
    emulator.faults.add({ delayMs: 60, status: 504, times: 1 });
    expect((await get()).body).toEqual({ requestId: expect.any(String), message: 'Gateway Timeout' });
    expect(emulator.requests.last()?.duration).toBeGreaterThanOrEqual(58);
  });

  test('of one request does not delay others', async () => {
    emulator.faults.add({ delayMs: 600_000, times: 1 });
    const slow = send(emulator, '/accounts');
    await until(() => emulator.requests.length === 1);
    expect(seen(await get())).toEqual(administered);
    expect(await within(20, slow.outcome)).toBe('late');
    await emulator.reset();
    expect(await slow.outcome).toBe(200);
  });

  test.each(['reset', 'close'] as const)('ends with %s, and the request is answered', async (end) => {
    emulator.faults.add({ delayMs: 600_000, method: 'POST' });
    const slow = send(emulator, '/accounts', { method: 'POST', body: '{"externalId": "slow"}' });
    await until(() => emulator.requests.length === 1);
    await emulator[end]();
    expect(await slow.outcome).toBe(200);
  });

  // Such a request is not under way any more, and must not continue in the next state.
  test('drops the change of a request if its client leaves, also after a reset', async () => {
    emulator.faults.add({ delayMs: 150, times: 1 });
    const gone = send(emulator, '/accounts/110', { method: 'DELETE' });
    await until(() => emulator.requests.length === 1);
    gone.request.destroy();
    await until(() => told.length === 1);
    await emulator.reset();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(seen(await connect(emulator).get('/accounts/110'))).toEqual(
      ok(expect.objectContaining({ id: 110, active: true })),
    );
  });

  test('leaves no timer when the client leaves', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    emulator.faults.add({ delayMs: 600_000, times: 1 });
    const gone = send(emulator, '/accounts');
    await until(() => emulator.requests.length === 1);
    gone.request.destroy();
    await until(() => told.length === 1);
    await until(() => timers() <= before);
  });
});

test('adding and removing faults does not affect requests under way', async () => {
  const first = emulator.faults.add({ delayMs: 80, times: 1 });
  const slow = send(emulator, '/accounts');
  await until(() => emulator.requests.length === 1);
  const second = emulator.faults.add({ status: 503 });
  expect(await send(emulator, '/accounts').outcome).toBe(503);
  expect(emulator.faults.remove(second)).toBe(true);
  expect(emulator.faults.remove(first)).toBe(true);
  expect(await send(emulator, '/accounts').outcome).toBe(200);
  expect(await slow.outcome).toBe(200);
  expect(emulator.requests.all().map(({ status, fault }) => [status, fault])).toEqual([
    [200, 1],
    [503, 2],
    [200, undefined],
  ]);
});
