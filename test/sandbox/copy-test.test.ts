import { useSandbox } from './browser.ts';
import { runCopied } from './copied.ts';

const given = useSandbox();

test('copied tests of records that were made in the sandbox pass, because they have these records as a fixture', async () => {
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
  expect(copies[2]).toContain('// The fixture has the records as they are after this request.');
  await page.keyboard.press('Escape');
  await given.sandbox.send('deleteAccount', () => page.getByLabel('id', { exact: true }).fill('4030'));
  await answer.getByText('DELETE /accounts/4030').waitFor();
  copies.push(await given.sandbox.copied('Copy as test'));
  expect(copies[1]).toContain('"externalId": "only-here"');
  await runCopied('copied-state', copies);
  expect(given.sandbox.complaints).toEqual([]);
});
