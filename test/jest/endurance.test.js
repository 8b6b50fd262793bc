import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repeated } from './endurance.config.js';

const folder = join(__dirname, '..');

test('the endurance suite repeats every test whose runs are fewer in npm test', () => {
  const tests = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  const fewer = tests.filter((name) => readFileSync(join(folder, name), 'utf8').includes("/support/runs.ts'"));
  expect(fewer.sort()).toEqual(repeated);
});
