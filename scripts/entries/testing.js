import * as testing from './testing.cjs';

// Vitest gives its hooks to those who import them, and as globals only when asked to.
const vitest = process.env.VITEST === undefined ? undefined : await import('vitest');

export const { matchers } = testing;
export function useEmulator(options, hooks = vitest) {
  vitest?.expect.extend(matchers);
  return testing.useEmulator(options, hooks);
}
