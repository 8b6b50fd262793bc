// npm runs this after `npm ci` in a clone, before it packs the package, and when a project installs it from
// git or from a folder. All of these need the build.

import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (command) => execSync(command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

// npm links a folder into a project without installing the folder's devDependencies.
if (!existsSync(join(root, 'node_modules/esbuild'))) run('npm ci --ignore-scripts --no-audit --no-fund');
run('npm run --silent build');
