import { useSandbox } from './browser.ts';

const given = useSandbox();
const dialog = () => given.sandbox.page.getByRole('dialog');
const field = () => given.sandbox.page.getByLabel('Search the operations');
const picked = () => given.sandbox.page.locator('#operation').inputValue();
beforeEach(() => given.sandbox.button('Find…').click());
afterEach(() => given.sandbox.page.keyboard.press('Escape'));

test('the list has every operation with what it does', async () => {
  await dialog().getByText('43 operations').waitFor();
  expect(await dialog().getByRole('listitem').count()).toBe(43);
  await dialog().getByText('Find the accounts of the organization').first().waitFor();
});

test.each([
  ['an operationId', 'GRANTuserROLE', 'grantUserRole'],
  ['a path and a method', 'put /organizations/password-policies', 'updatePasswordPolicy'],
  ['what it does', 'default password policy', 'deletePasswordPolicy'],
  ['what its description says', 'all changes of their privileges', 'resetOrganizationRoles'],
])('the list is searched by %s', async (_what, words, id) => {
  await field().fill(words);
  await dialog().getByText('1 operation', { exact: true }).waitFor();
  expect(await dialog().getByRole('listitem').count()).toBe(1);
  await dialog().getByRole('listitem').getByRole('button').click();
  await dialog().waitFor({ state: 'detached' });
  expect(await picked()).toBe(id);
});

test('Enter picks the first one found, and leads to the console', async () => {
  const { page } = given.sandbox;
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  await page.keyboard.type('secret reset');
  await page.keyboard.press('Enter');
  await dialog().waitFor({ state: 'detached' });
  expect(await picked()).toBe('resetUserSecret');
  await page.waitForFunction(() => document.activeElement?.id === 'operation');
});

test('what nothing has is told', async () => {
  await field().fill('webhooks');
  await dialog().getByText('0 operations').waitFor();
  await given.sandbox.page.keyboard.press('Enter');
  expect(given.sandbox.complaints).toEqual([]);
});
