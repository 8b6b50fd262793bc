import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureSchema, generatedPages, operationsTable, ownExamples } from '../scripts/generated.ts';
import { checkFixture } from '../src/fixtures/check-fixture.ts';
import { operations } from '../src/platform/operations.ts';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(Object.entries(generatedPages))('%s is as it is generated (npm run generate mends it)', (name, refresh) => {
  const results = JSON.parse(read('bench/results.json'));
  expect(read(name)).toBe(refresh(read(name), results));
  expect(() => refresh('no marks', results)).toThrow('The page has lost the mark');
});

test('what is generated is complete, or fails', () => {
  for (const { method, path } of operations) expect(operationsTable()).toContain(`\`${method} ${path}\``);
  const results = { ...JSON.parse(read('bench/results.json')), rows: [] };
  const page = 'docs/programming-interface.md';
  expect(() => generatedPages[page]?.(read(page), results)).toThrow("bench/results.json has no 'lifecycle'");
  expect(() => generatedPages['README.md']?.(read('README.md'), results)).toThrow("bench/results.json has no 'jest'");
});

test('our own examples are as they are answered (npm run generate mends it)', async () => {
  const own = read('src/openapi/examples/own.json');
  expect(await ownExamples(JSON.parse(own))).toBe(own);
  await expect(ownExamples({ nothing: [] })).rejects.toThrow("own.json has 'nothing', which is no operation.");
});

test('the published schema of fixtures is as it is (npm run generate mends it)', () => {
  expect(read('fixtures/fixture.schema.json')).toBe(fixtureSchema());
});

test.each(['documentation', 'minimal'])('the fixture %s in the package is one', (name) => {
  expect(() => checkFixture(JSON.parse(read(`fixtures/${name}.json`)), 'example')).not.toThrow();
});
