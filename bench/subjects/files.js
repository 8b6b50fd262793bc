import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bench = resolve(fileURLToPath(import.meta.url), '../..');
export const root = resolve(bench, '..');
export const peers = join(bench, 'peers');

/** The script of one of our servers. */
export const serverFile = (name) => join(bench, 'servers', `${name}.js`);
