import emulator = require('cloud-elements-emulator');

// @ts-expect-error the app is no number; a type that is not found would be any, and fit
export const app: number = emulator.createEmulator().app;
