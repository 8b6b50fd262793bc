import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visible } from '../../src/sandbox/words.ts';
import { useSandbox } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
const given = useSandbox({ dataFile: join(folder, 'data.json') });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['createAccount', 'createAccountUser'])(
  '%s: the second Send of an example makes another record',
  async (id) => {
    const { answer, requests } = given.sandbox;
    await given.sandbox.send(id);
    await answer.getByText('200', { exact: true }).waitFor();
    const before = await requests.count();
    await given.sandbox.button('Send').click();
    await given.sandbox.page.waitForFunction((count) => document.querySelectorAll('.entry').length > count, before);
    expect(given.emulator.requests.all().map(({ status }) => status)).not.toContain(409);
  },
);

test('the console says before Send that there is no role to show, and offers to grant one', async () => {
  const { page, answer } = given.sandbox;
  for (const [id, grant] of [
    ['getAccountRoleByKey', 'grantAccountRole'],
    ['revokeUserRole', 'grantUserRole'],
  ] as const) {
    await page.getByLabel('Operation').selectOption(id);
    await page.getByText('has no role yet, so the answer is 404.', { exact: false }).waitFor();
    await given.sandbox.button('Grant one first').click();
    expect(await page.getByLabel('Operation').inputValue()).toBe(grant);
    await given.sandbox.button('Send').click();
    await answer.getByText('200', { exact: true }).waitFor();
  }
});

test('the console and the journal say the same duration', async () => {
  const { answer, requests } = given.sandbox;
  await given.sandbox.send('getAccounts');
  await answer.getByText('GET /accounts').waitFor();
  const row = requests.first().filter({ has: given.sandbox.page.getByTitle('/accounts', { exact: true }) });
  const duration = (await row.locator('.duration', { hasText: /ms$/ }).textContent()) ?? '';
  await answer.locator('.answer-head').getByText(duration, { exact: true }).waitFor();
});

test('"Skip to the console" leads to its first field', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  await page.getByText('Skip to the console').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'operation');
});

test('a name with a right-to-left override does not turn its row', async () => {
  const { tree, answer, page } = given.sandbox;
  const body = JSON.stringify({ externalId: 'turned', name: 'ab\u202Ecd' });
  await given.sandbox.send('createAccount', () => page.getByLabel('Request body', { exact: true }).fill(body));
  await tree.getByText('ab⟨202E⟩cd').waitFor();
  await answer.getByText('ab⟨202E⟩cd', { exact: false }).waitFor();
});

test('a reset says that it rewrites the data file', async () => {
  const { page } = given.sandbox;
  await given.sandbox.button('Reset').click();
  await page.getByRole('dialog').getByText('The data file is rewritten', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
});

test('a reload keeps the console: the operation, what was typed, and the caller', async () => {
  const { page } = given.sandbox;
  await page.getByLabel('Operation').selectOption('updateAccount');
  await page.getByLabel('id', { exact: true }).fill('4022');
  await page.getByLabel('Request body', { exact: true }).fill('{"name": "kept"}');
  await page.getByLabel('Call as').fill('jane@acmedata.com');
  await given.sandbox.visit();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#caller')?.value === 'jane@acmedata.com');
  expect(await page.getByLabel('Operation').inputValue()).toBe('updateAccount');
  expect(await page.getByLabel('id', { exact: true }).inputValue()).toBe('4022');
  expect(await page.getByLabel('Request body', { exact: true }).inputValue()).toBe('{"name": "kept"}');
  expect(given.sandbox.complaints).toEqual([]);
});

test('the page shows ordinary emoji and scripts as they are, and writes out controls that turn or hide a text', () => {
  for (const text of ['\u{1F469}\u200D\u{1F4BB} Ada', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'])
    expect(visible(text)).toBe(text);
  expect(visible('a\u202Eb\u200Bc\u200Ed\uFEFF')).toBe('a⟨202E⟩b⟨200B⟩c⟨200E⟩d⟨FEFF⟩');
});
