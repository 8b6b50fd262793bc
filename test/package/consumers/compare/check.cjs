const before = Object.keys(require.cache).length;
const { createEmulator } = require('cloud-elements-emulator');
const isLoaded = Object.keys(require.cache).some((file) => /compare\.cjs|pull\.cjs/.test(file));
const { compare } = require('cloud-elements-emulator/compare');

console.log(before, typeof createEmulator, isLoaded, typeof compare);
