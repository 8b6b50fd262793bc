import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  examplesFile,
  fixtureSchema,
  generatedPages,
  operationIdsModule,
  operationsTable,
} from '../scripts/generated.ts';
import { checkFixture } from '../src/fixtures/check-fixture.ts';
import { examples } from '../src/platform/examples.ts';
import { operations } from '../src/platform/operations.ts';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(Object.entries(generatedPages))('%s is up to date (npm run generate updates it)', (name, refresh) => {
  const results = JSON.parse(read('bench/results.json'));
  expect(read(name)).toBe(refresh(read(name), results));
  expect(() => refresh('no marks', results)).toThrow('The page has lost the mark');
});

test('generated tables are complete, or generating fails', () => {
  for (const { method, path } of operations) expect(operationsTable()).toContain(`\`${method} ${path}\``);
  const results = { ...JSON.parse(read('bench/results.json')), rows: [] };
  const page = 'docs/programming-interface.md';
  expect(() => generatedPages[page]?.(read(page), results)).toThrow("bench/results.json has no 'lifecycle'");
  expect(() => generatedPages['README.md']?.(read('README.md'), results)).toThrow(
    "bench/results.json has no 'suite-200-intercepted-msw'",
  );
});

test('the list of operationIds is up to date (npm run generate updates it)', () => {
  expect(read('src/platform/operation-ids.ts')).toBe(operationIdsModule());
});

const exampleFiles = readdirSync(join(root, 'src/platform'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('examples.json'))
  .map((name) => `src/platform/${name}`);

test.each(exampleFiles)('our own examples in %s are up to date (npm run generate updates them)', async (name) => {
  const written = read(name);
  expect(await examplesFile(JSON.parse(written))).toBe(written);
});

test('every operation has examples, and every example an operation', () => {
  const written = exampleFiles.flatMap((name) => Object.entries(JSON.parse(read(name))));
  const rows = operations.map(({ operationId }) => [operationId, examples[operationId]]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(rows));
  expect(written).toHaveLength(rows.length);
});

test('an example of an unknown operation is an error', async () => {
  await expect(examplesFile({ nothing: [] })).rejects.toThrow(
    "There are examples of 'nothing', which is not an operation.",
  );
});

test('the published schema of fixtures is up to date (npm run generate updates it)', () => {
  expect(read('fixtures/fixture.schema.json')).toBe(fixtureSchema());
});

test.each(['documentation', 'minimal'])('the fixture %s of the package is valid', (name) => {
  expect(() => checkFixture(JSON.parse(read(`fixtures/${name}.json`)), 'example')).not.toThrow();
});
