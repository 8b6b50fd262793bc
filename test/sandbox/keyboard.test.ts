import { useSandbox } from './browser.ts';

const given = useSandbox();

/** Presses the Tab key until an element of this name has the focus. */
async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
  const { page } = given.sandbox;
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label =
        element instanceof HTMLElement && 'labels' in element
          ? document.querySelector(`label[for="${element.id}"]`)
          : null;
      return element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent ?? '';
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`The Tab key does not come to ${name}`);
}

/** The text of the active row of the focused list. */
const active = () =>
  given.sandbox.page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? '';
  });

test('the keyboard folds the tree, moves in it, and opens a sheet that Escape closes', async () => {
  const { page } = given.sandbox;
  // Wait for all rows: one that has not arrived cannot be opened.
  await given.sandbox.tree.getByText('jane@acmedata.com').waitFor();
  await tabTo(/^Organizations, accounts and users$/);
  expect(await active()).toMatch(/Claude's +Company/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toContain('Other Company');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const account = await active();
  expect(account).not.toMatch(/Claude's +Company/);
  await page.keyboard.press('End');
  expect(await active()).toContain('Other Company');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The focus returns to where it was.
  expect(await active()).toBe(account);
});

test('the keyboard moves through the tabs, sends from the console, and opens a request of the journal', async () => {
  const { page } = given.sandbox;
  await tabTo(/^Console$/);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tabpanel', { name: /Faults/ }).waitFor();
  await page.keyboard.press('End');
  await page.getByRole('tabpanel', { name: 'Clock & snapshots' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tabpanel', { name: 'Console' }).waitFor();
  await tabTo(/Send$/);
  await page.keyboard.press('Enter');
  await given.sandbox.answer.getByText('200', { exact: true }).waitFor();
  await tabTo(/^Requests, the newest first$/);
  expect(await active()).toContain('/accounts');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('getAccounts').waitFor();
  await page.keyboard.press('Escape');
});

test('the active row stays active when others are inserted before it', async () => {
  const { page } = given.sandbox;
  const headers = { Authorization: given.emulator.credentials.authorization };
  const ask = async (path: string, times: number) => {
    for (let n = 0; n < times; n += 1) await fetch(`${given.emulator.baseUrl}${path}`, { headers });
  };
  await ask('/accounts/4022', 40);
  // Wait for all rows, because a list at its top stays there.
  await page.waitForFunction(() => (document.querySelector('[role="listbox"]')?.scrollHeight ?? 0) > 40 * 56);
  await page.getByRole('listbox', { name: 'Requests, the newest first' }).focus();
  await page.keyboard.press('End');
  // The list scrolls to the row first.
  await page.waitForFunction(
    () => document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '') !== null,
  );
  const before = await active();
  const place = await page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN;
  });
  await ask('/accounts/4046', 30);
  await page.waitForFunction(() => (document.querySelector('[role="listbox"]')?.scrollHeight ?? 0) > 70 * 56);
  // The list scrolls after the new rows are drawn.
  await page.waitForFunction((place) => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return Math.abs((document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN) - place) < 2;
  }, place);
  expect(await active()).toBe(before);
});

test('the page asks before a reset, which can be canceled', async () => {
  const { page } = given.sandbox;
  await tabTo(/^Reset$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  expect(given.emulator.requests.length).toBeGreaterThan(0);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await tabTo(/^Reset$/);
  await page.keyboard.press('Enter');
  await page.getByText('No requests yet').waitFor();
  expect(given.emulator.requests.length).toBe(0);
  expect(given.sandbox.complaints).toEqual([]);
});
