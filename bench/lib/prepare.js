// The prerequisites of a measurement: the build, and the peers in their pinned versions.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peers, root } from '../subjects/files.js';

export function build() {
  npm(['run', '--silent', 'build'], root);
}

/** Installs what bench/peers/package.json pins, unless it is there already. */
export function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8'));
  const missing = Object.entries(dependencies).some(([name, version]) => {
    const manifest = join(peers, 'node_modules', name, 'package.json');
    return !existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).version !== version;
  });
  if (!missing) return;
  // No scripts: no peer needs one. No lock file: these packages are not part of the project.
  npm(['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], peers);
}

export function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', timeout: 300_000 });
}
