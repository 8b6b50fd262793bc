import { useSandbox } from './browser.ts';

const given = useSandbox({ stubs: [{ path: '/hubs', access: 'anyone', respond: () => ({ body: ['crm'] }) }] });

/** Shows the stubs. */
async function goToStubs(): Promise<void> {
  await given.sandbox.tab('Faults').click();
  await given.sandbox.button('Stubs').click();
}

test('the page adds a stub and removes it; the journal names it, and a copied test adds it', async () => {
  const { page, requests } = given.sandbox;
  await goToStubs();
  await page.getByLabel('Method').selectOption('GET');
  await page.getByLabel('Path').fill('/organizations/me');
  await page.getByLabel('Status').fill('203');
  await page.getByLabel('Body, as JSON').fill('{"mine": true');
  await given.sandbox.button('Add stub').click();
  await page.getByText('The body is not JSON.').waitFor();
  expect(given.emulator.stubs.list()).toHaveLength(1);
  await page.getByLabel('Body, as JSON').fill('{"mine": true}');
  await given.sandbox.button('Add stub').click();
  await page.getByText('Added stub 2.').waitFor();
  const card = page.locator('.card').filter({ hasText: 'GET /organizations/me' });
  await card.getByText('203 {"mine":true}').waitFor();
  await card.getByText('no request has matched yet').waitFor();

  await given.sandbox.tab('Console').click();
  await given.sandbox.send('getOrganization');
  await given.sandbox.answer.getByText('203', { exact: true }).waitFor();
  await requests.first().getByText('stub 2').waitFor();
  const test = await given.sandbox.copied('Copy as test');
  expect(test).toContain('emulator.stubs.add({\n    "method": "GET",\n    "path": "/organizations/me",');
  expect(test).toContain('toBe(203)');
  await requests.first().click();
  await page.getByText('response of stub 2').waitFor();
  await page.keyboard.press('Escape');

  await goToStubs();
  await card.getByText('applied to 1 of 1 matched').waitFor();
  await given.sandbox.button('Remove stub 2').click();
  await card.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Active stubs (1)');
  expect(given.emulator.stubs.list()).toHaveLength(1);
  expect(given.sandbox.complaints).toEqual([]);
});

test('the page shows stubs of the start, of others and of functions; those of the start come back at a reset', async () => {
  const { page } = given.sandbox;
  await goToStubs();
  const hubs = page.locator('.card').filter({ hasText: 'any /hubs' });
  await hubs.getByText('a function responds').waitFor();
  await hubs.getByText('no request has matched yet · for anyone · from the start').waitFor();
  given.emulator.stubs.add({ operationId: 'getAccounts', body: [] });
  await page.locator('.card').filter({ hasText: 'getAccounts' }).getByText('200 []').waitFor();
  await given.sandbox.button('Remove all').click();
  await page.getByText('No active stubs').waitFor();
  await given.emulator.reset();
  await hubs.waitFor();
  await given.sandbox.button('Faults').click();
  await given.sandbox.button('Add fault').waitFor();
});
