import { useSandbox } from './browser.ts';

const given = useSandbox();

/** Confirms the question. */
const confirm = (action: string) =>
  given.sandbox.page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();

test('a whole demo: an account, a user, a fault, the journal, and back', async () => {
  const { page, tree, answer, requests } = given.sandbox;
  await given.sandbox.send('createAccount');
  await answer.getByText('200', { exact: true }).waitFor();
  const account = tree.getByRole('treeitem', { name: /Account For Docs.*4030/ });
  await account.waitFor();
  await requests.filter({ hasText: 'POST' }).filter({ hasText: '/accounts' }).filter({ hasText: '200' }).waitFor();

  // The sheet of the account opens the console with its id filled in.
  await account.click();
  await given.sandbox.button('Add a user').click();
  expect(await page.getByLabel('id', { exact: true }).inputValue()).toBe('4030');
  const body = { firstName: 'Demo', lastName: 'User', email: 'demo@customer.example', password: 'Passw0rd!' };
  await page.getByLabel('Request body', { exact: true }).fill(JSON.stringify(body));
  await given.sandbox.button('Send').click();
  await requests.filter({ hasText: '/accounts/4030/users' }).filter({ hasText: '200' }).waitFor();
  await account.getByText('1', { exact: true }).waitFor();

  await given.sandbox.tab('Faults').click();
  await page.getByLabel('Path').fill('/accounts/*');
  await page.getByLabel('Times').fill('1');
  await given.sandbox.button('Add fault').click();
  await page.getByText('no request has matched yet · 1 left').waitFor();
  await given.sandbox.tab('Console').click();
  await given.sandbox.send('getAccounts');
  await answer.getByText('503', { exact: true }).waitFor();
  const failed = requests.filter({ hasText: 'fault 1' });
  await failed.waitFor();
  await failed.click();
  await page.getByText('Fault 1 was applied').first().waitFor();
  await page.keyboard.press('Escape');
  await given.sandbox.tab('Faults').click();
  await page.getByText('applied to 1 of 1 matched · used up').waitFor();

  await given.sandbox.button('Reset').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
  await page.getByText('No requests yet').waitFor();
  await page.getByText('No active faults').waitFor();
  await account.waitFor({ state: 'detached' });
  expect(given.emulator.requests.length).toBe(0);
  expect(given.sandbox.complaints).toEqual([]);
});

test('changes by others appear at once: requests, records, faults, the clock, snapshots', async () => {
  const { page, tree, requests } = given.sandbox;
  const headers = { Authorization: given.emulator.credentials.authorization, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ externalId: 'from-elsewhere' });
  await fetch(`${given.emulator.baseUrl}/accounts`, { method: 'POST', headers, body });
  await tree.getByText('from-elsewhere').waitFor({ timeout: 20_000 });
  await requests.filter({ hasText: 'docs@cloud-elements.com' }).waitFor({ timeout: 20_000 });
  given.emulator.faults.add({ path: '/users', drop: true });
  await given.sandbox.tab('Faults').click();
  await page.getByText('connection dropped').waitFor({ timeout: 20_000 });
  given.emulator.clock.set('2031-05-04T03:02:01Z');
  await page.getByText('2031-05-04', { exact: true }).waitFor({ timeout: 20_000 });
  await fetch(`${given.emulator.url}/__emulator/snapshots`, { method: 'POST', headers, body: '{"name":"elsewhere"}' });
  await given.sandbox.tab('Clock').click();
  await page.getByText('elsewhere', { exact: true }).waitFor({ timeout: 20_000 });
  await given.emulator.reset();
  await page.getByText('No requests yet').waitFor({ timeout: 20_000 });
  await tree.getByText('from-elsewhere').waitFor({ state: 'detached', timeout: 20_000 });
});

test('the page sets, advances and runs the clock, and saves, restores and deletes a snapshot', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Clock').click();
  await given.sandbox.button('30 days').click();
  await page.locator('.clock-face').getByText('2017-08-09 09:30:00').waitFor();
  await page.getByLabel('Save the present state as').fill('a-month-later');
  await given.sandbox.button('Snapshot').click();
  await given.sandbox.button('Restore a-month-later').waitFor();
  await page.getByLabel('Stop at (UTC)').fill('2020-02-29T12:00:00');
  await given.sandbox.button('Stop the clock').click();
  await page.locator('.clock-face').getByText('2020-02-29 12:00:00').waitFor();
  // After the typed time has been set, the field follows the clock again.
  await given.sandbox.button('1 hour').click();
  await page.locator('.clock-face').getByText('2020-02-29 13:00:00').waitFor();
  expect(await page.getByLabel('Stop at (UTC)').inputValue()).toBe('2020-02-29T13:00');
  await given.sandbox.button('Restore a-month-later').click();
  await confirm('Restore');
  await page.locator('.clock-face').getByText('2017-08-09 09:30:00').waitFor();
  await page.getByText('Makes the clock run with this machine’s time.').waitFor();
  await given.sandbox.button('Back to real time').click();
  await page.locator('.clock-face').getByText('running').waitFor();
  await page.getByText('Back to real time: the clock showed 2017-08-09 09:30:00 UTC', { exact: false }).waitFor();
  expect(Math.abs(given.emulator.clock.now().getTime() - Date.now())).toBeLessThan(10_000);
  // Typed text stays while the clock runs.
  const field = page.getByLabel('Stop at (UTC)');
  await field.fill('2019-01-02T03:04:05');
  await page.waitForTimeout(1200);
  expect(await field.inputValue()).toBe('2019-01-02T03:04:05');

  await page.getByLabel('Save the present state as').fill('a-month-later');
  await given.sandbox.button('Snapshot').click();
  await page.getByRole('dialog', { name: 'Replace a-month-later?' }).waitFor();
  await page.keyboard.press('Escape');
  await given.sandbox.button('Delete snapshot a-month-later').click();
  await confirm('Delete');
  await given.sandbox.button('Restore a-month-later').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Snapshots');
  await given.emulator.reset();
});

