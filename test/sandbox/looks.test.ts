import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/index.ts';
import { findings } from './axe.ts';
import { closeBrowser, open, start } from './browser.ts';

const root = join(__dirname, '../..');
const folder = process.env.SCREENSHOTS_DIR ?? join(root, 'test-results/screenshots');

let emulator: Emulator;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  emulator = await start();
});
afterAll(async () => {
  await closeBrowser();
  await emulator.close();
});

/** Fills the page: requests of every kind, faults, a snapshot. */
async function furnish(): Promise<void> {
  await emulator.reset();
  const headers = { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' };
  const call = (path: string, method = 'GET', body?: object, given = headers) =>
    fetch(`${emulator.baseUrl}${path}`, { method, headers: given, ...(body && { body: JSON.stringify(body) }) }).catch(
      () => undefined,
    );
  await call('/organizations/me');
  await call('/accounts', 'POST', { externalId: 'northwind', name: 'Northwind Traders' });
  await call('/accounts/4030/users', 'POST', {
    firstName: 'Mia',
    lastName: 'Sand',
    email: 'mia@northwind.example',
    password: 'Passw0rd!',
  });
  await call("/accounts?where=externalId='northwind'");
  await call('/accounts', 'GET', undefined, {
    ...headers,
    Authorization: emulator.authorizationFor('jane@acmedata.com'),
  });
  await call('/accounts/4031');
  emulator.faults.add({ method: 'POST', path: '/accounts', status: 503, times: 2, message: 'Down for maintenance' });
  emulator.faults.add({ path: '/users/*', delayMs: 1500 });
  emulator.faults.add({ operationId: 'getOrganization', drop: true, times: 1 });
  await call('/accounts', 'POST', { externalId: 'contoso' });
  await call('/organizations/me');
  await call('/accounts/4030', 'DELETE');
  await fetch(`${emulator.url}/__emulator/snapshots`, { method: 'POST', headers, body: '{"name":"before-the-demo"}' });
}

/** The pictures of docs/running.md; `PICTURES=1` takes them again. */
const pictures = new Map([
  ['desktop-light-console', 'desktop.png'],
  ['desktop-dark-entry', 'dark.png'],
  ['phone-light-journal', 'phone.png'],
]);

const sizes = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};
/** The colors do not depend on the width: one look has the dark ones. */
const looks = [
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['tablet', 'light'],
  ['phone', 'light'],
] as const;

/** Opens the page in a look. */
async function openLook(size: keyof typeof sizes, scheme: 'light' | 'dark') {
  await furnish();
  const sandbox = await open(emulator, { viewport: sizes[size], colorScheme: scheme, reducedMotion: 'reduce' });
  const { page } = sandbox;
  const found: Record<string, string[]> = {};
  return {
    sandbox,
    page,
    /** Keeps a picture of a view, and what is wrong with it. */
    look: async (view: string) => {
      await page.waitForTimeout(150);
      const path = join(folder, `${size}-${scheme}-${view}.png`);
      await page.screenshot({ path });
      const picture = pictures.get(`${size}-${scheme}-${view}`);
      if (picture !== undefined && process.env.PICTURES) copyFileSync(path, join(root, 'docs/images', picture));
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      const all = [...(await findings(page)), ...(wide > 0 ? [`${wide}px too wide`] : [])];
      if (all.length > 0) found[view] = all;
    },
    goTo: async (name: string) => {
      if (await sandbox.tab(name).isVisible()) await sandbox.tab(name).click();
    },
    close: async () => {
      expect(found).toEqual({});
      expect(sandbox.complaints).toEqual([]);
      await sandbox.close();
    },
  };
}

test.each(looks)(
  '%s, %s: axe finds no issue in the tools and in the journal, and nothing scrolls sideways',
  async (...which) => {
    const { sandbox, page, look, goTo, close } = await openLook(...which);
    await goTo('Console');
    await look('begin');
    await sandbox.send('createAccountUser');
    await sandbox.answer.getByText('200', { exact: true }).waitFor();
    await look('console');
    await goTo('Faults');
    await look('faults');
    await sandbox.button('Stubs').click();
    await look('stubs');
    await sandbox.button('Interceptions').click();
    await look('interceptions');
    await sandbox.button('Faults').click();
    await goTo('Clock');
    await look('time');
    await goTo('Journal');
    await sandbox.requests.filter({ hasText: '401' }).click();
    await look('entry');
    await page.keyboard.press('Escape');
    await look('journal');
    await page.locator('.filter-line summary').click();
    await look('filters');
    await close();
  },
);

