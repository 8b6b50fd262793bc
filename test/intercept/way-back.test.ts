import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { createEmulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import '../../src/testing/jest.ts';
import { clients, codeOf, platformUrl } from './clients.ts';

type Told = (error: Error) => void;

const emulator = createEmulator({ fixture: 'minimal' });
const waysBack: (() => void)[] = [];
const intercept = () => {
  const wayBack = interceptPlatform(emulator);
  waysBack.push(wayBack);
  return wayBack;
};
afterEach(async () => {
  for (const wayBack of waysBack.splice(0)) wayBack();
  await emulator.reset();
});

/** All functions that an interception can replace. */
function replaceable() {
  const { fetch, Request, Response, Headers } = globalThis;
  return {
    ...{ fetch, Request, Response, Headers, append: Headers.prototype.append, set: Headers.prototype.set },
    ...{ httpRequest: http.request, httpGet: http.get, ClientRequest: http.ClientRequest },
    ...{ httpsRequest: https.request, httpsGet: https.get },
    ...{ httpAgent: http.globalAgent, httpsAgent: https.globalAgent },
  };
}

const calls = () => fetch(`${platformUrl}/organizations/me`).then(({ status }) => status);

function expectUntouched(before: ReturnType<typeof replaceable>) {
  const after = replaceable();
  for (const [name, value] of Object.entries(before)) {
    expect({ name, same: Reflect.get(after, name) === value }).toEqual({ name, same: true });
  }
}

test('the end of an interception restores all functions that it replaced', () => {
  const before = replaceable();
  const wayBack = intercept();
  const during = replaceable();
  for (const name of ['fetch', 'httpRequest', 'httpGet', 'ClientRequest', 'httpsRequest', 'httpsGet'] as const) {
    expect({ name, same: during[name] === before[name] }).toEqual({ name, same: false });
  }
  wayBack();
  expectUntouched(before);
});

test.each(clients)('%s looks for the real host after the end', async (_name, client) => {
  intercept()();
  // The reserved domain .invalid has no address anywhere, and no server is asked for one, which may take its time.
  const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((host: string, _options: object, told: Told) => {
    process.nextTick(told, Object.assign(new Error(`there is no ${host}`), { code: 'ENOTFOUND' }));
  }) as typeof dns.lookup);
  const wayBack = interceptPlatform(emulator, { hosts: ['platform.invalid'] });
  const url = 'https://platform.invalid/elements/api-v2/organizations/me';
  expect(await client({ url })).toMatchObject({ status: 401 });
  expect(lookup).not.toHaveBeenCalled();
  wayBack();
  expect(await codeOf(client({ url }))).toBe('ENOTFOUND');
  expect(lookup).toHaveBeenCalledWith('platform.invalid', expect.anything(), expect.anything());
  expect(emulator.requests).toHaveLength(1);
  lookup.mockRestore();
});

test('an interception can begin and end three times in a row', async () => {
  const before = replaceable();
  for (const round of [1, 2, 3]) {
    const wayBack = intercept();
    expect(await calls()).toBe(401);
    expect(emulator.requests).toHaveLength(round);
    wayBack();
    expectUntouched(before);
  }
});

describe.each([
  ['the first one ends first', 0],
  ['the last one ends first', 1],
])('two interceptions: %s', (_name, first) => {
  test('calls are answered once until both end', async () => {
    const before = replaceable();
    const both = [intercept(), intercept()];
    expect(await calls()).toBe(401);
    expect(emulator.requests).toHaveLength(1);
    both[first]?.();
    expect(await calls()).toBe(401);
    expect(emulator.requests).toHaveLength(2);
    both[1 - first]?.();
    expectUntouched(before);
  });
});

test('an interception that is ended twice does not end another one', async () => {
  const wayBack = intercept();
  wayBack();
  intercept();
  wayBack();
  expect(await calls()).toBe(401);
  expect(emulator).toHaveReceived('getOrganization', { times: 1 });
});

test('calls under way at the end of an interception are answered', async () => {
  emulator.faults.add({ delayMs: 30 });
  const wayBack = intercept();
  const calling = calls();
  await new Promise((resolve) => setTimeout(resolve, 10));
  wayBack();
  expect(await calling).toBe(401);
});

describe('a client that aborts while it waits', () => {
  const unhandled = jest.fn();
  beforeAll(() => process.on('unhandledRejection', unhandled));
  afterAll(() => process.off('unhandledRejection', unhandled));
  beforeEach(() => {
    emulator.faults.add({ delayMs: 80 });
    intercept();
  });
  afterEach(async () => {
    // Until what it did not wait for has come to its end as well.
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('fetch', async () => {
    const giveUp = fetch(`${platformUrl}/accounts`, { signal: AbortSignal.timeout(20) });
    await expect(giveUp).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('node:https', async () => {
    const code = await new Promise((resolve) => {
      const outgoing = https.get(`${platformUrl}/accounts`, { timeout: 20 });
      outgoing.on('error', (error) => resolve(Reflect.get(error, 'code')));
      setTimeout(() => outgoing.destroy(), 20);
    });
    expect(code).toBe('ECONNRESET');
  });
});
