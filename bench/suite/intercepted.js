// This emulator without a socket, in place of the platform's own host.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { basePath, paths } from './platform.js';

export async function start({ dist }) {
  const require = createRequire(import.meta.url);
  const { createEmulator } = require(join(dist, 'index.cjs'));
  const { interceptPlatform } = require(join(dist, 'intercept.cjs'));
  const emulator = createEmulator();
  const stop = interceptPlatform(emulator);
  return {
    base: `https://api.cloud-elements.com${basePath}`,
    headers: { authorization: emulator.credentials.authorization },
    paths,
    reset: () => emulator.reset(),
    close: async () => {
      stop();
      await emulator.close();
    },
  };
}
