import dns from 'node:dns';
import { interceptPlatform } from '../../src/intercept/index.ts';
import { type Hooks, type UseEmulatorOptions, useEmulator } from '../../src/testing/index.ts';
import { clients, platformUrl } from '../intercept/clients.ts';

const me = '/organizations/me';

describe('intercept: true', () => {
  const emulator = useEmulator({ fixture: 'minimal', intercept: true });

  test.each(clients)('calls of %s to the platform reach the emulator', async (_name, client) => {
    const headers = { Authorization: emulator.credentials.authorization };
    expect(await client({ url: platformUrl + me, headers })).toMatchObject({ status: 200 });
    expect(emulator).toHaveReceived('getOrganization', { times: 1 });
  });

  test('calls to its own address reach it too', async () => {
    expect((await fetch(emulator.baseUrl + me)).status).toBe(401);
    expect(emulator).toHaveReceived('getOrganization', { status: 401, times: 1 });
  });

  describe('intercept in an inner describe', () => {
    const inner = useEmulator({ fixture: 'minimal', intercept: { hosts: ['*.inner.example'] } });

    test('the inner emulator gets the calls, also to its own hosts', async () => {
      expect((await fetch(platformUrl + me)).status).toBe(401);
      expect((await fetch(`https://api.inner.example/elements/api-v2${me}`)).status).toBe(401);
      expect([inner.requests.length, emulator.requests.length]).toEqual([2, 0]);
    });
  });

  test('calls after the inner describe reach the outer emulator again, except to hosts of the inner one', async () => {
    expect((await fetch(platformUrl + me)).status).toBe(401);
    expect(emulator.requests).toHaveLength(1);
    await expect(fetch(`https://api.inner.example/elements/api-v2${me}`)).rejects.toMatchObject({
      cause: { message: 'The emulator has been closed: create another one.' },
    });
  });
});

test('a call after the last test fails and does not reach the real host', async () => {
  const kept: Record<keyof Hooks, (() => Promise<void> | void)[]> = { beforeAll: [], afterEach: [], afterAll: [] };
  useEmulator(
    { fixture: 'minimal', intercept: true },
    {
      beforeAll: (action) => kept.beforeAll.push(action),
      afterEach: (action) => kept.afterEach.push(action),
      afterAll: (action) => kept.afterAll.push(action),
    },
  );
  for (const action of [...kept.beforeAll, ...kept.afterEach, ...kept.afterAll]) await action();
  const lookup = jest.spyOn(dns, 'lookup').mockImplementation((() => {
    throw new Error('a call went to the real host');
  }) as never);
  await expect(fetch(platformUrl + me)).rejects.toMatchObject({
    cause: { message: 'The emulator has been closed: create another one.' },
  });
  expect(lookup).not.toHaveBeenCalled();
  lookup.mockRestore();
});

test('nothing is intercepted without the option', async () => {
  const { fetch: before } = globalThis;
  const actions: (() => Promise<void> | void)[] = [];
  const hooks: Hooks = { beforeAll: (action) => actions.push(action), afterEach: () => 0, afterAll: () => 0 };
  const emulator = useEmulator({ fixture: 'minimal', intercept: false }, hooks);
  for (const action of actions) await action();
  expect(globalThis.fetch).toBe(before);
  await emulator.close();
});

test.each(['yes', 1, null, ['api.example']])('the option cannot be %j', (intercept) => {
  expect(() => useEmulator({ intercept } as UseEmulatorOptions)).toThrow(
    `Option 'intercept' must be true, false or { hosts: [...] }, not ${JSON.stringify(intercept)}.`,
  );
});

test('an invalid host is refused before the first test', async () => {
  const actions: (() => Promise<void> | void)[] = [];
  const none = () => undefined;
  const emulator = useEmulator(
    { intercept: { hosts: ['https://api.example'] } },
    { beforeAll: (action) => actions.push(action), afterEach: none, afterAll: none },
  );
  await expect(actions[0]?.()).rejects.toThrow("has 'https://api.example': host names have no scheme");
  await emulator.close();
});

// The outer interceptions of this file would answer the calls of the files after it.
afterAll(async () => {
  const emulator = useEmulator({}, { beforeAll: () => 0, afterEach: () => 0, afterAll: () => 0 });
  interceptPlatform(emulator, { hosts: ['*.inner.example'] })();
  await emulator.close();
});
