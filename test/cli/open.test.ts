import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openerOf } from '../../src/cli/open-page.ts';
import { until } from '../support/until.ts';
import { runIn } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A browser of this machine, which keeps what it was to open. */
function installBrowser(status: number): void {
  const file = join(folder, 'xdg-open');
  writeFileSync(
    file,
    `#!/bin/sh\nprintf %s "$1" > '${folder}/opened.part'\n/bin/mv '${folder}/opened.part' '${folder}/opened'\nexit ${status}\n`,
  );
  chmodSync(file, 0o755);
}

const opened = () => {
  try {
    return readFileSync(join(folder, 'opened'), 'utf8');
  } catch {
    return undefined;
  }
};

test('--open opens the sandbox page once the emulator listens', async () => {
  installBrowser(0);
  const terminal = await runIn({ PATH: folder }, '--port', '0', '--open', '--log', 'error');
  await until(() => opened() !== undefined);
  const [, url] = /Base URL +(\S+)\/elements/.exec(terminal.out) ?? [];
  expect(opened()).toBe(`${url}/__emulator/`);
  expect(terminal.err).toBe('');
});

test.each([
  ['there is no browser', undefined],
  ['the browser fails', 3],
])('--open prints the address if %s', async (_, status) => {
  if (status !== undefined) installBrowser(status);
  const terminal = await runIn({ PATH: folder, CE_EMULATOR_OPEN: '1' }, '--port', '0', '--log', 'error');
  await until(() => terminal.err.includes('No browser'));
  expect(terminal.err).toMatch(
    /^No browser could be opened: the sandbox page is http:\/\/127\.0\.0\.1:\d+\/__emulator\/\n$/,
  );
  expect(terminal.exitCode).toBeUndefined();
});

test('each platform opens a browser with its own command', () => {
  expect(openerOf('darwin', 'http://x/')).toEqual(['open', 'http://x/']);
  expect(openerOf('win32', 'http://x/')).toEqual(['cmd', '/c', 'start', '""', 'http://x/']);
  expect(openerOf('linux', 'http://x/')).toEqual(['xdg-open', 'http://x/']);
});
