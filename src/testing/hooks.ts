type Hook = (action: () => Promise<void> | void) => unknown;

/** What a test runner lets be done around the tests of a file. */
export interface Hooks {
  readonly beforeAll: Hook;
  readonly afterEach: Hook;
  readonly afterAll: Hook;
}

/** The hooks of a runner that was found. */
export interface FoundHooks extends Hooks {
  /** What to call the runner. */
  readonly runner: string;
  /** Of a runner that is there also where there are no tests. */
  readonly beforeEach?: Hook;
  /** Of a runner that has no global `expect`. */
  readonly expect?: unknown;
}

/**
 * The hooks of the runner that is there: the globals of Jest, Vitest or Mocha, those of Bun or Deno, else node:test.
 *
 * @param globals what `globalNames` are in the process.
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
  // Bun's hooks are globals in the files of tests only, and not in what these load.
  if (globals.Bun !== undefined) return hooksOf('Bun', require('bun:test'));
  // Deno calls these around the tests of node:test as well.
  if (isHolder(globals.Deno) && isHolder(globals.Deno.test)) return hooksOf('Deno', globals.Deno.test);
  // Loaded when it is the runner alone: it leaves a handle open, which other runners complain of.
  const nodeTest: typeof import('node:test') = require('node:test');
  return {
    runner: 'node:test',
    beforeAll: nodeTest.before,
    beforeEach: nodeTest.beforeEach,
    afterEach: nodeTest.afterEach,
    afterAll: nodeTest.after,
  };
}

/** The globals that tell which runner is there. */
export const globalNames = ['beforeAll', 'before', 'afterEach', 'afterAll', 'after', 'Bun', 'Deno'];

/** @throws {Error} when the runner is older than its hooks. */
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

/** Of those that have the hooks of Jest as globals. */
function nameOf(environment: NodeJS.ProcessEnv): string {
  return environment.VITEST === undefined ? 'Jest' : 'Vitest';
}

function isHook(value: unknown): value is Hook {
  return typeof value === 'function';
}