test.each(looks)(
  '%s, %s: axe finds no issue in the records and in the sheets, and nothing scrolls sideways',
  async (...which) => {
    const { sandbox, page, look, goTo, close } = await openLook(...which);
    await sandbox.button('Base URL and secrets').click();
    await page.getByRole('dialog').getByText("Claude's Company").waitFor();
    await look('connect');
    await page.keyboard.press('Escape');
    await goTo('Console');
    await sandbox.button('Find…').click();
    await look('operations');
    await page.keyboard.press('Escape');
    await page.getByText('Further headers, wrong secrets').click();
    await page.getByLabel('Further headers, one on each line').fill('nonsense');
    await look('headers');
    await goTo('Accounts');
    await sandbox.tree.getByText('docs@cloud-elements.com').click();
    await look('user');
    await page.keyboard.press('Escape');
    await sandbox.tree.getByText("Claude's Company").click();
    await page.locator('summary').filter({ hasText: 'Organization User' }).click();
    await page.locator('summary').filter({ hasText: 'At least' }).click();
    await look('organization');
    await page.keyboard.press('Escape');
    await look('people');
    await page.getByLabel(/^Search/).fill("email LIKE '%cloud%' AND activ=true");
    await page.getByText('Position 26:').waitFor();
    await look('search-fault');
    await page.getByLabel(/^Search/).fill("email LIKE '%cloud%'");
    await page.getByText('users found').waitFor();
    await look('search');
    await sandbox.button('Reset').click();
    await look('reset');
    await close();
  },
);

test('the page switches between light and dark, and remembers the choice', async () => {
  const sandbox = await open(emulator, { colorScheme: 'light' });
  const { page } = sandbox;
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await sandbox.button('Switch to dark').click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await sandbox.visit();
  expect(await background()).toBe(dark);
  await sandbox.button('Switch to light').click();
  expect(await background()).toBe(light);
  await sandbox.close();
});

test('the page shows one panel at a time on a phone', async () => {
  const sandbox = await open(emulator, { viewport: sizes.phone, hasTouch: true, isMobile: true });
  await sandbox.tab('Accounts').tap();
  await sandbox.tree.waitFor();
  expect(await sandbox.tab('Console').getAttribute('aria-selected')).toBe('false');
  await sandbox.tab('Journal').tap();
  await sandbox.tree.waitFor({ state: 'detached' });
  for (const tab of await sandbox.page.getByRole('tab').all()) {
    expect((await tab.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await sandbox.tab('Accounts').tap();
  expect((await sandbox.tree.locator('.twist.parent').first().boundingBox())?.width).toBeGreaterThanOrEqual(40);
  await sandbox.tree.getByText('jane@acmedata.com').tap();
  // The page goes back from the history entry of the sheet, after which the address is right.
  const back = sandbox.page.evaluate(
    () => new Promise<string>((resolve) => addEventListener('popstate', () => resolve(location.hash), { once: true })),
  );
  await sandbox.button('Call as this user').tap();
  expect(await back).toBe('#console');
  expect(await sandbox.tab('Console').getAttribute('aria-selected')).toBe('true');
  await sandbox.close();
});

test('the smallest screens show the faults, in a header of one line', async () => {
  await furnish();
  const sandbox = await open(emulator, { viewport: { width: 320, height: 568 } });
  const { page } = sandbox;
  await sandbox.button('2 faults on').click();
  await sandbox.tab('Faults').waitFor();
  expect((await page.locator('.head').boundingBox())?.height).toBeLessThan(60);
  await sandbox.tab('Clock').click();
  const field = await page.getByLabel('Stop at (UTC)').boundingBox();
  expect(field?.width).toBeGreaterThan(250);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wide()).toBeLessThanOrEqual(0);
  // In landscape the panel has the whole height except for the tabs.
  await page.setViewportSize({ width: 568, height: 320 });
  expect((await page.getByRole('tabpanel').boundingBox())?.height).toBeGreaterThan(270);
  await page.screenshot({ path: join(folder, 'phone-on-its-side.png') });
  await sandbox.close();
});

test('forced colors leave a mark on what is pressed and live', async () => {
  const sandbox = await open(emulator, { forcedColors: 'active' });
  const { page } = sandbox;
  const background = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await background('.segments [aria-pressed="true"]')).not.toBe(
    await background('.segments [aria-pressed="false"]'),
  );
  expect(await background('.connection .dot')).not.toBe(await background('.connection'));
  await page.screenshot({ path: join(folder, 'forced-colors.png') });
  await sandbox.close();
});
