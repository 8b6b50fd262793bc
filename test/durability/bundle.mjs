// Bundles the sources for child processes, which cannot run TypeScript on Node 20:
// node bundle.mjs <folder> makes index.cjs and cli.cjs there. dist/ is left alone.
// node bundle.mjs <folder> eager makes them write the data file anew with every second change, so that many kills hit that.
// node bundle.mjs <folder> impatient makes them take a lock over when nobody has written to it for half a second.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import peggy from '../../scripts/peggy.cjs';

const root = join(dirname(new URL(import.meta.url).pathname), '../..');

/** What is small is large, and what is long is short. */
const changes = {
  eager: ['data-file.ts', 'Math.max(largeLog, size / 2, ', 'Math.max(0, '],
  impatient: ['lock.ts', 'const looks = 40;', 'const looks = 1;'],
};

/** @param {string} name */
const change = (name) => ({
  name,
  setup(plugin) {
    const [file, was, is] = changes[name];
    plugin.onLoad({ filter: new RegExp(`/persistence/${file}$`) }, ({ path }) => {
      const contents = readFileSync(path, 'utf8');
      if (!contents.includes(was)) throw new Error(`${path} has no '${was}' any more`);
      return { contents: contents.replace(was, is), loader: 'ts' };
    });
  },
});

await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/index.ts', cli: 'src/cli/bin.ts' },
  outdir: process.argv[2],
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [peggy.esbuildPlugin, ...(process.argv[3] in changes ? [change(process.argv[3])] : [])],
  logLevel: 'warning',
});
