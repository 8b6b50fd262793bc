import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import peggy from '../../../scripts/peggy.cjs';
import { bundlePackages } from '../../jest/packages.ts';
import { makeFolder, writeDocument } from './folder.ts';

/**
 * Bundles the packages (test/jest/packages.ts), and makes the document from the sources before the run. The sources are
 * bundled, because this module and
 * the test environment run outside of Jest's module system, which loads the grammar of CEQL.
 */
export default async function setUp(): Promise<void> {
  bundlePackages();
  const outfile = join(makeFolder(), 'contract.cjs');
  await build({
    entryPoints: [join(__dirname, '../../../src/openapi/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [peggy.esbuildPlugin],
  });
  const { describeApi }: typeof import('../../../src/openapi/index.ts') = createRequire(__filename)(outfile);
  writeDocument(await describeApi());
}
