import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureSchema, operationsTable, refreshReadme } from '../scripts/generated.ts';
import { operations } from '../src/api/operations.ts';
import { checkFixture } from '../src/store/check-fixture.ts';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('the README has the operations and the figures as they are (npm run generate mends it)', () => {
  const readme = read('README.md');
  const results = JSON.parse(read('bench/results.json'));
  expect(readme).toBe(refreshReadme(readme, results));
  expect(() => refreshReadme(readme, { ...results, rows: [] })).toThrow("bench/results.json has no 'get'");
  for (const { method, path } of operations) expect(operationsTable()).toContain(`\`${method} ${path}\``);
  expect(() => refreshReadme('no marks', results)).toThrow('README.md has lost the mark');
});

test('the published schema of fixtures is as it is (npm run generate mends it)', () => {
  expect(read('fixtures/fixture.schema.json')).toBe(fixtureSchema());
});

test('the fixtures in the README and in the package are fixtures', () => {
  const example = /```json\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
  for (const text of [example, read('fixtures/documentation.json'), read('fixtures/minimal.json')]) {
    expect(() => checkFixture(JSON.parse(text), 'example')).not.toThrow();
  }
});
