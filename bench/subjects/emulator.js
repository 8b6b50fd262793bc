import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, serverFile } from './files.js';
import { platformCalls } from './platform-calls.js';

/** @type {import('./subjects.js').Subject} */
export const emulator = {
  name: 'emulator',
  title: 'this emulator',
  kind: 'self',
  version: () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  note: 'same JSON; with the whole platform',
  launch: ({ port, users, dist, dataFile }) => ({
    args: [serverFile('emulator'), JSON.stringify({ port, users, dist, dataFile })],
  }),
  calls: platformCalls,
  command: ({ dist }) => ({
    launch: (port) => ({ args: [join(dist, 'cli.cjs'), '--port', String(port)] }),
    first: { method: 'GET', path: '/__emulator/credentials', headers: {} },
  }),
};