test('the page says that the clock cannot be moved past its last year', async () => {
  const { page } = given.sandbox;
  given.emulator.clock.set('9999-12-30T00:00:00Z');
  await page.locator('.clock-face').getByText('9999-12-30').waitFor();
  await given.sandbox.button('7 days').click();
  await page.getByText('The clock cannot be moved past the year 9999.').waitFor();
  expect(given.emulator.clock.now().toISOString()).toBe('9999-12-30T00:00:00.000Z');
  await given.emulator.reset();
});

test('the form adds a fault once, with a message; its card counts it until it is used up', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  await page.getByLabel('Path').fill('');
  await page.getByLabel('Times').fill('1');
  await page.getByLabel('Message').fill('m'.repeat(5000));
  // The answer to the first click would enable the second one.
  let letGo = (): void => undefined;
  const clicked = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/__emulator/faults', async (route) => {
    await clicked;
    await route.fallback();
  });
  await given.sandbox.button('Add fault').dblclick();
  letGo();
  await page.getByText(/^Added fault \d+\.$/).waitFor();
  await page.unroute('**/__emulator/faults');
  expect(given.emulator.faults.list()).toHaveLength(1);
  await page.getByText('every request').waitFor();
  expect((await page.locator('.card').boundingBox())?.height).toBeLessThan(160);
  await given.sandbox.button('1 fault on').waitFor();
  await page.getByRole('tab', { name: /^Faults ?1$/ }).waitFor();
  await fetch(`${given.emulator.baseUrl}/accounts`);
  await page.getByRole('heading', { name: 'Used up' }).waitFor();
  await given.sandbox.button('1 fault on').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: /^Faults$/ }).waitFor();
  await given.sandbox.button(/^Remove fault/).click();
  await page.getByRole('heading', { name: 'Used up' }).waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Active faults');
  await page.getByLabel('Message').fill('');
  await given.emulator.reset();
});

test('the form adds a fault after the change, with a raw body; the journal shows what the platform had responded', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  await page.getByLabel('Path').fill('/accounts');
  await page.getByLabel('When').selectOption('after the change');
  await page.getByLabel('Raw body').fill('{"id": ');
  await given.sandbox.button('Add fault').click();
  await page.locator('.card').getByText('503, another body, after the change').waitFor();
  expect(given.emulator.faults.list()).toMatchObject([{ when: 'after', status: 503, rawBody: '{"id": ' }]);
  const answer = await fetch(`${given.emulator.baseUrl}/accounts`);
  expect([answer.status, await answer.text()]).toEqual([503, '{"id": ']);
  await given.sandbox.requests.first().getByText('fault 1 after 401').waitFor();
  await page.getByLabel('When').selectOption('before the change');
  await page.getByLabel('Raw body').fill('');
  await given.emulator.reset();
});

test('the page shows the message of a refused request', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  await page.getByLabel('Path').fill('/accounts?where=x');
  await given.sandbox.button('Add fault').click();
  await page.getByText("Path pattern '/accounts?where=x' has a query", { exact: false }).waitFor();
  expect(given.emulator.faults.list()).toEqual([]);
});

test('the journal is filtered by reasons and failures, and does not guess callers', async () => {
  const { page, requests } = given.sandbox;
  await given.emulator.reset();
  given.emulator.faults.add({ path: '/accounts/*', delayMs: 4000 });
  const headers = { Authorization: given.emulator.credentials.authorization };
  const ask = (path: string) => fetch(`${given.emulator.baseUrl}${path}`, { headers });
  await fetch(`${given.emulator.baseUrl}/accounts`);
  const late = ask('/accounts/4022');
  await requests.first().getByText('waiting').waitFor();
  expect(await requests.first().textContent()).not.toContain('nobody');
  await late;
  await requests.first().getByText('200').waitFor();
  await given.sandbox.button('Failed').click();
  await requests.first().getByText('401').waitFor();
  expect(await requests.count()).toBe(1);
  await given.sandbox.button('Failed').click();
  await page.getByLabel('Filter the journal').fill('no Authorization header');
  await requests.first().getByText('401').waitFor();
  expect(await requests.count()).toBe(1);
  await page.getByLabel('Filter the journal').fill('');
});

test('a reload keeps the tab, the search and the filter', async () => {
  const { page, tree } = given.sandbox;
  await given.sandbox.tab('Clock').click();
  await page.getByLabel(/^Search/).fill('active=false');
  await page.getByLabel('Filter the journal').fill('nothing of this');
  await page.getByText(/users? found/).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Snapshots' }).waitFor();
  await page.getByText(/users? found/).waitFor();
  expect(await page.getByLabel('Filter the journal').inputValue()).toBe('nothing of this');
  await given.sandbox.button('Clear the search').click();
  await tree.waitFor();
});
