import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Emulator } from '../../src/index.ts';
import { freePort } from '../support/free-port.ts';
import { findings } from './axe.ts';
import { closeBrowser, open, start } from './browser.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await start();
});
afterEach(() => emulator.close());
afterAll(closeBrowser);

test('the page masks secrets until the user reveals them', async () => {
  const sandbox = await open(emulator);
  const { page, tree, answer } = sandbox;
  const { userSecret, organizationSecret } = emulator.credentials;
  const text = () => page.evaluate(() => document.body.innerText);
  await sandbox.send('getOrganization');
  await answer.getByText('200', { exact: true }).waitFor();
  await tree.getByText('docs@cloud-elements.com').click();
  await page.getByRole('dialog').getByText('Credentials').first().waitFor();
  for (const secret of [userSecret, organizationSecret]) expect(await text()).not.toContain(secret);

  await page.getByRole('dialog').getByRole('button', { name: 'Show secrets' }).click();
  await page.getByText(userSecret).waitFor();
  expect(await text()).toContain(organizationSecret);
  await sandbox.button('Hide secrets').click();
  expect(await text()).not.toContain(userSecret);
  await page.keyboard.press('Escape');
  await answer.getByRole('button', { name: 'Show secrets' }).click();
  await answer.getByText(organizationSecret).waitFor();
  // The next answer is masked again.
  await sandbox.button('Send').click();
  await answer.getByRole('button', { name: 'Show secrets' }).waitFor();
  expect(await text()).not.toContain(organizationSecret);
  await sandbox.close();
});

test('the page calls no other host, and runs no other script', async () => {
  const sandbox = await open(emulator);
  await sandbox.send('getAccounts');
  await sandbox.answer.getByText('200', { exact: true }).waitFor();
  expect([...new Set(sandbox.urls.map((url) => new URL(url).origin))]).toEqual([emulator.url]);
  const { headers } = await fetch(`${emulator.url}/__emulator/`);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  await sandbox.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.isFoul = true';
    document.body.append(script);
  });
  expect(await sandbox.page.evaluate(() => Reflect.has(window, 'isFoul'))).toBe(false);
  // That script caused the only error.
  expect(sandbox.complaints).toHaveLength(1);
  await sandbox.close();
});

test('an open page calls no operation of the platform', async () => {
  const sandbox = await open(emulator);
  await sandbox.page.waitForTimeout(300);
  expect(emulator.requests.all()).toEqual([]);
  await sandbox.close();
});

test('the page has at most 55 kB, compressed', () => {
  const folder = join(__dirname, '../../dist/sandbox');
  const files = readdirSync(folder).map((file): [string, number] => [
    file,
    gzipSync(readFileSync(join(folder, file))).length,
  ]);
  process.stdout.write(`the page, gzipped, in bytes: ${JSON.stringify(Object.fromEntries(files))}\n`);
  expect(files.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(55_000);
});

test('no module of the package has a part of the page', () => {
  const folder = join(__dirname, '../../dist');
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[cm]?js$/.test(file));
  const inPage = (file: string) => readFileSync(join(folder, file), 'utf8').includes('Skip to the console');
  expect(modules.length).toBeGreaterThan(5);
  expect(modules.filter(inPage)).toEqual(['sandbox/app.js']);
});

test('the page says that the emulator cannot be reached, and continues when it is back', async () => {
  await emulator.close();
  const port = await freePort();
  emulator = await start({ port });
  const sandbox = await open(emulator);
  const { page, tree } = sandbox;
  await emulator.close();
  await page.getByText('The emulator cannot be reached.').waitFor();
  await page.getByText('Reconnecting').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.waitForTimeout(1500);
  emulator = await start({ port, fixture: 'minimal' });
  await page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 });
  await page.getByText('The emulator cannot be reached.').waitFor({ state: 'detached' });
  // The new emulator has another fixture.
  await tree.getByText("Claude's Company").waitFor({ state: 'detached' });
  await sandbox.send('getAccounts');
  await sandbox.requests.first().getByText('/accounts').waitFor();
  await sandbox.close();
});

test('the page says that too many pages are open, and continues when one of them is closed', async () => {
  const sandbox = await open(emulator);
  const { page } = sandbox;
  const abort = new AbortController();
  const listen = () => fetch(`${emulator.url}/__emulator/events`, { signal: abort.signal });
  await Promise.all(Array.from({ length: 49 }, listen));
  await page.goto('about:blank');
  // Another listener takes the page's place as soon as it is free.
  for (let status = 503; status !== 200; ) ({ status } = await listen());
  await page.goto(`${emulator.url}/__emulator/`);
  await page.getByText('Too many pages are open.').waitFor();
  expect(await findings(page)).toEqual([]);
  abort.abort();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('Too many pages are open.').waitFor({ state: 'detached' });
  await sandbox.close();
});

test('a hidden page closes its connection, and is up to date when it is visible again', async () => {
  const sandbox = await open(emulator);
  const { page, tree } = sandbox;
  const see = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/__emulator/events'));
  await see(true);
  await page.getByText('Connecting').waitFor();
  await ended;
  const headers = { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' };
  await fetch(`${emulator.baseUrl}/accounts`, { method: 'POST', headers, body: '{"externalId":"unseen"}' });
  await see(false);
  await tree.getByText('unseen').waitFor();
  await sandbox.close();
});
