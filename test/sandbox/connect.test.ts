import { useSandbox } from './browser.ts';

const given = useSandbox({
  fixture: {
    organizations: [
      {
        name: 'First',
        accounts: [{ defaultAccount: true, users: [{ email: 'a@first.example', roles: ['org-admin'] }] }],
      },
      {
        name: 'Second',
        accounts: [
          {
            defaultAccount: true,
            users: [{ email: 'a@second.example', roles: ['org-admin'] }, { email: 'b@second.example' }],
          },
        ],
      },
    ],
  },
});
const dialog = () => given.sandbox.page.getByRole('dialog');

test('the header shows the base URL, and copies it', async () => {
  const { page } = given.sandbox;
  await page.getByRole('banner').getByText(given.emulator.baseUrl, { exact: true }).waitFor();
  expect(await given.sandbox.copied('Copy base URL')).toBe(given.emulator.baseUrl);
});

test("the sheet at the top copies the base URL and the administrator's secrets, which it masks", async () => {
  const { page } = given.sandbox;
  const { userSecret, organizationSecret, authorization } = given.emulator.credentials;
  await given.sandbox.button('Base URL and secrets').click();
  await dialog().getByText('First', { exact: true }).waitFor();
  expect(await given.sandbox.copied('Copy base URL')).toBe(given.emulator.baseUrl);
  expect(await given.sandbox.copied('Copy user secret')).toBe(userSecret);
  expect(await given.sandbox.copied('Copy organization secret')).toBe(organizationSecret);
  expect(await given.sandbox.copied('Copy Authorization header')).toBe(authorization);
  expect(await dialog().innerText()).not.toContain(userSecret);
  await given.sandbox.button('Show secrets').click();
  await dialog().getByText(userSecret, { exact: true }).waitFor();
  await dialog().getByText(organizationSecret, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
});

test('the sheet has the secrets of every user, and of their organization', async () => {
  const { page } = given.sandbox;
  await given.sandbox.button('Base URL and secrets').click();
  await page.getByLabel('As which user').fill('b@second.example');
  await dialog().getByText('Second', { exact: true }).waitFor();
  const authorization = given.emulator.authorizationFor('b@second.example');
  expect(await given.sandbox.copied('Copy Authorization header')).toBe(authorization);
  expect(authorization).toContain(await given.sandbox.copied('Copy organization secret'));
  await page.getByLabel('As which user').fill('nobody@second.example');
  await dialog().getByText('no user has this email or id').waitFor();
  expect(await given.sandbox.button('Copy user secret').isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
});

test('the sheet of an organization copies its secret', async () => {
  const { page, tree } = given.sandbox;
  await tree.getByText('Second', { exact: true }).click();
  await dialog().getByRole('region', { name: 'Credentials of the administrator' }).waitFor();
  const secret = await given.sandbox.copied('Copy organization secret');
  expect(given.emulator.authorizationFor('a@second.example')).toContain(secret);
  await page.keyboard.press('Escape');
  expect(given.sandbox.complaints).toEqual([]);
});
