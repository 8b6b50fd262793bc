import { useSandbox } from './browser.ts';

const given = useSandbox();

test('the console offers, beside Send, the nearest caller who may', async () => {
  const { page, tree, answer } = given.sandbox;
  await page.getByLabel('Call as').fill('jane@acmedata.com');
  await tree.getByText('Customer Account').first().click();
  await given.sandbox.button('Deactivate…').click();
  await page.getByText('jane@acmedata.com may not call this: user 412 is not an organization administrator.').waitFor();
  await given.sandbox.button('Send as docs@cloud-elements.com').click();
  await answer.getByText('200', { exact: true }).waitFor();
  expect(await page.getByLabel('Call as').inputValue()).toBe('docs@cloud-elements.com');
  await given.sandbox.button(/^Send as/).waitFor({ state: 'detached' });
  expect(given.sandbox.complaints).toEqual([]);
});
