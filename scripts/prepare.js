// npm runs this after `npm ci` in a clone, when the package is packed, and where a project installs it from
// git or from a folder: what these get has to be built.

import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (command) => execSync(command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

// npm links a folder into a project without installing what the folder is built with.
if (!existsSync(join(root, 'node_modules/esbuild'))) run('npm ci --ignore-scripts --no-audit --no-fund');
run('npm run --silent build');
