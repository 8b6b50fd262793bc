import type { RequestPattern } from '../index.ts';
import { matchers, type ReceivedExpectation } from './matchers.ts';

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Passes when the emulator has received a request that fits. */
      toHaveReceived(pattern: RequestPattern, expectation?: ReceivedExpectation): R;
    }
  }
}

expect.extend(matchers);
