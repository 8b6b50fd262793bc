import { useSandbox } from './browser.ts';

const given = useSandbox();
const dialog = () => given.sandbox.page.getByRole('dialog');
const form = () => dialog().getByRole('form', { name: 'Privileges of default-user' });

/** The status of a call as jane, who has no role but `org`. */
async function statusAsJane(path: string): Promise<number> {
  const headers = { Authorization: given.emulator.authorizationFor('jane@acmedata.com') };
  return (await fetch(given.emulator.baseUrl + path, { headers })).status;
}

async function openOrganization(): Promise<void> {
  await given.sandbox.tree.getByText("Claude's Company").click();
  await dialog().getByText('Roles and their privileges').waitFor();
}

test('an open sheet of an organization makes no request to the platform', async () => {
  await openOrganization();
  await dialog().getByText('Organization Administrator').waitFor();
  expect(given.emulator.requests.all()).toEqual([]);
  await given.sandbox.page.keyboard.press('Escape');
});

test('the privileges of a role are shown, and a change of them counts for its users', async () => {
  const { page } = given.sandbox;
  expect(await statusAsJane('/organizations/users')).toBe(401);
  await openOrganization();
  await dialog().locator('summary').filter({ hasText: 'Organization User' }).click();
  const ticks = dialog().getByRole('form', { name: 'Privileges of org', exact: true });
  expect(await ticks.getByRole('checkbox', { checked: true }).count()).toBe(15);
  expect(await ticks.getByText('Save privileges').isDisabled()).toBe(true);
  await ticks.getByLabel('viewUsersOrg').check();
  await ticks.getByText('Save privileges').click();
  await dialog().getByText('Saved the privileges of Organization User.').waitFor();
  expect(await statusAsJane('/organizations/users')).toBe(200);
  // The form shows what is saved, and the journal has the request.
  expect(await ticks.getByRole('checkbox', { checked: true }).count()).toBe(16);
  expect(given.emulator.requests.last('PUT /organizations/roles/{id}')?.status).toBe(200);
  await given.sandbox.button('Back to the catalog’s privileges').click();
  await dialog().getByText('All roles have the privileges of the catalog.').waitFor();
  expect(await statusAsJane('/organizations/users')).toBe(401);
  await page.keyboard.press('Escape');
});

test('a privilege that the platform refuses is told in its words', async () => {
  await openOrganization();
  await dialog().locator('summary').filter({ hasText: 'Default User' }).click();
  await form().getByLabel('intelligence').check();
  await form().getByText('Save privileges').click();
  await dialog().getByText("403: User can not add the 'intelligence' privilege to the 'default-user' role.").waitFor();
  await given.sandbox.page.keyboard.press('Escape');
});

test('the password policy is shown and changed; only what was changed is sent', async () => {
  const { page } = given.sandbox;
  await openOrganization();
  await dialog().getByText('At least 1 character · 0 upper-case · 0 lower-case · 0 digits · 0 symbols').click();
  await page.getByLabel('Digits, at least').fill('2');
  await given.sandbox.button('Save policy').click();
  await dialog().getByText('Saved the password policy.').waitFor();
  await dialog().getByText('At least 1 character · 0 upper-case · 0 lower-case · 2 digits · 0 symbols').waitFor();
  expect(given.emulator.requests.last('updatePasswordPolicy')?.body).toEqual({ minNumbers: 2 });
  await page.getByLabel('Characters, at least').fill('3');
  await given.sandbox.button('Save policy').click();
  await dialog()
    .getByText(/^400: .*minLength/)
    .waitFor();
  await given.sandbox.button('Back to the default').click();
  await dialog().getByText('At least 8 characters · 1 upper-case · 1 lower-case · 1 digit · 1 symbol').waitFor();
  await page.keyboard.press('Escape');
  expect(given.sandbox.complaints).toEqual([]);
});
