import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { operations } from '../../src/platform/operations.ts';
import { useSandbox } from './browser.ts';
import { runCopied } from './copied.ts';

/** Asynchronous, because the called emulator is in this process. */
const run = promisify(execFile);
const given = useSandbox();

test('the console has every operation, filled in so that it can be sent', async () => {
  const { page, answer } = given.sandbox;
  const ids = await page
    .getByLabel('Operation')
    .locator('option')
    .evaluateAll((options) => options.map((each) => each.getAttribute('value')));
  expect([...ids].sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  const answered: string[] = [];
  for (const id of ids) {
    await given.sandbox.send(id ?? '');
    await answer.locator('.status').first().waitFor();
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    const status = Number(await answer.locator('.status').first().textContent());
    answered.push(`${id} ${status}`);
    // The next operation must not remove the chosen records while the page checks them.
    await given.sandbox.reset();
  }
  // No role is granted there yet, so there is none to show or revoke.
  const refused = ['getAccountRoleByKey 404', 'revokeAccountRole 404', 'revokeUserRole 404'];
  expect(answered.filter((each) => !each.endsWith(' 200'))).toEqual(refused);
}, 240_000);

describe('copy as curl', () => {
  test.each(['getAccounts', 'createAccount', 'getUserByEmailOrId', 'authenticate'])(
    'the copied command of %s runs as it is',
    async (id) => {
      const { page } = given.sandbox;
      await page.getByLabel('Operation').selectOption(id);
      const command = await given.sandbox.copied('Copy as curl');
      const { stdout: output } = await run('bash', ['-c', `${command} --silent --write-out '\n%{http_code}'`]);
      expect(output.split('\n').at(-1)).toBe('200');
      expect(given.emulator.requests.last()).toMatchObject({ operationId: id, status: 200 });
      await given.emulator.reset();
    },
  );

  test('the copied command quotes characters that a shell would interpret', async () => {
    const { page } = given.sandbox;
    await page.getByLabel('Operation').selectOption('createAccount');
    const externalId = 'it\'s $HOME `x` "y" \\ !';
    await page.getByLabel('Request body', { exact: true }).fill(JSON.stringify({ externalId }));
    const { stdout: output } = await run('bash', ['-c', `${await given.sandbox.copied('Copy as curl')} --silent`]);
    expect(JSON.parse(output)).toMatchObject({ externalId });
    await given.emulator.reset();
  });
});

test('a copied test passes in Jest', async () => {
  const { page, answer } = given.sandbox;
  const copies: string[] = [];
  for (const [id, isSent] of [
    ['createAccount', true],
    ['getAccounts', false],
    ['getAccountById', true],
  ] as const) {
    await page.getByLabel('Operation').selectOption(id);
    if (id === 'getAccountById') await page.getByLabel('id', { exact: true }).fill('987654');
    if (id === 'createAccount') await given.sandbox.button('Example').click();
    if (isSent) {
      await given.sandbox.button('Send').click();
      await answer.locator('.status').first().waitFor();
      await page.waitForTimeout(200);
    }
    copies.push(await given.sandbox.copied('Copy as test'));
    await given.emulator.reset();
  }
  expect(copies[0]).toContain('"externalId": "notsorandomId"');
  expect(copies[2]).toContain('No account found with ID 987654');
  for (const secret of Object.values(given.emulator.credentials)) expect(copies.join()).not.toContain(secret);
  await runCopied('copied', copies);
});

test('the console calls as any user: a plain user gets a 401, and the journal has the reason', async () => {
  const { page, answer, requests } = given.sandbox;
  await page.getByLabel('Operation').selectOption('getAccounts');
  await page.getByLabel('Call as').fill('jane@acmedata.com');
  await page.getByText('account 156162').waitFor();
  await given.sandbox.button('Send').click();
  await answer.getByText('401', { exact: true }).waitFor();
  const row = requests.first();
  await row
    .getByText(/is no organization administrator|has not the role|only/i)
    .or(row.locator('.why'))
    .first()
    .waitFor();
  await row.click();
  await page.getByRole('dialog').getByText('Why 401:').waitFor();
  expect(await page.getByRole('dialog').locator('.callout').first().textContent()).toContain(
    given.emulator.requests.last()?.reason,
  );
  await page.keyboard.press('Escape');

  await page.getByLabel('Call as').fill('');
  await given.sandbox.button('Send').click();
  await requests.first().getByText('no Authorization header').waitFor();
  await page.getByLabel('Call as').fill('nobody@nowhere.example');
  await page.getByText('no user has this email or id').waitFor();
  await given.sandbox.button('Send').click();
  await answer.getByText("No user found for 'nobody@nowhere.example'.").waitFor();
  await page.getByLabel('Call as').fill('docs@cloud-elements.com');
});

test('the console waits for a delayed response until it is canceled, and reports a dropped connection', async () => {
  const { page, answer, requests } = given.sandbox;
  given.emulator.faults.add({ path: '/accounts', delayMs: 20_000, times: 1 });
  // The browser repeats the request by itself, so the fault drops every attempt.
  given.emulator.faults.add({ path: '/accounts', drop: true, method: 'GET' });
  await given.sandbox.send('getAccounts');
  await requests.first().getByText('waiting').waitFor();
  await given.sandbox.button('Cancel').click();
  await answer.getByText('You canceled the request', { exact: false }).waitFor();
  await given.sandbox.button('Send').click();
  await answer.getByText('No response: fault 2 dropped the connection.', { exact: false }).waitFor();
  await requests.first().getByText('dropped', { exact: true }).waitFor();
  await given.emulator.reset();
  await page.getByText('No requests yet').waitFor();
});

test('the console marks a body that is not JSON, and sends it anyway', async () => {
  const { page, answer } = given.sandbox;
  await page.getByLabel('Operation').selectOption('createAccount');
  await page.getByLabel('Request body', { exact: true }).fill('{"externalId": ');
  await page.getByText('Not valid JSON, but sent as it is:', { exact: false }).waitFor();
  await given.sandbox.button('Send').click();
  await answer.getByText('400', { exact: true }).waitFor();
  await given.sandbox.button('Example').click();
  expect(await page.getByLabel('Request body', { exact: true }).inputValue()).toContain('notsorandomId');
  expect(given.sandbox.complaints).toEqual([]);
});

test('the console keeps the typed text when the caller changes, and when the user returns to the operation', async () => {
  const { page, tree } = given.sandbox;
  await page.getByLabel('Operation').selectOption('createAccount');
  const typed = '{"externalId": "typed-here"}';
  await page.getByLabel('Request body', { exact: true }).fill(typed);
  await tree.getByText('jane@acmedata.com').click();
  await given.sandbox.button('Call as this user').click();
  expect(await page.getByLabel('Request body', { exact: true }).inputValue()).toBe(typed);
  await page.getByLabel('Operation').selectOption('getAccounts');
  await page.getByLabel('Operation').selectOption('createAccount');
  expect(await page.getByLabel('Request body', { exact: true }).inputValue()).toBe(typed);
  await given.sandbox.button('Example').click();
  expect(await page.getByLabel('Request body', { exact: true }).inputValue()).toContain('notsorandomId');
});

test('a response shows its request, its caller and the reason; a copied test expects only the response to its own caller', async () => {
  const { page, answer } = given.sandbox;
  await page.getByLabel('Call as').fill('docs@cloud-elements.com');
  await given.sandbox.send('getAccounts');
  await answer.getByText('200', { exact: true }).waitFor();
  await answer.getByText('GET /accounts as docs@cloud-elements.com').waitFor();
  expect(await given.sandbox.copied('Copy as test')).not.toContain('// It was not sent');
  await page.getByLabel('Call as').fill('412');
  await answer.getByText('Earlier request: GET /accounts as docs@cloud-elements.com').waitFor();
  expect(await given.sandbox.copied('Copy as test')).toContain('// It was not sent');
  await given.sandbox.button('Send').click();
  await answer.getByText('Why 401: user 412 is not an organization administrator').waitFor();
  expect(await given.sandbox.copied('Copy as test')).toContain('expect(answer.status).toBe(401);');
  await page.getByLabel('Call as').fill('docs@cloud-elements.com');
});

test('a copied test of a response by a fault adds the fault', async () => {
  const { answer } = given.sandbox;
  const id = given.emulator.faults.add({ path: '/accounts', status: 503, after: 0 });
  await given.sandbox.send('getAccounts');
  await answer.getByText('503', { exact: true }).waitFor();
  await given.sandbox.requests.first().getByText(`fault ${id}`).waitFor();
  // The page loads faults and journal independently of each other.
  await given.sandbox.button('1 fault on').waitFor();
  const test = await given.sandbox.copied('Copy as test');
  expect(test).toContain('emulator.faults.add({\n    "path": "/accounts",\n    "status": 503\n  });');
  expect(test).toContain('toBe(503)');
  given.emulator.faults.remove(id);
});

test('the console copies masked values as they are shown', async () => {
  const { answer } = given.sandbox;
  const { userSecret } = given.emulator.credentials;
  await given.sandbox.send('getSecrets');
  await answer.getByText('200', { exact: true }).waitFor();
  expect(await given.sandbox.copied('Copy')).not.toContain(userSecret);
  await given.sandbox.button('Show secrets').click();
  expect(await given.sandbox.copied('Copy')).toContain(userSecret);
});
