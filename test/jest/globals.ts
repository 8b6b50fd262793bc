import vm, { type Context } from 'node:vm';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

/** What all test files of a process share. */
export interface SharedGlobals {
  readonly environment: InstanceType<typeof TestEnvironment>;
  /** Puts the globals back to what they were before the first test file. */
  restore(): void;
}

/** Makes the globals of Node for test files, which share modules (modules.ts) and thus need the same ones. */
export function makeGlobals(config: JestEnvironmentConfig, context: EnvironmentContext): SharedGlobals {
  const environment = withOrdinaryGlobals(() => new TestEnvironment(config, context));
  const { global, fakeTimersModern, moduleMocker } = environment;
  const restores = [global, global.process, global.process.env].map(restorer);
  return {
    environment,
    restore() {
      fakeTimersModern?.useRealTimers();
      moduleMocker?.restoreAllMocks();
      for (const restore of restores) restore();
    },
  };
}

/**
 * Jest's own globals ask a proxy at every use of `Map` or `JSON`, so that Jest knows what to delete after a test file.
 * That took a sixth of the time. Node can make ordinary ones since 20.18.
 */
function withOrdinaryGlobals<T>(make: () => T): T {
  const { createContext } = vm;
  const { DONT_CONTEXTIFY: ordinary } = vm.constants;
  Object.assign(vm, { createContext: (sandbox: Context) => createContext(ordinary ?? sandbox) });
  try {
    return make();
  } finally {
    Object.assign(vm, { createContext });
  }
}

/** Returns a function that gives an object the properties that it has now. */
function restorer(object: object): () => void {
  const before = new Map(Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)]));
  return () => {
    for (const key of Reflect.ownKeys(object)) {
      if (!before.has(key)) Reflect.deleteProperty(object, key);
    }
    for (const [key, descriptor = {}] of before) Reflect.defineProperty(object, key, descriptor);
  };
}
