import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts';
import { findHooks, type Hooks } from './hooks.ts';
import { matchers } from './matchers.ts';

/**
 * An emulator for the tests of this file, or of the `describe` it is called in: started before them,
 * reset after each, closed after the last. Works with Jest, Vitest, Mocha and node:test. Ids and secrets
 * are the same in every run; with `now` dates and request ids are so too.
 *
 * @param options as for `startEmulator`, but that `seed` has a fixed default; leave the port at 0, so that parallel files never meet.
 * @param hooks those of the runner, where they cannot be found.
 * @returns the emulator; `url` and `baseUrl` are there once the tests run.
 * @throws what `createEmulator` throws.
 */
export function useEmulator(
  options: EmulatorOptions = {},
  hooks: Hooks = findHooks(
    Object.fromEntries(hookNames.map((name) => [name, Reflect.get(globalThis, name)])),
    process.env,
  ),
): Emulator {
  const emulator = createEmulator({ seed: 'useEmulator', ...options });
  hooks.beforeAll(() => emulator.listen());
  hooks.afterEach(() => emulator.reset());
  hooks.afterAll(() => emulator.close());
  registerMatchers(Reflect.get(globalThis, 'expect'));
  return emulator;
}

const hookNames = ['beforeAll', 'before', 'afterEach', 'afterAll', 'after'];

/** Adds `toHaveReceived` where there is a global `expect` that can be extended, as in Jest. */
function registerMatchers(expect: unknown): void {
  if (typeof expect !== 'function' || !('extend' in expect) || typeof expect.extend !== 'function') return;
  // Not Chai's, which has another kind of plugins.
  if ('assertions' in expect) expect.extend(matchers);
}
