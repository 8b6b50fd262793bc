export type { Hooks } from './hooks.ts';
export { matchers, type ReceivedExpectation } from './matchers.ts';
export { type UseEmulatorOptions, useEmulator } from './use-emulator.ts';
