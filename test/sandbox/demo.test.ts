import { useSandbox } from './browser.ts';

const given = useSandbox();

test('a whole demo: an account, a user, a fault, the journal, and back', async () => {
  const { page, tree, answer, requests } = given.sandbox;
  await given.sandbox.send('createAccount');
  await answer.getByText('200', { exact: true }).waitFor();
  const account = tree.getByRole('treeitem', { name: /Account For Docs.*4030/ });
  await account.waitFor();
  await requests.filter({ hasText: 'POST' }).filter({ hasText: '/accounts' }).filter({ hasText: '200' }).waitFor();

  // The sheet of the account leads to the console, with its id filled in.
  await account.click();
  await given.sandbox.button('Add a user').click();
  expect(await page.getByLabel('id', { exact: true }).inputValue()).toBe('4030');
  const body = { firstName: 'Demo', lastName: 'User', email: 'demo@customer.example', password: 'Passw0rd!' };
  await page.getByLabel('Body', { exact: true }).fill(JSON.stringify(body));
  await given.sandbox.button('Send').click();
  await requests.filter({ hasText: '/accounts/4030/users' }).filter({ hasText: '200' }).waitFor();
  await account.getByText('1', { exact: true }).waitFor();

  await given.sandbox.tab('Faults').click();
  await page.getByLabel('Path').fill('/accounts/*');
  await page.getByLabel('Times').fill('1');
  await given.sandbox.button('Add fault').click();
  await page.getByText('no request has matched yet · 1 to go').waitFor();
  await given.sandbox.tab('Console').click();
  await given.sandbox.send('getAccounts');
  await answer.getByText('503', { exact: true }).waitFor();
  const failed = requests.filter({ hasText: 'fault 1' });
  await failed.waitFor();
  await failed.click();
  await page.getByText('fault 1 was applied').waitFor();
  await page.keyboard.press('Escape');
  await given.sandbox.tab('Faults').click();
  await page.getByText('applied 1 of 1 matched · used up').waitFor();

  await given.sandbox.button('Reset').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
  await page.getByText('Nothing has been asked yet.').waitFor();
  await page.getByText('Nothing is to go wrong.').waitFor();
  await account.waitFor({ state: 'detached' });
  expect(given.emulator.requests.length).toBe(0);
  expect(given.sandbox.complaints).toEqual([]);
});

test('what others do appears at once: requests, records, faults, the clock, snapshots', async () => {
  const { page, tree, requests } = given.sandbox;
  const headers = { Authorization: given.emulator.credentials.authorization, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ externalId: 'from-elsewhere' });
  await fetch(`${given.emulator.baseUrl}/accounts`, { method: 'POST', headers, body });
  await tree.getByText('from-elsewhere').waitFor({ timeout: 2000 });
  await requests.filter({ hasText: 'docs@cloud-elements.com' }).waitFor({ timeout: 2000 });
  given.emulator.faults.add({ path: '/users', drop: true });
  await given.sandbox.tab('Faults').click();
  await page.getByText('connection dropped').waitFor({ timeout: 2000 });
  given.emulator.clock.set('2031-05-04T03:02:01Z');
  await page.getByText('2031-05-04', { exact: true }).waitFor({ timeout: 2000 });
  await fetch(`${given.emulator.url}/__emulator/snapshots`, { method: 'POST', headers, body: '{"name":"elsewhere"}' });
  await given.sandbox.tab('Time').click();
  await page.getByText('elsewhere', { exact: true }).waitFor({ timeout: 2000 });
  await given.emulator.reset();
  await page.getByText('Nothing has been asked yet.').waitFor({ timeout: 2000 });
  await tree.getByText('from-elsewhere').waitFor({ state: 'detached', timeout: 2000 });
});

test('the clock is set, moved and let run; a snapshot is kept, restored and deleted', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Time').click();
  await given.sandbox.button('30 days').click();
  await page.locator('.clock-face').getByText('2017-08-09 09:30:00').waitFor();
  await page.getByLabel('Keep the present moment as').fill('a-month-later');
  await given.sandbox.button('Snapshot').click();
  await page.getByLabel('Stop it at (UTC)').fill('2020-02-29T12:00:00');
  await given.sandbox.button('Stop there').click();
  await page.locator('.clock-face').getByText('2020-02-29 12:00:00').waitFor();
  await given.sandbox.button('Restore a-month-later').click();
  await page.locator('.clock-face').getByText('2017-08-09 09:30:00').waitFor();
  await given.sandbox.button('Let it run').click();
  await page.locator('.clock-face').getByText('running').waitFor();
  expect(Math.abs(given.emulator.clock.now().getTime() - Date.now())).toBeLessThan(10_000);
  await given.sandbox.button('Delete snapshot a-month-later').click();
  await given.sandbox.button('Restore a-month-later').waitFor({ state: 'detached' });
  await given.emulator.reset();
});

test('what the emulator refuses is said', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  await page.getByLabel('Path').fill('/accounts?where=x');
  await given.sandbox.button('Add fault').click();
  await page.getByText("Path pattern '/accounts?where=x' has a query", { exact: false }).waitFor();
  expect(given.emulator.faults.list()).toEqual([]);
});
