import emulator = require('cloud-elements-emulator');

const options: emulator.EmulatorOptions = { port: 0, fixture: { organizations: [{ name: 'Acme' }] } };
export const started: Promise<emulator.Emulator> = emulator.startEmulator(options);
// @ts-expect-error a port is a number
emulator.createEmulator({ port: '4600' });
