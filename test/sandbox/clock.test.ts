import { useSandbox } from './browser.ts';

const given = useSandbox();

test('"Back to real time" on a clock that runs, but was moved, says what it changes', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Clock').click();
  given.emulator.clock.run();
  given.emulator.clock.advance({ days: 4000 });
  const moved = given.emulator.clock.now().toISOString().slice(0, 10);
  await page.locator('.clock-face').getByText(moved).waitFor();
  await page.locator('.clock-face').getByText('running').waitFor();
  await page.getByText('Makes the clock run with this machine’s time.').waitFor();
  await given.sandbox.button('Back to real time').click();
  const said = page.getByText(
    new RegExp(`^Back to real time: the clock showed ${moved} .* UTC, and now shows this machine’s time\\.$`),
  );
  await said.waitFor();
  expect(Math.abs(given.emulator.clock.now().getTime() - Date.now())).toBeLessThan(60_000);
});

test('the header and the panel say that the clock is the emulator’s, in UTC', async () => {
  const { page } = given.sandbox;
  await page.locator('.clock-face').getByText('UTC · the emulator’s clock, not this machine’s clock').waitFor();
  const chip = page.locator('.chip.clock');
  expect(await chip.textContent()).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  expect(await chip.getAttribute('title')).toBe('The emulator’s clock, running');
  given.emulator.clock.set('2018-01-01');
  await page.getByTitle('The emulator’s clock, stopped').waitFor();
  await page.locator('.clock-face').getByText('stopped').waitFor();
  expect(given.sandbox.complaints).toEqual([]);
});
