// This emulator as a suite starts it, from the build.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fixture } from '../data.js';
import { answerProbes } from './probe.js';

const { port, users, dist, dataFile } = JSON.parse(process.argv[2]);
const { startEmulator } = createRequire(import.meta.url)(join(dist, 'index.cjs'));

await startEmulator({ port, seed: 1, fixture: fixture(users), dataFile });
answerProbes();
