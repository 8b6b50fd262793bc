import { useSandbox } from './browser.ts';

const given = useSandbox();

const box = () => given.sandbox.page.getByLabel(/^Search (users|accounts)$/);

test('the search finds users by CEQL, and opens one', async () => {
  const { page } = given.sandbox;
  await box().fill("email LIKE '%@acmedata.com'");
  await page.getByText('1 user found').waitFor();
  await page.getByRole('option', { name: /jane@acmedata.com/ }).click();
  await page.getByRole('dialog').getByText('jane@acmedata.com').waitFor();
  await page.keyboard.press('Escape');
  await box().fill('active=false');
  await page.getByText('No users match.').or(page.getByText('found')).first().waitFor();
});

test.each([
  ['jane', /jane@acmedata\.com/],
  ['JANE acme', /jane@acmedata\.com/],
  ['jane@acmedata.com', /jane@acmedata\.com/],
  ['412', /jane@acmedata\.com/],
  ['41', /jane@acmedata\.com/],
])('the words %s find a user', async (text, found) => {
  const { page } = given.sandbox;
  await box().fill(text);
  await page.getByRole('option', { name: found }).waitFor();
  expect(await page.locator('.search-fault').count()).toBe(0);
});

test.each(['no-such-word', "o'brien", "it''s (", '% _', 'is not', 'name like', '"quoted'])(
  'the words %s find nothing, without an issue',
  async (text) => {
    const { page } = given.sandbox;
    await box().fill(`${text} zzz`);
    await page.getByText('No users match.').waitFor();
    expect(await page.locator('.search-fault').count()).toBe(0);
  },
);

test('the search offers the accounts that the words find, when no user has them', async () => {
  const { page } = given.sandbox;
  await box().fill('customer account');
  await given.sandbox.button('1 account found').click();
  await page.getByRole('option', { name: /Customer Account/ }).waitFor();
  await given.sandbox.button('users').click();
});

test('the search shows its examples only while it has the focus', async () => {
  const { page } = given.sandbox;
  await box().fill('');
  const example = given.sandbox.button('active=false');
  await example.waitFor();
  await page.getByLabel('Call as').focus();
  await example.waitFor({ state: 'hidden' });
  await box().focus();
  await example.click();
  await page.getByText(/users? found/).waitFor();
  await box().fill('');
});

test('the search finds accounts, and shows their changes', async () => {
  const { page } = given.sandbox;
  await given.sandbox.button('accounts').click();
  await box().fill("externalId='brand-new'");
  await page.getByText('No accounts match.').waitFor();
  const headers = { Authorization: given.emulator.credentials.authorization, 'Content-Type': 'application/json' };
  await fetch(`${given.emulator.baseUrl}/accounts`, { method: 'POST', headers, body: '{"externalId":"brand-new"}' });
  await page.getByText('1 account found').waitFor({ timeout: 20_000 });
});

test.each([
  ["active=tru AND name='x'", 8, 't'],
  ["nosuch='x'", 1, 'n'],
  ['active=', 8, ' '],
  ['email like', 11, ' '],
  ["(active=true AND name='x'", 26, ' '],
  [`name='${'x'.repeat(100)}' AND nosuch=1`, 113, 'n'],
])('%s is wrong at position %d, and shown there', async (where, position, character) => {
  const { page } = given.sandbox;
  await box().fill(where);
  await page.getByText(`Position ${position}:`).waitFor();
  const fault = page.locator('.search-fault');
  expect(await fault.locator('mark').textContent()).toBe(character);
  // Of a long expression, the page shows the part around the mark.
  const shown = where.length > 60 ? `…${where.slice(-28)}` : where;
  expect((await fault.locator('code').textContent())?.trim()).toBe(shown);
  expect(await box().getAttribute('aria-invalid')).toBe('true');
});

test('the search lists its fields on request, and is cleared by its cross', async () => {
  const { page, tree } = given.sandbox;
  await box().fill("nosuch='x'");
  await page.getByText("field 'nosuch' cannot be searched.").waitFor();
  expect(await page.getByText('stateProvince').isVisible()).toBe(false);
  await page.getByText('What can be searched').click();
  await page.getByText('externalId', { exact: false }).first().waitFor();
  await given.sandbox.button('Clear the search').click();
  await tree.waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
});

test('results show the organization, and focused elements are visible', async () => {
  const { page } = given.sandbox;
  const cutOff = () =>
    page
      .locator('.search-options')
      .evaluate(
        (options) =>
          [...options.querySelectorAll('button')].filter(
            (button) => button.getBoundingClientRect().bottom > options.getBoundingClientRect().bottom,
          ).length,
      );
  expect(await cutOff()).toBe(0);
  await given.sandbox.button('accounts').click();
  await box().fill("externalId='admin@other-company.example'");
  await page.getByText(/· Other Company · 1 user$/).waitFor();
});

test('Escape empties the search and brings the tree back', async () => {
  await box().press('Escape');
  await given.sandbox.tree.waitFor();
  expect(given.sandbox.complaints).toEqual([]);
});
