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
}

/**
 * The hooks of the runner that is there: the globals of Jest, Vitest or Mocha, else node:test.
 *
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

/** Of those that have the hooks of Jest as globals. */
function nameOf(environment: NodeJS.ProcessEnv): string {
  return environment.VITEST === undefined ? 'Jest' : 'Vitest';
}

function isHook(value: unknown): value is Hook {
  return typeof value === 'function';
}
