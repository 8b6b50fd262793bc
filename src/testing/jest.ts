import type { RequestPattern } from '../index.ts';
import { matchers, type ReceivedExpectation } from './matchers.ts';

interface EmulatorMatchers<R> {
  /** Passes when the emulator has received a request that fits. */
  toHaveReceived(pattern: RequestPattern, expectation?: ReceivedExpectation): R;
}

// Of @types/jest: the global `expect`. An interface that is added to must have its parameters.
declare global {
  namespace jest {
    interface Matchers<R, T> extends EmulatorMatchers<R> {}
  }
}

// Of @jest/globals: the imported `expect`. @types/jest depends on this package as well.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends EmulatorMatchers<R> {}
}

// With `injectGlobals: false` there is no global one.
const known: { extend(matchers: object): void } = Reflect.get(globalThis, 'expect') ?? require('@jest/globals').expect;
known.extend(matchers);
