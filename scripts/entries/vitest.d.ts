import type { RequestPattern } from './index.js';
import type { ReceivedExpectation } from './testing/index.js';

declare module 'vitest' {
  // The declaration must repeat the parameter, which is the type of the emulator.
  interface Matchers<T> {
    /** Passes when the emulator has received a request that fits. */
    toHaveReceived(pattern: RequestPattern, expectation?: ReceivedExpectation): void;
  }
}
