import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Emulator, type RecordedRequest, startEmulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import { platformUrl } from '../intercept/clients.ts';
import { shortenWaits } from '../support/short-waits.ts';
import { until } from '../support/until.ts';
import { world } from '../support/world.ts';

/** Once this failed: the entry of a client that gave up stayed under way, and was logged with 0.0 ms. */

beforeAll(shortenWaits);

let emulator: Emulator;
let told: RecordedRequest[];
beforeEach(async () => {
  told = [];
  emulator = await startEmulator({ fixture: world, onRequest: (request) => told.push(request) });
});
afterEach(() => emulator.close());

async function send(text: string): Promise<Socket> {
  const { hostname, port } = new URL(emulator.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  await until(() => emulator.requests.length > 0);
  return socket;
}

const get = 'GET /elements/api-v2/accounts HTTP/1.1\r\nHost: localhost\r\n\r\n';
const upload = () =>
  `POST /elements/api-v2/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n` +
  `Authorization: ${emulator.credentials.authorization}\r\n\r\n{"externalId"`;

test.each<[string, () => string, boolean]>([
  ['during a delay', () => get, true],
  ['in the middle of its upload', upload, false],
])(
  'the entry of a client that leaves %s has a duration and says that the client left',
  async (_when, text, isDelayed) => {
    if (isDelayed) emulator.faults.add({ delayMs: 600_000 });
    const socket = await send(text());
    expect(emulator.requests.last()).not.toHaveProperty('duration');
    socket.destroy();
    await until(() => told.length > 0);
    expect(told).toEqual([emulator.requests.last()]);
    expect(told[0]).toMatchObject({ clientLeft: true, duration: expect.any(Number) });
    expect(told[0]?.duration).toBeGreaterThan(0);
    expect(told[0]).not.toHaveProperty('status');
    expect(Object.isFrozen(told[0])).toBe(true);
  },
);

test('the entry of an intercepted call that is aborted says that the client left', async () => {
  emulator.faults.add({ delayMs: 600_000 });
  const wayBack = interceptPlatform(emulator);
  const leave = new AbortController();
  const calling = fetch(`${platformUrl}/accounts`, { signal: leave.signal });
  await until(() => emulator.requests.length > 0);
  leave.abort();
  await expect(calling).rejects.toMatchObject({ name: 'AbortError' });
  await until(() => told.length > 0);
  expect(emulator.requests.last()).toMatchObject({ clientLeft: true, duration: expect.any(Number) });
  wayBack();
});

test('the entry of a connection that the emulator ends does not say that the client left', async () => {
  emulator.faults.add({ drop: true, times: 1 });
  await send(get);
  await until(() => told.length === 1);
  expect(told[0]).not.toHaveProperty('clientLeft');

  emulator.requests.clear();
  await send(upload());
  await emulator.restore(emulator.snapshot());
  await until(() => told.length === 2);
  expect(emulator.requests.last()).toBe(told[1]);
  expect(told[1]).toMatchObject({ method: 'POST', duration: expect.any(Number) });
  expect(told[1]).not.toHaveProperty('clientLeft');
});

test('the entry of a client that leaves after its answer does not say so', async () => {
  const socket = await send(get);
  await once(socket, 'data');
  socket.destroy();
  await until(() => told.length > 0);
  expect(told[0]).toMatchObject({ status: 401 });
  expect(told[0]).not.toHaveProperty('clientLeft');
});
