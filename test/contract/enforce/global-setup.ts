import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import peggy from '../../../scripts/peggy.cjs';
import { makeFolder } from './folder.ts';

/**
 * Makes the document before the run, from the sources as they are. It is bundled because this and
 * the test environment run outside of Jest's module system, which loads the grammar of CEQL.
 */
export default async function setUp(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, '../../../src/contract/index.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    plugins: [peggy.esbuildPlugin],
  });
  const compiled = { exports: {} as typeof import('../../../src/contract/index.ts') };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
    compiled,
    compiled.exports,
    createRequire(__filename),
  );
  makeFolder(JSON.stringify(await compiled.exports.describeApi()));
}
