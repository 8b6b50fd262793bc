// This emulator over a socket.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { paths } from './platform.js';

export async function start({ dist }) {
  const { startEmulator } = createRequire(import.meta.url)(join(dist, 'index.cjs'));
  const emulator = await startEmulator();
  return {
    base: emulator.baseUrl,
    headers: { authorization: emulator.credentials.authorization },
    paths,
    reset: () => emulator.reset(),
    close: () => emulator.close(),
  };
}
