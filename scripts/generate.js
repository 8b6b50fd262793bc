// Writes the files that are generated from the sources; see generated.ts.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import peggy from './peggy.cjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'generate-'));
try {
  const outfile = join(folder, 'generated.cjs');
  await build({
    entryPoints: [join(root, 'scripts/generated.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [peggy.esbuildPlugin],
  });
  const { examplesFile, fixtureSchema, generatedPages, operationIdsModule } = createRequire(import.meta.url)(outfile);
  writeFileSync(join(root, 'fixtures/fixture.schema.json'), fixtureSchema());
  const platform = join(root, 'src/platform');
  writeFileSync(join(platform, 'operation-ids.ts'), operationIdsModule());
  for (const file of readdirSync(platform).map((resource) => join(platform, resource, 'examples.json'))) {
    if (existsSync(file)) writeFileSync(file, await examplesFile(JSON.parse(readFileSync(file, 'utf8'))));
  }
  const results = JSON.parse(readFileSync(join(root, 'bench/results.json'), 'utf8'));
  for (const [name, refresh] of Object.entries(generatedPages)) {
    const page = join(root, name);
    writeFileSync(page, refresh(readFileSync(page, 'utf8'), results));
  }
} finally {
  rmSync(folder, { recursive: true });
}
