// The installed peers.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peers } from './files.js';

/** A file of a peer's package. */
export const peerFile = (name, ...path) => join(peers, 'node_modules', name, ...path);

/** The pinned version. @throws {Error} when another one is installed. */
export function peerVersion(name) {
  const pinned = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8')).dependencies[name];
  const manifest = peerFile(name, 'package.json');
  const installed = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
  if (installed !== pinned)
    throw new Error(
      `bench/peers needs ${name} ${pinned}, but has ${installed ?? 'none'}: run the benchmark without --no-peers, which installs it.`,
    );
  return pinned;
}
