import { useSandbox } from './browser.ts';

const given = useSandbox();

describe('an open sheet', () => {
  const call = (path: string, method: string, body: object) =>
    fetch(`${given.emulator.baseUrl}${path}`, {
      method,
      headers: { Authorization: given.emulator.credentials.authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const dialog = () => given.sandbox.page.getByRole('dialog');

  test('it shows changes, links to the parent record, and says when the record no longer exists', async () => {
    const { page, tree } = given.sandbox;
    await call('/accounts', 'POST', { externalId: 'followed', name: 'Followed' });
    await tree.getByText('Followed').click();
    // The tree marks the change too, for a short time.
    const lit = page.locator('.row.fresh').getByText('Renamed').waitFor({ state: 'attached' });
    await call('/accounts/4030', 'PATCH', { name: 'Renamed' });
    await lit;
    await dialog().getByRole('heading', { name: 'Renamed' }).waitFor();
    await call('/accounts/4030', 'PATCH', { active: false });
    await dialog().getByRole('button', { name: 'Activate…' }).waitFor();
    await given.emulator.reset();
    await dialog().getByText('This account no longer exists.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Add a user' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await tree.getByText('jane@acmedata.com').click();
    await dialog()
      .getByRole('button', { name: /\(156162\)$/ })
      .click();
    await dialog().getByRole('heading', { name: 'Default Account' }).waitFor();
    await dialog()
      .getByRole('button', { name: /Company \(55579\)$/ })
      .click();
    await dialog().getByText('Call as the administrator').waitFor();
    await page.goBack();
    await dialog().waitFor({ state: 'detached' });
  });

  test('its buttons call as an administrator of the organization of the record', async () => {
    const { page, tree } = given.sandbox;
    await tree
      .getByRole('treeitem', { name: /^Other Company/ })
      .locator('.twist')
      .click();
    await tree.getByText('Other Default Account').click();
    await given.sandbox.button('Edit…').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await page.getByLabel('Operation').inputValue()).toBe('updateAccount');
    expect(await page.getByLabel('Call as').inputValue()).toBe('admin@other-company.example');
    // A caller of that organization stays.
    await page.getByLabel('Call as').fill('jane@acmedata.com');
    await tree.getByText('firstlast@cloud-elements.com').click();
    await given.sandbox.button('Edit…').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await page.getByLabel('Call as').inputValue()).toBe('jane@acmedata.com');
    await page.getByLabel('Call as').fill('docs@cloud-elements.com');
  });

  test('another sheet can be opened right after it', async () => {
    const { page, tree } = given.sandbox;
    for (const email of ['docs@cloud-elements.com', 'jane@acmedata.com', 'docs@cloud-elements.com']) {
      await tree.getByText(email).click();
      await dialog().getByText(email).first().waitFor();
      await page.keyboard.press('Escape');
    }
    await tree.getByText('jane@acmedata.com').click();
    await page.waitForTimeout(200);
    expect(await dialog().count()).toBe(1);
    await page.goBack();
    await dialog().waitFor({ state: 'detached' });
    expect(page.url()).toContain(`${given.emulator.url}/__emulator/`);
  });

  test('it activates an inactive record', async () => {
    const { page, tree } = given.sandbox;
    await tree.getByText('Alfaro@mycompany', { exact: false }).click();
    await given.sandbox.button('Activate…').click();
    await dialog().waitFor({ state: 'detached' });
    expect(JSON.parse(await page.getByLabel('Request body', { exact: true }).inputValue())).toEqual({ active: true });
    expect(await page.getByLabel('Operation').inputValue()).toBe('updateUser');
  });

  test('it shows messages', async () => {
    const { page, tree } = given.sandbox;
    await tree.getByText('jane@acmedata.com').click();
    await given.sandbox.button('Copy Authorization header').click();
    await dialog().getByText('Authorization header copied.').waitFor();
    await page.keyboard.press('Escape');
    expect(given.sandbox.complaints).toEqual([]);
  });
});
