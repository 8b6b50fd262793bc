import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { useSandbox } from './browser.ts';

const run = promisify(execFile);
const received: Record<string, unknown>[] = [];
const given = useSandbox({
  stubs: [
    {
      operationId: 'getOrganization',
      respond: ({ headers }, proceed) => {
        received.push({ ...headers });
        return proceed();
      },
    },
  ],
});
const headerField = () => given.sandbox.page.getByLabel('Further headers, one on each line');
const credentials = () => given.sandbox.page.getByLabel('Credentials', { exact: true });
beforeAll(() => given.sandbox.page.getByText('Further headers, wrong secrets').click());
beforeEach(async () => {
  received.length = 0;
  await headerField().fill('');
  await credentials().selectOption('');
});

test('the console sends further headers, and copies them as curl and as a test', async () => {
  await given.sandbox.send('getOrganization', () => headerField().fill('X-Request-Id: 42\n\naccept-language: fr'));
  await given.sandbox.answer.getByText('200', { exact: true }).waitFor();
  expect(received).toEqual([expect.objectContaining({ 'x-request-id': '42', 'accept-language': 'fr' })]);
  await run('bash', ['-c', `${await given.sandbox.copied('Copy as curl')} --silent`]);
  expect(received[1]).toMatchObject({ 'x-request-id': '42', 'accept-language': 'fr' });
  expect(await given.sandbox.copied('Copy as test')).toContain("'X-Request-Id': '42', 'accept-language': 'fr'");
});

test('a typed header replaces the one of the console', async () => {
  await given.sandbox.send('createAccount', () => headerField().fill('content-type: text/plain'));
  await given.sandbox.answer.getByText('415', { exact: true }).waitFor();
});

test.each([
  ['a header without a colon', 'X: 1\nnonsense', 'Line 2 is not a header: write it as Name: value.', true],
  ['a value that no header can have', 'X: 日本', 'Line 1 has characters that a header cannot have.', true],
  ['a header that browsers set', 'Host: example.com', 'Browsers send their own Host', false],
])('the console says what is wrong with %s', async (_what, text, note, isRefused) => {
  const { page } = given.sandbox;
  await headerField().fill(text);
  await page.getByText(note, { exact: false }).waitFor();
  expect(await given.sandbox.button('Send').isDisabled()).toBe(isRefused);
});

test.each([
  ['user', 'with a wrong user secret'],
  ['organization', 'with a wrong organization secret'],
])('a wrong %s secret is a 401 with its reason', async (which, label) => {
  const { answer } = given.sandbox;
  await given.sandbox.send('getOrganization', () => credentials().selectOption(label));
  await answer.getByText('401', { exact: true }).waitFor();
  await answer.getByText(`GET /organizations/me as docs@cloud-elements.com ${label}`).waitFor();
  await answer.getByText('Why 401:').waitFor();
  expect(given.emulator.requests.last()?.reason).toContain(`${which} `);
  const test = await given.sandbox.copied('Copy as test');
  expect(test).toMatch(
    which === 'user'
      ? /authorizationFor\('docs@cloud-elements\.com'\)\.replace\(\/User \[\^,\]\*\/, 'User wrong-secret'\)/
      : /authorizationFor\('docs@cloud-elements\.com'\)\.replace\(\/Organization \.\*\/, 'Organization wrong-secret'\)/,
  );
  expect(test).toContain('toBe(401)');
  const { stdout } = await run('bash', ['-c', `${await given.sandbox.copied('Copy as curl')} --silent`]);
  expect(stdout).toContain('Invalid Organization or User secret');
});

test('a typed Authorization header goes in place of the credentials, and a reload forgets it', async () => {
  const { answer, page } = given.sandbox;
  await given.sandbox.send('getOrganization', () => headerField().fill('authorization: User nobody'));
  await answer.getByText('GET /organizations/me with its own Authorization header').waitFor();
  await answer.getByText('401', { exact: true }).waitFor();
  expect(received).toEqual([]);
  await given.sandbox.visit();
  await page.getByText('Further headers, wrong secrets').click();
  expect(await headerField().inputValue()).toBe('');
});

test('an action of a record starts without them', async () => {
  const { page, tree } = given.sandbox;
  await headerField().fill('X: 1');
  await credentials().selectOption('user');
  await tree.getByText('jane@acmedata.com').click();
  await given.sandbox.button('Edit…').click();
  await page.waitForFunction(() => document.activeElement?.id === 'operation');
  expect(await headerField().inputValue()).toBe('');
  expect(await credentials().inputValue()).toBe('');
  expect(given.sandbox.complaints).toEqual([]);
});
