// Bundles the sources for child processes, which cannot run TypeScript on Node 20:
// node bundle.mjs <folder> makes index.cjs and cli.cjs there. dist/ is left alone.

import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import peggy from '../../scripts/peggy.cjs';

const root = join(dirname(new URL(import.meta.url).pathname), '../..');

await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/index.ts', cli: 'src/bin.ts' },
  outdir: process.argv[2],
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [peggy.esbuildPlugin],
  logLevel: 'warning',
});
