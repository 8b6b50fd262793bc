import * as testing from './testing.cjs';

// Vitest's hooks have to be imported; they are globals only when a suite is configured so.
const vitest = process.env.VITEST === undefined ? undefined : await import('vitest');

export const { matchers } = testing;
export function useEmulator(options, hooks = vitest) {
  vitest?.expect.extend(matchers);
  return testing.useEmulator(options, hooks);
}
