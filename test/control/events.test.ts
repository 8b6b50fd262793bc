import { get as httpGet, IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import request from 'supertest';
import { Events } from '../../src/control/events.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/index.ts';
import { platformHosts } from '../../src/intercept/hosts.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import { version } from '../../src/text/version.ts';
import { basePath } from '../support/client.ts';
import { until } from '../support/until.ts';
import { world } from '../support/world.ts';

interface Message {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Listens to an emulator's events. */
class Listener {
  readonly messages: Message[] = [];
  readonly response: IncomingMessage;
  isEnded = false;
  #text = '';

  private constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.#read(chunk));
    response.on('close', () => {
      this.isEnded = true;
    });
    response.on('error', () => undefined);
  }

  static async of(emulator: Emulator): Promise<Listener> {
    const listener = new Listener(await open(emulator));
    if (listener.response.statusCode === 200) await listener.next('hello');
    return listener;
  }

  /** The next message of a kind, from `after` on. */
  async next(event: string, after = 0): Promise<Message> {
    return until(() => this.messages.slice(after).find((message) => message.event === event));
  }

  #read(chunk: string): void {
    const blocks = (this.#text + chunk).split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.split(':')[0], line.replace(/^\w*: ?/, '')]),
      );
      if (fields.event === undefined) continue;
      this.messages.push({ id: Number(fields.id), event: fields.event, data: JSON.parse(fields.data ?? '') });
    }
  }
}

function open({ url }: Emulator): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpGet(`${url}/__emulator/events`, { agent: false }, resolve).on('error', reject);
  });
}

let emulator: Emulator;
const start = async (options: EmulatorOptions = {}) => {
  emulator = await startEmulator({ fixture: world, now: '2020-03-01T10:20:30Z', seed: 'world', ...options });
};
beforeEach(() => start());
afterEach(() => emulator.close());

const call = (method: 'get' | 'post', path: string, body?: object) =>
  request(emulator.url)
    [method](basePath + path)
    .set('Authorization', emulator.credentials.authorization)
    .send(body);

const status = {
  version,
  now: '2020-03-01T10:20:30.000Z',
  isRunning: false,
  faults: 0,
  stubs: 0,
  snapshots: 0,
  requests: 0,
};

test('the stream begins with a summary of the emulator', async () => {
  const { response, messages } = await Listener.of(emulator);
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
  expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  expect(messages).toEqual([{ id: 1, event: 'hello', data: status }]);
});

