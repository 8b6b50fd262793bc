import type { Locator } from 'playwright-core';
import { useSandbox } from './browser.ts';

const given = useSandbox();

async function look(element: Locator): Promise<{ size: number; background: string; animation: string }> {
  return element.evaluate((found) => {
    const { fontSize, backgroundColor, animationName } = getComputedStyle(found);
    return { size: Number.parseFloat(fontSize), background: backgroundColor, animation: animationName };
  });
}

test('the status of a response is read from the back of a room', async () => {
  const { answer, page } = given.sandbox;
  await given.sandbox.send('getAccounts', () => page.getByLabel('Call as').fill('jane@acmedata.com'));
  const status = answer.getByText('401', { exact: true });
  await status.waitFor();
  expect((await look(status)).size).toBeGreaterThanOrEqual(20);
});

test('a message is read from the back of a room', async () => {
  const { page } = given.sandbox;
  await given.sandbox.button('Copy base URL').click();
  expect((await look(page.locator('.toast'))).size).toBeGreaterThanOrEqual(16);
});

test('active faults are seen from the back of a room, in the header', async () => {
  const { page } = given.sandbox;
  await page.emulateMedia({ colorScheme: 'light' });
  given.emulator.faults.add({ path: '/accounts', status: 503 });
  const { size, background } = await look(given.sandbox.button('1 fault on'));
  expect(size).toBeGreaterThanOrEqual(15);
  expect(background).toBe('rgb(179, 38, 46)');
});

test('a move of the clock lights the clock in the header up', async () => {
  const { page } = given.sandbox;
  const clock = page.locator('.chip.clock');
  expect((await look(clock)).animation).toBe('none');
  given.emulator.clock.advance({ days: 30 });
  await clock.getByText('2017-08-09').waitFor();
  expect((await look(clock)).animation).toBe('notice');
  expect(given.sandbox.complaints).toEqual([]);
});
