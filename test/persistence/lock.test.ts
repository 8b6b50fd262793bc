import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator, FixtureError } from '../../src/index.ts';
import { connect } from '../support/client.ts';
import { shortenWaits } from '../support/short-waits.ts';
import { until } from '../support/until.ts';

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
const readOwner = (lock: string) => JSON.parse(readFileSync(lock, 'utf8').slice(0, -12));

test('a second emulator is refused until the first is closed', async () => {
  const { dataFile, lock, names } = place();
  const first = createEmulator({ dataFile });
  expect(readOwner(lock)).toMatchObject(own);
  expect(fs.statSync(lock).mode & 0o777).toBe(0o600);
  const refused = expect.objectContaining({
    name: 'FixtureError',
    message: `${dataFile}: the data file is in use by another emulator of this process: close that one first, or use another file`,
  });
  expect(() => createEmulator({ dataFile })).toThrow(refused);
  expect(() => createEmulator({ dataFile: join(dataFile, '..', '.', 'data.json') })).toThrow(refused);
  expect(readOwner(lock)).toMatchObject(own);
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

test('a lock that another start creates meanwhile is read', async () => {
  const { dataFile, lock } = place();
  const first = createEmulator({ dataFile });
  const { readFileSync: read } = fs;
  let isMissing = true;
  jest.spyOn(fs, 'readFileSync').mockImplementation((...args: Parameters<typeof read>) => {
    if (args[0] !== lock || !isMissing) return read(...args);
    isMissing = false;
    throw Object.assign(new Error('gone for a moment'), { code: 'ENOENT' });
  });
  expect(() => createEmulator({ dataFile })).toThrow(/: the data file is in use by another emulator of this process/);
  expect(isMissing).toBe(false);
  jest.restoreAllMocks();
  await first.close();
});

test('close() ignores a lock that was removed by hand', async () => {
  const { dataFile, lock } = place();
  const first = createEmulator({ dataFile });
  rmSync(lock);
  await expect(first.close()).resolves.toBeUndefined();
  await createEmulator({ dataFile }).close();
});

test('close() leaves a lock that another emulator took after its removal', async () => {
  const { dataFile, lock } = place();
  const first = createEmulator({ dataFile });
  rmSync(lock);
  const second = createEmulator({ dataFile });
  await first.close();
  expect(existsSync(lock)).toBe(true);
  await second.close();
  expect(existsSync(lock)).toBe(false);
});

test('a closed emulator writes nothing', async () => {
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

/** The lock of an emulator of this process, with changes. */
async function lockOf(change: object): Promise<string> {
  const { dataFile, lock } = place();
  const emulator = createEmulator({ dataFile });
  const [text] = readFileSync(lock, 'utf8').split(' 0000');
  await emulator.close();
  return `${JSON.stringify({ ...JSON.parse(text ?? ''), ...change })} 0000000007\n`;
}

test.each([
  ['a pid that is now another process', { started: '1' }],
  ['a process that has ended', { pid: 2 ** 22 - 1 }],
  ['an impossible pid', { pid: 2 ** 40 }],
])('a lock with %s is taken over at once', async (_name, change) => {
  if (process.platform !== 'linux') return;
  const { dataFile, lock, names } = place();
  writeFileSync(lock, await lockOf(change));
  const emulator = createEmulator({ dataFile });
  expect(readOwner(lock)).toMatchObject(own);
  expect(names()).toEqual(['data.json', 'data.json.lock']);
  await emulator.close();
  expect(names()).toEqual(['data.json']);
});

test.each([
  ['nothing', ''],
  ['an incomplete text', '{"pid":'],
  ['another text', 'held by Jane\n'],
  ['JSON of another kind', '[]'],
  ['no host', JSON.stringify({ pid: process.pid })],
])('a lock with %s was not written by an emulator, and stays', (_name, text) => {
  const { dataFile, lock, names } = place();
  for (const make of [() => writeFileSync(lock, text), () => writeFileSync(`${lock}ed`, text)]) {
    make();
    if (!existsSync(lock)) symlinkSync(`${lock}ed`, lock);
    const message = `${dataFile}: ${lock} was not written by an emulator: the lock needs this name: move it away, or use another data file`;
    expect(() => createEmulator({ dataFile })).toThrow(message);
    expect(readFileSync(lock, 'utf8')).toBe(text);
    rmSync(lock);
  }
  expect(names()).toEqual(['data.json.locked']);
});

test('a dangling link in place of the lock is refused and stays dangling', () => {
  const { dataFile, lock, names } = place();
  symlinkSync('nothing', lock);
  expect(() => createEmulator({ dataFile })).toThrow(FixtureError);
  expect(names()).toEqual(['data.json.lock']);
});

test('a lock of a running process is not taken over', async () => {
  const { dataFile, lock, names } = place();
  const text = await lockOf({ pid: process.ppid, started: undefined });
  writeFileSync(lock, text);
  expect(() => createEmulator({ dataFile })).toThrow(
    /in use by process \d+: close that one first, or use another file$/,
  );
  expect(readFileSync(lock, 'utf8')).toBe(text);
  expect(names()).toEqual(['data.json.lock']);
});

test.each([
  ['another host', { pid: 4711, host: 'elsewhere', place: 'there' }],
  ['another namespace of this host and the same pid', { place: 'there' }],
  ['an unknown place', { place: undefined, pid: 4711 }],
])('a lock with %s is taken over if nobody writes to it for a while', async (_name, change) => {
  const { dataFile, lock } = place();
  const dead = await lockOf(change);
  const { host } = JSON.parse(dead.slice(0, -12));
  const waited = `${dataFile}: in use by process \\d+ on host '${host}': checking for up to 20 seconds whether that process is alive\n$`;
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  // Not in real time: the test is of what is seen at the looks.
  let looks = 0;
  let atLook = (_look: number) => {};
  const wait = jest.spyOn(Atomics, 'wait').mockImplementation(() => {
    looks += 1;
    atLook(looks);
    return 'timed-out';
  });
  writeFileSync(lock, dead);
  await createEmulator({ dataFile }).close();
  expect(looks).toBe(40);
  expect(stderr).toHaveBeenCalledWith(expect.stringMatching(waited));
  for (const beat of [1, 39, 40]) {
    looks = 0;
    writeFileSync(lock, dead);
    // A clock that jumps changes nothing, and whatever differs is a sign of life.
    atLook = (look) => {
      utimesSync(lock, look, 2 ** 31 - look);
      if (look === beat) writeFileSync(lock, dead.replace('07\n', '06\n'));
    };
    expect(() => createEmulator({ dataFile })).toThrow(
      `in use by process ${JSON.parse(dead.slice(0, -12)).pid} on host`,
    );
    expect(looks).toBe(beat);
  }
  // Released while it is watched.
  looks = 0;
  atLook = (look) => look === 3 && rmSync(lock);
  await createEmulator({ dataFile }).close();
  expect(looks).toBe(3);
  wait.mockRestore();
});

test('an owner writes to its own lock every second, under fake timers and clocks too', async () => {
  shortenWaits();
  jest.useFakeTimers({ now: 0 });
  const { dataFile, lock } = place();
  const emulator = createEmulator({ dataFile });
  const beats = () => Number(readFileSync(lock, 'utf8').split(' ').at(-1));
  expect(beats()).toBe(0);
  jest.setSystemTime(2 ** 40);
  const before = readFileSync(lock, 'utf8').length;
  await until(() => beats() >= 2);
  expect(readFileSync(lock, 'utf8')).toHaveLength(before);
  jest.useRealTimers();
  const other = await lockOf({});
  writeFileSync(lock, other);
  await sleep(1200);
  expect(readFileSync(lock, 'utf8')).toBe(other);
  await emulator.close();
  expect(readFileSync(lock, 'utf8')).toBe(other);
  jest.restoreAllMocks();
});

test('an unreadable lock of another user is not taken over', () => {
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

test('files that a dead process left while taking a lock over do not block others', async () => {
  const { dataFile, lock, names } = place();
  const dead = await lockOf({ started: '1' });
  const left = `${lock}.01234567-89ab-cdef-0123-456789abcdef.tmp`;
  for (const make of [() => writeFileSync(lock, dead), () => undefined]) {
    make();
    writeFileSync(left, dead);
    await createEmulator({ dataFile }).close();
    rmSync(left);
    expect(names()).toEqual(['data.json']);
  }
});

test('a lock that gets a new owner during a takeover stays with it', async () => {
  const { dataFile, lock, names } = place();
  const dead = await lockOf({ started: '1' });
  writeFileSync(lock, dead);
  const other = await lockOf({ pid: process.ppid, started: undefined });
  const rename = fs.renameSync;
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    // Once it has been found dead.
    if (from === lock) writeFileSync(lock, other);
    rename(from, to);
  });
  expect(() => createEmulator({ dataFile })).toThrow(/in use by process/);
  expect(readFileSync(lock, 'utf8')).toBe(other);
  expect(names()).toEqual(['data.json.lock']);
});

test('a dead lock that cannot be replaced is refused in one line', async () => {
  const { dataFile, lock } = place();
  const dead = await lockOf({ started: '1' });
  writeFileSync(lock, dead);
  jest.spyOn(fs, 'renameSync').mockImplementation(() => {
    throw Object.assign(new Error('EPERM: not permitted'), { code: 'EPERM' });
  });
  expect(() => createEmulator({ dataFile })).toThrow(
    /^\S+: the data file cannot be written: (user \d+|this user) may not write/,
  );
  expect(readFileSync(lock, 'utf8')).toBe(dead);
});
