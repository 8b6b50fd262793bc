type Hook = (action: () => Promise<void> | void) => unknown;

/** The hooks of a test runner. */
export interface Hooks {
  readonly beforeAll: Hook;
  readonly afterEach: Hook;
  readonly afterAll: Hook;
}

/** The hooks of a runner that was found. */
export interface FoundHooks extends Hooks {
  /** The name of the runner. */
  readonly runner: string;
  /** Present only for a runner that also exists outside tests. */
  readonly beforeEach?: Hook;
  /** Present only for a runner without a global `expect`. */
  readonly expect?: unknown;
}

/**
 * Finds the hooks of the present runner: the globals of Jest, Vitest or Mocha, those of Bun or Deno, otherwise
 * node:test.
 *
 * @param globals the values of the `globalNames` in the process.
 * @throws {Error} in Vitest without globals, where the package has to be imported and not required;
 *   in Jest without globals (`injectGlobals: false`).
 */
export function findHooks(globals: Readonly<Record<string, unknown>>, environment: NodeJS.ProcessEnv): FoundHooks {
  const { beforeAll, before, afterEach, afterAll, after } = globals;
  if (isHook(afterEach)) {
    if (isHook(beforeAll) && isHook(afterAll)) return { runner: nameOf(environment), beforeAll, afterEach, afterAll };
    if (isHook(before) && isHook(after)) return { runner: 'Mocha', beforeAll: before, afterEach, afterAll: after };
  }
  if (environment.VITEST !== undefined) {
    throw new Error(
      "useEmulator() finds no hooks: in Vitest load it with import, turn on 'globals', or give the hooks as its second argument.",
    );
  }
  if (environment.JEST_WORKER_ID !== undefined) {
    throw new Error(
      "useEmulator() finds no hooks: in Jest without globals give those of '@jest/globals' as its second argument.",
    );
  }
  // Bun's hooks are globals only in test files, not in modules that these load.
  if (globals.Bun !== undefined) return hooksOf('Bun', require('bun:test'));
  // Deno calls these around the tests of node:test as well.
  if (isHolder(globals.Deno) && isHolder(globals.Deno.test)) return hooksOf('Deno', globals.Deno.test);
  // Loaded only when it is the runner, because it leaves a handle open and other runners report that.
  const nodeTest: typeof import('node:test') = require('node:test');
  return {
    runner: 'node:test',
    beforeAll: nodeTest.before,
    beforeEach: nodeTest.beforeEach,
    afterEach: nodeTest.afterEach,
    afterAll: nodeTest.after,
  };
}

/** The globals that identify the runner. */
export const globalNames = ['beforeAll', 'before', 'afterEach', 'afterAll', 'after', 'Bun', 'Deno'];

/** @throws {Error} when the version of the runner has no hooks. */
function hooksOf(runner: string, holder: Readonly<Record<string, unknown>>): FoundHooks {
  const { beforeAll, afterEach, afterAll, expect } = holder;
  if (isHook(beforeAll) && isHook(afterEach) && isHook(afterAll)) {
    return { runner, beforeAll, afterEach, afterAll, expect };
  }
  throw new Error(
    `useEmulator() finds no hooks: this version of ${runner} has no beforeAll, afterEach and afterAll. Update it, or give hooks as the second argument.`,
  );
}

function isHolder(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' || typeof value === 'function') && value !== null;
}

/** The name of a runner that has Jest's hooks as globals. */
function nameOf(environment: NodeJS.ProcessEnv): string {
  return environment.VITEST === undefined ? 'Jest' : 'Vitest';
}

function isHook(value: unknown): value is Hook {
  return typeof value === 'function';
}
