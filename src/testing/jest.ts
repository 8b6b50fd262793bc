import type { RequestPattern } from '../index.ts';
import { matchers, type ReceivedExpectation } from './matchers.ts';

interface EmulatorMatchers<R> {
  /** Passes when the emulator has received a request that matches. */
  toHaveReceived(pattern: RequestPattern, expectation?: ReceivedExpectation): R;
}

// The global `expect` of @types/jest. A merged interface must have the same type parameters.
declare global {
  namespace jest {
    interface Matchers<R, T> extends EmulatorMatchers<R> {}
  }
}

// The imported `expect` of @jest/globals; @types/jest depends on this package too.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends EmulatorMatchers<R> {}
}

// With `injectGlobals: false` there is no global one.
const known: { extend(matchers: object): void } = Reflect.get(globalThis, 'expect') ?? require('@jest/globals').expect;
known.extend(matchers);
