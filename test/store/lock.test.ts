import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, FixtureError } from '../../src/index.ts';
import { connect } from '../support/client.ts';

/** The lock of a data file within one process; test/durability has the races of several. */

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

function place() {
  const dataFile = join(mkdtempSync(join(folder, 'place-')), 'data.json');
  const lock = `${dataFile}.lock`;
  const names = () => readdirSync(join(dataFile, '..')).sort();
  return { dataFile, lock, names };
}

const own = { pid: process.pid, host: hostname() };

test('a second emulator is refused, and may come when the first is closed', async () => {
  const { dataFile, lock, names } = place();
  const first = createEmulator({ dataFile });
  const text = readFileSync(lock, 'utf8');
  expect(JSON.parse(text)).toMatchObject(own);
  expect(fs.statSync(lock).mode & 0o777).toBe(0o600);
  const refused = expect.objectContaining({
    name: 'FixtureError',
    message: `${dataFile}: the data file is in use by another emulator of this process: close that one first, or use another file`,
  });
  expect(() => createEmulator({ dataFile })).toThrow(refused);
  expect(() => createEmulator({ dataFile: join(dataFile, '..', '.', 'data.json') })).toThrow(refused);
  expect(readFileSync(lock, 'utf8')).toBe(text);
  await first.close();
  expect(names()).toEqual(['data.json']);
  const second = createEmulator({ dataFile });
  // A second time does nothing, least of all to the lock of another.
  await first.close();
  expect(existsSync(lock)).toBe(true);
  expect(() => createEmulator({ dataFile })).toThrow(refused);
  await second.close();
  expect(names()).toEqual(['data.json']);
});

test('a lock removed by hand is nothing to close() ', async () => {
  const { dataFile, lock } = place();
  const first = createEmulator({ dataFile });
  rmSync(lock);
  await expect(first.close()).resolves.toBeUndefined();
  await createEmulator({ dataFile }).close();
});

test('a lock removed by hand and taken by another is left to that one', async () => {
  const { dataFile, lock } = place();
  const first = createEmulator({ dataFile });
  rmSync(lock);
  const second = createEmulator({ dataFile });
  await first.close();
  expect(existsSync(lock)).toBe(true);
  await second.close();
  expect(existsSync(lock)).toBe(false);
});

test('who has been closed writes no more', async () => {
  const { dataFile } = place();
  const first = createEmulator({ dataFile });
  await first.close();
  const second = createEmulator({ dataFile });
  expect((await connect(second).post('/accounts', { externalId: 'second' })).status).toBe(200);
  const text = readFileSync(dataFile, 'utf8');
  await connect(first).post('/accounts', { externalId: 'first' });
  expect(readFileSync(dataFile, 'utf8')).toBe(text);
  await second.close();
});

test.each([
  ['a pid that lives again as another process', JSON.stringify({ ...own, started: '1' })],
  ['a process that is gone', JSON.stringify({ ...own, pid: 2 ** 22 - 1, started: '1' })],
  ['a pid that no system has', JSON.stringify({ ...own, pid: 2 ** 40 })],
  ['nothing', ''],
  ['a torn text', '{"pid":'],
  ['no text of ours', 'held by Jane\n'],
  ['JSON of another kind', '[]'],
  ['no host', JSON.stringify({ pid: process.pid })],
])('a lock that says %s is taken over', async (_name, text) => {
  const { dataFile, lock, names } = place();
  writeFileSync(lock, text);
  const emulator = createEmulator({ dataFile });
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject(own);
  expect(names()).toEqual(['data.json', 'data.json.lock']);
  await emulator.close();
  expect(names()).toEqual(['data.json']);
});

test.each([
  [
    'another host',
    { pid: 4711, host: 'elsewhere' },
    /in use by process 4711 on host 'elsewhere': .* remove \S+\.lock$/,
  ],
  ['a process that lives', { pid: process.ppid, host: hostname() }, /in use by process \d+: close that one first/],
])('a lock that says %s is not', (_name, owner, message) => {
  const { dataFile, lock, names } = place();
  writeFileSync(lock, JSON.stringify(owner));
  expect(() => createEmulator({ dataFile })).toThrow(FixtureError);
  expect(() => createEmulator({ dataFile })).toThrow(message);
  expect(readFileSync(lock, 'utf8')).toBe(JSON.stringify(owner));
  expect(names()).toEqual(['data.json.lock']);
});

test('a lock that cannot be read, as that of another user, is not taken over', () => {
  const { dataFile, lock } = place();
  const text = JSON.stringify({ pid: process.ppid, host: hostname() });
  writeFileSync(lock, text);
  const readFile = fs.readFileSync;
  const spied = jest.spyOn(fs, 'readFileSync').mockImplementation((path, options) => {
    if (path === lock) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    return readFile(path, options);
  });
  expect(() => createEmulator({ dataFile })).toThrow(FixtureError);
  spied.mockRestore();
  expect(readFileSync(lock, 'utf8')).toBe(text);
});

test('a directory in place of the lock is refused in one line', () => {
  const { dataFile, lock, names } = place();
  mkdirSync(lock);
  expect(() => createEmulator({ dataFile })).toThrow(
    expect.objectContaining({ name: 'FixtureError', message: expect.stringMatching(`^${dataFile}: .*$`) }),
  );
  expect(names()).toEqual(['data.json.lock']);
});

test('what a dead process left of taking over does not shut out others for good', () => {
  const { dataFile, lock } = place();
  const dead = JSON.stringify({ ...own, started: '1' });
  writeFileSync(lock, dead);
  writeFileSync(`${lock}.takeover`, dead);
  expect(() => createEmulator({ dataFile })).toThrow(/: another emulator was just about to use .* try again$/);
  expect(() => createEmulator({ dataFile })).not.toThrow();
});

test('a lock that is released and taken while it is being taken over stays with its new owner', () => {
  const { dataFile, lock } = place();
  writeFileSync(lock, JSON.stringify({ ...own, started: '1' }));
  const other = JSON.stringify({ pid: process.ppid, host: hostname() });
  // Between the last look at the lock, which finds none, and what follows.
  const readFile = fs.readFileSync;
  let looks = 0;
  jest.spyOn(fs, 'readFileSync').mockImplementation((path, options) => {
    if (path !== lock) return readFile(path, options);
    looks += 1;
    if (looks !== 2) return readFile(path, options);
    rmSync(lock);
    try {
      return readFile(path, options);
    } finally {
      writeFileSync(lock, other);
    }
  });
  expect(() => createEmulator({ dataFile })).toThrow(FixtureError);
  expect(readFileSync(lock, 'utf8')).toBe(other);
});
