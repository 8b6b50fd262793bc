// What `npm i` of the package installs.

import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../lib/prepare.js';
import { figure } from '../lib/table.js';
import { root } from '../subjects/files.js';

/** @type {import('../run.js').Measurement} */
export const packed = {
  name: 'package',
  async run({ folder }) {
    const project = join(folder, 'package');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"private":true}');
    // The build exists already.
    const [{ filename, size }] = JSON.parse(
      npm(['pack', '--json', '--ignore-scripts', '--pack-destination', project], root),
    );
    npm(['install', '--no-audit', '--no-fund', '--loglevel=error', `./${filename}`], project);
    const installed = join(project, 'node_modules');
    const packages = npm(['ls', '--all', '--parseable'], project).trim().split('\n').length - 1;
    const megabytes = blocks(installed) / 1e6;
    const own = blocks(join(installed, 'cloud-elements-emulator')) / 1e6;
    const once = (id, value, detail) => ({ id, median: value, min: value, max: value, samples: 1, detail });
    return {
      results: [once('package-size', megabytes), once('package-count', packages)],
      tables: [
        {
          title: 'The package, installed in an empty folder',
          head: ['', ''],
          rows: [
            ['tarball (MB)', figure(size / 1e6)],
            ['the package itself, on disk (MB)', figure(own)],
            ['all of node_modules, on disk (MB)', figure(megabytes)],
            ['packages', packages],
          ],
        },
      ],
    };
  },
};

/** Bytes on disk, as du counts them. */
function blocks(path) {
  const entry = lstatSync(path);
  const below = entry.isDirectory() ? readdirSync(path).map((name) => blocks(join(path, name))) : [];
  return below.reduce((sum, each) => sum + each, entry.blocks * 512);
}
