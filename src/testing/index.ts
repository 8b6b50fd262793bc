export type { Hooks } from './hooks.ts';
export { matchers, type ReceivedExpectation } from './matchers.ts';
export { useEmulator } from './use-emulator.ts';
