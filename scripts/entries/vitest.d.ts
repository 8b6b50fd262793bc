import type { RequestPattern } from './index.js';
import type { ReceivedExpectation } from './testing/index.js';

declare module 'vitest' {
  interface Matchers<T> {
    /** Passes when the emulator has received a request that fits. */
    toHaveReceived(pattern: RequestPattern, expectation?: ReceivedExpectation): T;
  }
}
