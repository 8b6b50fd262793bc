// The machine of the measurement. Without paths and host names, because the results are published.

import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { resolve } from 'node:path';

/** @param {string} folder of the data files */
export function machine(folder) {
  const models = new Set(cpus().map(({ model }) => model.trim()));
  return {
    cpu: [...models].join(', '),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${platform()} ${release().split('-')[0]} ${arch()}`,
    node: process.versions.node,
    fileSystem: fileSystemOf(folder),
  };
}

/** The file system of the folder. */
function fileSystemOf(folder) {
  const path = resolve(folder);
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, at]) => at !== undefined && (path === at || path.startsWith(at.endsWith('/') ? at : `${at}/`)));
  return mounts.sort(([, left], [, right]) => left.length - right.length).at(-1)?.[2] ?? 'unknown';
}
