import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { useSandbox } from './browser.ts';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const folder = join(root, 'test-results/copied-state');
const given = useSandbox();

/** Runs copied tests as their reader would. @throws {Error} when one fails. */
async function passes(tests: readonly string[]): Promise<void> {
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

test('tests of records that were made in the sandbox pass: they take the state along', async () => {
  const { page, answer, requests } = given.sandbox;
  const copies: string[] = [];
  await given.sandbox.send('createAccount', () =>
    page.getByLabel('Request body', { exact: true }).fill('{"externalId": "only-here", "name": "Only Here"}'),
  );
  await answer.getByText('"Only Here"').waitFor();
  copies.push(await given.sandbox.copied('Copy as test'));
  await given.sandbox.send('getAccountById', () => page.getByLabel('id', { exact: true }).fill('4030'));
  await answer.getByText('GET /accounts/4030').waitFor();
  copies.push(await given.sandbox.copied('Copy as test'));
  // From the journal, too.
  await requests.first().click();
  copies.push(await given.sandbox.copied('Copy as test'));
  await page.keyboard.press('Escape');
  await given.sandbox.send('deleteAccount', () => page.getByLabel('id', { exact: true }).fill('4030'));
  await answer.getByText('DELETE /accounts/4030').waitFor();
  copies.push(await given.sandbox.copied('Copy as test'));
  expect(copies[1]).toContain('"externalId": "only-here"');
  await passes(copies);
  expect(given.sandbox.complaints).toEqual([]);
});
