import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../src/index.ts';
import { run } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'odd-files-'));
const path = (name: string) => join(folder, name);
let writer: ChildProcess | undefined;
afterEach(() => writer?.kill());
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Makes a pipe without a writer. A reader that waits for a writer gets the end of the pipe after a while, and the test
 * fails.
 */
function makePipe(name: string): void {
  execFileSync('mkfifo', [path(name)]);
  writer = spawn('sh', ['-c', 'sleep 3; : > "$0"', path(name)], { stdio: 'ignore' });
}

symlinkSync('circle', path('circle'));
writeFileSync(path('file'), '');

test.each([
  ['circle', 'its links lead in a circle'],
  ['circle/x.json', 'its links lead in a circle'],
  ['file/x.json', `${path('file')} is a file, not a directory`],
  ['n'.repeat(300), 'its name is too long'],
])('fixture init at %s prints one line with the reason', async (name, why) => {
  for (const force of [[], ['--force']]) {
    const { err, exitCode } = await run('fixture', 'init', path(name), ...force);
    expect(err).toBe(`cloud-elements-emulator: ${path(name)} cannot be written: ${why}.\n`);
    expect(exitCode).toBe(1);
  }
});

test('fixture init does not read a pipe in place of a lock', async () => {
  makePipe('a.json.lock');
  const problem = `its lock cannot be read, it is not a regular file: if no emulator uses the data file, remove ${path('a.json.lock')}`;
  const { err } = await run('fixture', 'init', path('a.json'));
  expect(err).toBe(`cloud-elements-emulator: ${path('a.json')}: ${problem}\n`);
  expect(() => createEmulator({ dataFile: path('a.json') })).toThrow(problem);
});

test('fixture init does not read a pipe in place of a log', async () => {
  makePipe('b.json.log');
  writeFileSync(path('b.json'), '{"organizations": []}');
  const problem = `${path('b.json.log')} was not written by an emulator, it is not a regular file: `;
  expect((await run('fixture', 'check', path('b.json'))).err).toContain(problem);
  expect(() => createEmulator({ dataFile: path('b.json') })).toThrow(problem);
});

test('fixture init does not write to a pipe, with or without --force', async () => {
  execFileSync('mkfifo', [path('pipe')]);
  for (const force of [[], ['--force']]) {
    const { err } = await run('fixture', 'init', path('pipe'), ...force);
    const problem = `${path('pipe')} is not a regular file: choose another name, or - for standard output.`;
    expect(err).toBe(`cloud-elements-emulator: ${problem}\n`);
  }
});
