// Where the peers are, once they are installed.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peers } from './files.js';

/** A file of a peer's package. */
export const peerFile = (name, ...path) => join(peers, 'node_modules', name, ...path);

/** The version that is pinned; what is installed is checked against it. */
export function peerVersion(name) {
  const pinned = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8')).dependencies[name];
  const manifest = peerFile(name, 'package.json');
  const installed = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
  if (installed !== pinned)
    throw new Error(`${name} ${pinned} is wanted in bench/peers, ${installed ?? 'none'} is there.`);
  return pinned;
}
