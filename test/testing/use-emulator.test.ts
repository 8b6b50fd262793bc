import { Server } from 'node:net';
import { FixtureError } from '../../src/index.ts';
import { type Hooks, useEmulator } from '../../src/testing/index.ts';
import { connect } from '../support/client.ts';

const callMe = { method: 'GET', path: '/organizations/me' };

describe('with the hooks of Jest, which are found automatically', () => {
  const emulator = useEmulator({ fixture: 'minimal', seed: 'hooks' });
  const urls = new Set<string>();

  // Either can only pass when the other has left nothing behind.
  test.each(['once', 'and again'])('the first account, fault and request are the first: %s', async () => {
    urls.add(emulator.url);
    expect(emulator.faults.add({ status: 503, times: 1 })).toBe(1);
    const { post } = connect(emulator);
    expect(await post('/accounts', { externalId: 'refused' })).toMatchObject({ status: 503 });
    expect(await post('/accounts', { externalId: 'a' })).toMatchObject({ status: 200, body: { id: 2 } });
    expect(emulator).toHaveReceived('POST /accounts', { times: 2 });
  });

  test('the emulator listens at one address for all tests', async () => {
    const { authorization } = emulator.credentials;
    const answer = await fetch(`${emulator.baseUrl}/organizations/me`, { headers: { Authorization: authorization } });
    expect(answer.status).toBe(200);
    urls.add(emulator.url);
    expect(urls.size).toBe(1);
  });

  describe('and a second emulator in an inner describe', () => {
    const inner = useEmulator({ fixture: 'minimal' });
    test('the two emulators are separate', async () => {
      await connect(inner).get('/organizations/me');
      expect(inner).toHaveReceived(callMe, { times: 1 });
      expect(emulator).not.toHaveReceived(callMe);
      expect(inner.url).not.toBe(emulator.url);
    });
  });
});

/** Hooks that only keep the registered functions, so that a test can run them. */
function keepHooks() {
  const kept = { beforeAll: [], afterEach: [], afterAll: [] } as Record<keyof Hooks, (() => Promise<void> | void)[]>;
  const hooks: Hooks = {
    beforeAll: (action) => kept.beforeAll.push(action),
    afterEach: (action) => kept.afterEach.push(action),
    afterAll: (action) => kept.afterAll.push(action),
  };
  const run = async (name: keyof Hooks) => {
    for (const action of kept[name]) await action();
  };
  return { kept, hooks, run };
}

describe('with given hooks', () => {
  test('each hook is registered once, and the emulator does not listen before the first', async () => {
    const { kept, hooks, run } = keepHooks();
    const emulator = useEmulator({ fixture: 'minimal' }, hooks);
    expect(Object.values(kept).map((actions) => actions.length)).toEqual([1, 1, 1]);
    for (const name of ['url', 'baseUrl'] as const) {
      expect(() => emulator[name]).toThrow(
        'The emulator is not listening: useEmulator() starts it in the hooks that it was given, which have not run.',
      );
    }

    await run('beforeAll');
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await connect(emulator).get('/accounts');
    expect(emulator.requests).toHaveLength(1);
    await run('afterEach');
    expect(emulator.requests).toHaveLength(0);
    await run('afterAll');
    await expect(emulator.listen()).rejects.toThrow('The emulator has been closed');
    expect(() => emulator.url).toThrow('The emulator has been closed');
  });

  test('the message about a too early use of the URL names the runner', () => {
    const { hooks } = keepHooks();
    const emulator = useEmulator({ fixture: 'minimal' }, Object.assign(hooks, { runner: 'Mocha' }));
    expect(() => emulator.url).toThrow(
      'useEmulator() starts it in the hooks of Mocha, which have not run. Ask for its address within a test; ' +
        'if the tests are of another runner, give its hooks as the second argument: { beforeAll, afterEach, afterAll }.',
    );
  });

  test('the hooks return promises of the start, the reset and the end', async () => {
    const { kept, hooks } = keepHooks();
    useEmulator({ fixture: 'minimal' }, hooks);
    for (const action of Object.values(kept).flat()) {
      const waited = action();
      expect(waited).toHaveProperty('then');
      await waited;
    }
  });

  test('an invalid fixture fails at once and registers no hooks', () => {
    const { kept, hooks } = keepHooks();
    expect(() => useEmulator({ fixture: { organizations: [] } }, hooks)).toThrow(FixtureError);
    expect(Object.values(kept).flat()).toEqual([]);
  });
});

describe('with a runner that is available in every script', () => {
  const runners = () => {
    const { kept, hooks, run } = keepHooks();
    const each: (() => Promise<void> | void)[] = [];
    const emulator = useEmulator(
      { fixture: 'minimal' },
      Object.assign(hooks, { runner: 'node:test', beforeEach: (action: () => void) => each.push(action) }),
    );
    const begin = () => each.map((action) => action());
    return { emulator, kept, run, begin };
  };
  let written: jest.SpiedFunction<typeof process.stderr.write>;
  let context: string | undefined;
  beforeEach(() => {
    written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    context = process.env.NODE_TEST_CONTEXT;
    delete process.env.NODE_TEST_CONTEXT;
  });
  afterEach(() => {
    written.mockRestore();
    if (context === undefined) delete process.env.NODE_TEST_CONTEXT;
    else process.env.NODE_TEST_CONTEXT = context;
  });

  test('the socket keeps the process alive from the first test on', async () => {
    const [ref, unref] = [jest.spyOn(Server.prototype, 'ref'), jest.spyOn(Server.prototype, 'unref')];
    const { emulator, run, begin } = runners();
    await run('beforeAll');
    expect(emulator.url).toMatch(/^http:/);
    expect([unref.mock.calls.length, ref.mock.calls.length]).toEqual([1, 0]);
    begin();
    expect([unref.mock.calls.length, ref.mock.calls.length]).toEqual([1, 1]);
    await run('afterAll');
    expect(written).not.toHaveBeenCalled();
    ref.mockRestore();
    unref.mockRestore();
  });

  test('a script without tests gets a message that says what to use, except in a runner that says so itself', async () => {
    for (const [runner, times] of [
      ['child', 0],
      [undefined, 1],
    ] as const) {
      if (runner === undefined) delete process.env.NODE_TEST_CONTEXT;
      else process.env.NODE_TEST_CONTEXT = runner;
      const { run } = runners();
      await run('beforeAll');
      await run('afterAll');
      expect(written).toHaveBeenCalledTimes(times);
    }
    expect(written).toHaveBeenCalledWith(expect.stringContaining('in a script, use startEmulator()'));
  });
});

describe('the global expect', () => {
  const own = Reflect.get(globalThis, 'expect');
  afterEach(() => {
    Reflect.set(globalThis, 'expect', own);
  });

  test.each([
    ['of Jest is extended', Object.assign(() => undefined, { assertions: () => undefined }), 1],
    ['of Chai, which has other plugins, is not extended', () => undefined, 0],
    ['without extend is not extended', undefined, 0],
  ])('%s', (_name, expectLike, times) => {
    const extend = jest.fn();
    Reflect.set(globalThis, 'expect', expectLike && Object.assign(expectLike, { extend }));
    useEmulator({ fixture: 'minimal' }, keepHooks().hooks);
    Reflect.set(globalThis, 'expect', own);
    expect(extend).toHaveBeenCalledTimes(times);
  });
});