test('HEAD answers only the headers', async () => {
  const { status: code, headers } = await request(emulator.url).head('/__emulator/events');
  expect([code, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
});

test('events have requests as the journal has them, without secrets', async () => {
  const listener = await Listener.of(emulator);
  await call('post', '/accounts', { externalId: 'x', password: 'hush' });
  const { data } = await listener.next('request');
  expect(data).toEqual(JSON.parse(JSON.stringify(emulator.requests.last())));
  expect(data).toMatchObject({ method: 'POST', path: '/accounts', status: 200, body: { password: '[redacted]' } });
  await listener.next('state');
  await request(emulator.url).get(`${basePath}/accounts`).set('Authorization', 'User x, Organization yyyyy');
  const refused = await until(() => listener.messages.find(({ data: { status } }) => status === 401));
  expect(refused.data.reason).toBe('unknown organization secret');
  expect(listener.messages.map(({ id }) => id)).toEqual(listener.messages.map((_, index) => index + 1));
});

test('a delayed request has two events, one when it arrives and one with its answer', async () => {
  const listener = await Listener.of(emulator);
  emulator.faults.add({ delayMs: 150 });
  await call('get', '/accounts');
  const told = await until(() => {
    const requests = listener.messages.filter(({ event }) => event === 'request');
    return requests.length < 2 ? undefined : requests;
  });
  expect(told.map(({ data }) => data.status)).toEqual([undefined, 200]);
  expect(told[0]?.data.id).toBe(told[1]?.data.id);
});

describe('every change sends an event, whoever makes it', () => {
  test.each<[string, () => unknown]>([
    ['state', () => call('post', '/accounts', { externalId: 'x' })],
    ['state', () => emulator.restore(emulator.snapshot())],
    ['faults', () => emulator.faults.add({ status: 503 })],
    ['faults', () => request(emulator.url).delete('/__emulator/faults')],
    ['faults', () => emulator.faults.remove(1)],
    ['clock', () => emulator.clock.set('2031-01-01')],
    ['clock', () => emulator.clock.advance({ days: 1 })],
    ['clock', () => emulator.clock.run()],
    ['snapshots', () => request(emulator.url).post('/__emulator/snapshots').send({ name: 'a' })],
    ['snapshots', () => request(emulator.url).delete('/__emulator/snapshots/a')],
    ['journal', () => emulator.requests.clear()],
    ['reset', () => emulator.reset()],
    ['reset', () => request(emulator.url).post('/__emulator/reset')],
  ])('%s %#', async (event, change) => {
    const listener = await Listener.of(emulator);
    await change();
    await listener.next(event);
  });

  test('the event has the new counts', async () => {
    const listener = await Listener.of(emulator);
    emulator.faults.add({ status: 503, times: 1 });
    emulator.clock.run();
    await call('get', '/accounts');
    const { data } = await listener.next('faults');
    expect(data).toMatchObject({ isRunning: true, faults: 1 });
  });

  test('an interception sends an event with its hosts, and its end another one', async () => {
    const listener = await Listener.of(emulator);
    const end = interceptPlatform(emulator, { hosts: ['platform.example'] });
    const endOther = interceptPlatform(emulator, { hosts: ['platform.example'] });
    const { data } = await listener.next('interceptions');
    expect(data.intercepted).toEqual([...platformHosts, 'platform.example']);
    endOther();
    end();
    end();
    const later = await Listener.of(emulator);
    expect((await later.next('hello')).data).not.toHaveProperty('intercepted');
  });

  test('many changes are one event, and requests from before a clear of the journal are not sent', async () => {
    const listener = await Listener.of(emulator);
    for (let n = 0; n < 500; n += 1) emulator.faults.add({ status: 503 });
    await call('get', '/accounts');
    emulator.requests.clear();
    await listener.next('journal');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const events = listener.messages.map(({ event }) => event);
    expect(events.filter((event) => event === 'faults').length).toBeLessThan(5);
  });
});

test('fifty listeners at most are accepted, and a listener that leaves makes room', async () => {
  const listeners = await Promise.all(Array.from({ length: 50 }, () => Listener.of(emulator)));
  const refused = await request(emulator.url).get('/__emulator/events');
  expect({ status: refused.status, message: refused.body.message }).toEqual({
    status: 503,
    message: 'There are 50 listeners already: close one of their pages or connections.',
  });
  listeners[0]?.response.destroy();
  let again = await Listener.of(emulator);
  // The other end notices a moment later.
  while (again.response.statusCode === 503) again = await Listener.of(emulator);
  expect(again.messages).toMatchObject([{ event: 'hello' }]);
});

test('close() ends the streams and does not wait for them', async () => {
  const listener = await Listener.of(emulator);
  // The function that would end connections after the grace period.
  const cut = jest.spyOn(Server.prototype, 'closeAllConnections').mockReturnValue();
  await emulator.close();
  cut.mockRestore();
  await until(() => listener.isEnded);
});

test('a closed emulator refuses listeners', async () => {
  await emulator.close();
  const answer = await request(emulator.app).get('/__emulator/events');
  expect({ status: answer.status, message: answer.body.message }).toEqual({
    status: 503,
    message: 'The emulator has been closed: create another one.',
  });
});

test('a listener that does not read is disconnected, and others are not', async () => {
  const events = new Events(() => status);
  const entry = { id: '', at: '', method: 'GET', path: '/', query: {} };
  // Without a socket nothing of it is ever taken.
  const slow = new ServerResponse(new IncomingMessage(new Socket()));
  const quick = Object.assign(new ServerResponse(new IncomingMessage(new Socket())), { write: () => true });
  for (const response of [slow, quick]) events.listen(response, () => response.writeHead(200));
  for (let n = 0; n < 8 && !slow.destroyed; n += 1) {
    events.publishRequest({ request: { ...entry, body: 'x'.repeat(1024 * 1024) } });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect([slow.destroyed, quick.destroyed]).toEqual([true, false]);
  events.close();
});

test('events are sent while the suite uses fake timers', async () => {
  jest.useFakeTimers();
  try {
    const heard = new Promise<void>((resolve) => {
      httpGet(`${emulator.url}/__emulator/events`, { agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk;
          if (text.includes('event: faults')) resolve();
          else if (text.includes('event: hello') && emulator.faults.list().length === 0)
            emulator.faults.add({ status: 500 });
        });
      });
    });
    await heard;
  } finally {
    jest.useRealTimers();
  }
});
