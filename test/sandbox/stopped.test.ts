import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Emulator } from '../../src/index.ts';
import { findings } from './axe.ts';
import { closeBrowser, type OpenPage, open } from './browser.ts';

const command = join(__dirname, '../../dist/cli.cjs');

/** An emulator in a process of its own, which can be stopped as a breakpoint stops it. */
let emulator: ChildProcess;
let sandbox: OpenPage;
beforeAll(async () => {
  emulator = spawn(process.execPath, [command, '--port', '0', '--log', 'error'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) => {
    emulator.stdout?.on('data', (text: Buffer) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text)) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  // The page needs nothing else of it.
  sandbox = await open({ url } as Emulator);
});
afterAll(async () => {
  emulator.kill('SIGCONT');
  emulator.kill('SIGTERM');
  await closeBrowser();
});

test('the page says that a stopped emulator does not respond; waiting can be canceled; the page continues with the emulator', async () => {
  const { page, answer } = sandbox;
  emulator.kill('SIGSTOP');
  await sandbox.button('Send').click();
  await page.getByText('Not responding').waitFor();
  await page.getByText('The emulator does not respond.').waitFor();
  expect(await findings(page)).toEqual([]);
  await sandbox.button('Cancel').click();
  await answer.getByText('You canceled the request', { exact: false }).waitFor();
  emulator.kill('SIGCONT');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('The emulator does not respond.').waitFor({ state: 'detached' });
  await sandbox.button('Send').click();
  await answer.getByText('200', { exact: true }).waitFor();
});

test('notices it without a request, too', async () => {
  const { page } = sandbox;
  const clock = page.locator('.chip.clock');
  const before = await clock.innerText();
  emulator.kill('SIGSTOP');
  await page.getByText('Not responding').waitFor();
  // The clock waits, and does not go back.
  const after = await clock.innerText();
  expect([before, after].sort()).toEqual([before, after]);
  emulator.kill('SIGCONT');
  await page.getByText('Live', { exact: true }).waitFor();
  expect(sandbox.complaints).toEqual([]);
});
