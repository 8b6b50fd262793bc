import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { resolve } = createRequire(join(process.cwd(), 'package.json'));

test('the idioms of the documentation compile in strict TypeScript', () => {
  const tsc = join(resolve('typescript/package.json'), '../bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', 'test/types'], { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
}, 60_000);
