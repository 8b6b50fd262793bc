// Bundles the sources for child processes, which cannot run TypeScript on Node 20:
// node bundle.mjs <folder> makes index.cjs and cli.cjs there. dist/ is left alone.
// node bundle.mjs <folder> eager makes them write the data file anew as often as they can, so that many kills hit that.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import peggy from '../../scripts/peggy.cjs';

const root = join(dirname(new URL(import.meta.url).pathname), '../..');

/** What waits does not wait, and what is small is large. */
const eager = {
  name: 'eager',
  setup(plugin) {
    const replace = (file, changes) =>
      plugin.onLoad({ filter: new RegExp(`/store/${file}$`) }, ({ path }) => {
        let contents = readFileSync(path, 'utf8');
        for (const [was, is] of changes) {
          if (!contents.includes(was)) throw new Error(`${path} has no '${was}' any more`);
          contents = contents.replace(was, is);
        }
        return { contents, loader: 'ts' };
      });
    replace('compaction.ts', [
      ['const idle = 250;', 'const idle = 1;'],
      ['const rest = 20;', 'const rest = 0;'],
    ]);
    replace('json-file.ts', [['Math.max(largeLog, this.#size / 2)', '0']]);
  },
};

await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/index.ts', cli: 'src/bin.ts' },
  outdir: process.argv[2],
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [peggy.esbuildPlugin, ...(process.argv[3] === 'eager' ? [eager] : [])],
  logLevel: 'warning',
});
