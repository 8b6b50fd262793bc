import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '../..');

/**
 * Runs copied tests as their reader would, against the built package.
 *
 * @param name of a folder that no other test file uses.
 * @throws {Error} when one fails.
 */
export async function runCopied(name: string, tests: readonly string[]): Promise<void> {
  const folder = join(root, 'test-results', name);
  mkdirSync(folder, { recursive: true });
  try {
    for (const [index, text] of tests.entries()) writeFileSync(join(folder, `copied-${index}.test.js`), text);
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
    const mapping = { '^cloud-elements-emulator/testing$': join(root, 'dist/testing.cjs') };
    const config = JSON.stringify({ rootDir: folder, moduleNameMapper: mapping, transform: {} });
    await run(join(root, 'node_modules/.bin/jest'), ['--config', config], { cwd: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
