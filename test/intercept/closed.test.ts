import dns from 'node:dns';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import { interceptions } from '../../src/intercept/interceptions.ts';
import { clients, codeOf, platformUrl } from './clients.ts';

/** Once these calls were answered 200: nothing of a closed emulator is to let a test pass. */

const closed = 'The emulator has been closed: create another one.';
const url = `${platformUrl}/organizations/me`;

const waysBack: (() => void)[] = [];
function intercept(emulator: Emulator): void {
  waysBack.push(interceptPlatform(emulator));
}
/** No call is to go out to the real host. */
let lookup: jest.SpyInstance;
beforeEach(() => {
  lookup = jest.spyOn(dns, 'lookup').mockImplementation((() => {
    throw new Error('a call went to the real host');
  }) as never);
});
afterEach(() => {
  expect(lookup).not.toHaveBeenCalled();
  lookup.mockRestore();
  for (const wayBack of waysBack.splice(0)) wayBack();
});

/** The error that a client reports. */
async function failureOf(calling: Promise<unknown>): Promise<string> {
  const error: unknown = await calling.then(
    (answer) => new Error(`it was answered: ${JSON.stringify(answer)}`),
    (reason: unknown) => reason,
  );
  const { message, cause } = error as Error;
  return cause === undefined ? message : (cause as Error).message;
}

describe.each(clients)('an intercepted call of %s', (_name, client) => {
  test('fails once the emulator is closed', async () => {
    const emulator = createEmulator();
    intercept(emulator);
    expect(await client({ url })).toMatchObject({ status: 401 });
    await emulator.close();
    expect(await failureOf(client({ url }))).toBe(closed);
    expect(await codeOf(client({ url }))).toBe('ECONNREFUSED');
    expect(emulator.requests).toHaveLength(1);
  });

  test('fails when the emulator is closed before the call reaches it', async () => {
    const emulator = createEmulator();
    intercept(emulator);
    const calling = failureOf(client({ url }));
    await emulator.close();
    expect(await calling).toBe(closed);
  });
});

test('the previous emulator gets the hosts of a closed emulator again', async () => {
  const [first, second] = [createEmulator(), createEmulator()];
  intercept(first);
  intercept(second);
  expect((await fetch(url)).status).toBe(401);
  await second.close();
  expect((await fetch(url)).status).toBe(401);
  expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
  await first.close();
  expect(await failureOf(fetch(url))).toBe(closed);
});

test('a later emulator gets the hosts of a closed emulator', async () => {
  const [first, second] = [createEmulator(), createEmulator()];
  intercept(first);
  await first.close();
  intercept(second);
  expect((await fetch(url)).status).toBe(401);
  expect(second.requests).toHaveLength(1);
});

test('hosts of a closed emulator that a later one does not have stay unreachable', async () => {
  const [first, second] = [createEmulator(), createEmulator()];
  waysBack.push(interceptPlatform(first, { hosts: ['*.one.example'] }));
  await first.close();
  intercept(second);
  expect(await failureOf(fetch('https://api.one.example/elements/api-v2/accounts'))).toBe(closed);
  expect((await fetch(url)).status).toBe(401);
});

test('a closed emulator is dropped when a later one has all of its hosts', async () => {
  for (let count = 0; count < 3; count++) {
    const emulator = createEmulator();
    intercept(emulator);
    await emulator.close();
    expect(interceptions).toHaveLength(1);
  }
  expect(await failureOf(fetch(url))).toBe(closed);
});

test('interceptPlatform() refuses a closed emulator', async () => {
  const emulator = createEmulator();
  await emulator.close();
  expect(() => interceptPlatform(emulator)).toThrow(new Error(closed));
});

test('an interception that a test file did not end does not answer the calls of the next file', async () => {
  const [first, second] = [createEmulator(), createEmulator()];
  // Jest loads the module anew for each file, while node:http stays the same.
  const loadAnew = (emulator: Emulator) =>
    jest.isolateModules(() => {
      const copy: typeof import('../../src/intercept/index.ts') = require('../../src/intercept/index.ts');
      waysBack.unshift(copy.interceptPlatform(emulator));
    });
  loadAnew(first);
  await first.close();
  loadAnew(second);
  for (const [, client] of clients) expect(await client({ url })).toMatchObject({ status: 401 });
  expect(second.requests).toHaveLength(clients.length);
});

test('an interception by another copy of the module ends too', async () => {
  const emulator = createEmulator();
  jest.isolateModules(() => {
    const other: typeof import('../../src/intercept/index.ts') = require('../../src/intercept/index.ts');
    waysBack.push(other.interceptPlatform(emulator));
  });
  for (const [, client] of clients) expect(await client({ url })).toMatchObject({ status: 401 });
  await emulator.close();
  for (const [, client] of clients) expect(await failureOf(client({ url }))).toBe(closed);
});
