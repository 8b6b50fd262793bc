import type { RequestPattern } from './index.js';
import type { ReceivedExpectation } from './testing/index.js';

declare module 'bun:test' {
  // The parameter is the type of the emulator given, and has to be there.
  interface Matchers<T> {
    /** Passes when the emulator has received a request that fits. */
    toHaveReceived(pattern: RequestPattern, expectation?: ReceivedExpectation): void;
  }
}
