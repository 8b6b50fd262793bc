import { hold } from '../http/hold.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts';
import type { InterceptOptions } from '../intercept/index.ts';
import { messageOf } from '../text/message-of.ts';
import { type FoundHooks, findHooks, globalNames, type Hooks } from './hooks.ts';
import { matchers } from './matchers.ts';

/** The options of `useEmulator()`. */
export interface UseEmulatorOptions extends EmulatorOptions {
  /**
   * Lets the calls of this process to the platform's hosts, and to those of `hosts`, reach the emulator: from before
   * the first test to after the last. Later calls fail with "The emulator has been closed", until another emulator
   * intercepts these hosts. Default: false.
   */
  intercept?: boolean | InterceptOptions | undefined;
}

/**
 * Starts an emulator before the tests of this file, or of the `describe` in which it is called, resets it after
 * each and closes it after the last. Works with Jest, Vitest, Mocha, node:test, Bun and Deno. Ids and secrets
 * are the same in every run; with `now`, dates and request ids are the same too.
 *
 * @param options those of `startEmulator`, but `seed` has a fixed default, and `intercept`. Leave the port at 0, so that parallel files do not conflict.
 * @param hooks the runner's hooks, where they cannot be found.
 * @returns the emulator. It has its `url` and `baseUrl` once the tests run.
 * @throws what `createEmulator` throws.
 */
export function useEmulator(
  { intercept, ...options }: UseEmulatorOptions = {},
  hooks: Hooks = findHooks(
    Object.fromEntries(globalNames.map((name) => [name, Reflect.get(globalThis, name)])),
    process.env,
  ),
): Emulator {
  const emulator = createEmulator({ seed: 'useEmulator', ...options });
  explainUrls(emulator, 'runner' in hooks ? `of ${hooks.runner}` : 'that it was given');
  const interceptAll = interceptor(intercept);
  hooks.beforeAll(async () => {
    await emulator.listen();
    interceptAll?.(emulator);
  });
  hooks.afterEach(() => emulator.reset());
  hooks.afterAll(() => emulator.close());
  holdFromFirstTest(emulator, hooks);
  registerMatchers(('expect' in hooks ? hooks.expect : undefined) ?? Reflect.get(globalThis, 'expect'));
  return emulator;
}

/** The function that intercepts as the option says. @throws {Error} for an invalid value of the option. */
function interceptor(intercept: unknown): ((emulator: Emulator) => void) | undefined {
  if (intercept === undefined || intercept === false) return undefined;
  if (intercept !== true && (typeof intercept !== 'object' || intercept === null || Array.isArray(intercept))) {
    throw new Error(`Option 'intercept' must be true, false or { hosts: [...] }, not ${JSON.stringify(intercept)}.`);
  }
  // Loaded only with the option: it is larger than the rest of this entry point.
  const { interceptPlatform }: typeof import('../intercept/index.ts') = require('../intercept/index.ts');
  return (emulator) => interceptPlatform(emulator, intercept === true ? {} : intercept);
}

/**
 * node:test exists in every script and runs these hooks without tests too. The socket keeps the process alive only from
 * the first test on; otherwise such a script would never end.
 */
function holdFromFirstTest(emulator: Emulator, hooks: Hooks & Pick<FoundHooks, 'beforeEach'>): void {
  const { beforeEach } = hooks;
  if (beforeEach === undefined) return;
  let hasBegun = false;
  hooks.beforeAll(() => hold(emulator, false));
  beforeEach(() => {
    hasBegun = true;
    hold(emulator, true);
  });
  hooks.afterAll(() => {
    // The runner itself reports that there are no tests.
    if (hasBegun || process.env.NODE_TEST_CONTEXT !== undefined) return;
    process.stderr.write('cloud-elements-emulator: useEmulator() found no tests: in a script, use startEmulator().\n');
  });
}

/** Explains why there is no URL: the hooks have not run, because no test runs or because the tests are of another runner. */
function explainUrls(emulator: Emulator, whose: string): void {
  for (const name of ['url', 'baseUrl'] as const) {
    const get = Object.getOwnPropertyDescriptor(emulator, name)?.get;
    Object.defineProperty(emulator, name, {
      get: () => {
        try {
          return get?.call(emulator);
        } catch (cause) {
          // A closed emulator has its own message.
          if (!messageOf(cause).startsWith('The emulator is not listening')) throw cause;
          throw new Error(notListening(whose), { cause });
        }
      },
    });
  }
}

function notListening(whose: string): string {
  const hooked = `The emulator is not listening: useEmulator() starts it in the hooks ${whose}, which have not run`;
  const other = 'if the tests are of another runner, give its hooks as the second argument';
  return `${hooked}. Ask for its address within a test; ${other}: { beforeAll, afterEach, afterAll }.`;
}

/** Adds `toHaveReceived` to an `expect` that can be extended, as Jest's and Bun's can. */
function registerMatchers(expect: unknown): void {
  if (typeof expect !== 'function' || !('extend' in expect) || typeof expect.extend !== 'function') return;
  // Chai's `expect` has another kind of plugins.
  if ('assertions' in expect) expect.extend(matchers);
}
