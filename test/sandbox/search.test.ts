import { useSandbox } from './browser.ts';

const given = useSandbox();

const box = () => given.sandbox.page.getByLabel(/^Search (users|accounts) with CEQL$/);

test('finds users by CEQL, and opens one', async () => {
  const { page } = given.sandbox;
  await box().fill("email LIKE '%@acmedata.com'");
  await page.getByText('1 user found').waitFor();
  await page.getByRole('option', { name: /jane@acmedata.com/ }).click();
  await page.getByRole('dialog').getByText('jane@acmedata.com').waitFor();
  await page.keyboard.press('Escape');
  await box().fill('active=false');
  await page.getByText('No users match.').or(page.getByText('found')).first().waitFor();
});

test('finds accounts, and as they change', async () => {
  const { page } = given.sandbox;
  await given.sandbox.button('accounts').click();
  await box().fill("externalId='brand-new'");
  await page.getByText('No accounts match.').waitFor();
  const headers = { Authorization: given.emulator.credentials.authorization, 'Content-Type': 'application/json' };
  await fetch(`${given.emulator.baseUrl}/accounts`, { method: 'POST', headers, body: '{"externalId":"brand-new"}' });
  await page.getByText('1 account found').waitFor({ timeout: 3000 });
});

test.each([
  ["active=tru AND name='x'", 8, 't'],
  ["nosuch='x'", 1, 'n'],
  ['active=', 8, ' '],
  ["(active=true AND name='x'", 26, ' '],
])('%s is wrong at position %d, and shown there', async (where, position, character) => {
  const { page } = given.sandbox;
  await box().fill(where);
  await page.getByText(`Position ${position}:`).waitFor();
  const fault = page.locator('.search-fault');
  expect(await fault.locator('mark').textContent()).toBe(character);
  expect((await fault.locator('code').textContent())?.trim()).toBe(where);
  expect(await box().getAttribute('aria-invalid')).toBe('true');
});

test('Escape empties it, and the tree is back', async () => {
  await box().press('Escape');
  await given.sandbox.tree.waitFor();
  expect(given.sandbox.complaints).toEqual([]);
});
