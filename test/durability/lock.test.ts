import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator, FixtureError } from '../../src/index.ts';
import { send } from './changes.ts';
import { bundle, Child, useFolder } from './processes.ts';

const folder = useFolder('lock');
const children = new Set<Child>();
let index = '';
beforeAll(() => {
  index = bundle(folder).index;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all([...children].map((child) => child.kill()));
  children.clear();
});

function place() {
  const dataFile = join(mkdtempSync(join(folder, 'place-')), 'data.json');
  const lock = `${dataFile}.lock`;
  const names = () => readdirSync(join(dataFile, '..')).sort();
  return { dataFile, lock, names };
}

function child(): Child {
  const started = new Child(index);
  children.add(started);
  return started;
}

const own = { pid: process.pid, host: hostname() };

describe('in one process', () => {
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
    expect((await send(second, 'post', '/accounts', { externalId: 'second' })).status).toBe(200);
    const text = readFileSync(dataFile, 'utf8');
    await send(first, 'post', '/accounts', { externalId: 'first' });
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
});

describe('between processes', () => {
  test('the second is refused and told who has it; a killed owner has it no more', async () => {
    const { dataFile, lock, names } = place();
    const first = child();
    const { url, authorization } = await first.place({ dataFile });
    const text = readFileSync(dataFile, 'utf8');
    const message = `${dataFile}: the data file is in use by process ${first.process.pid}: close that one first, or use another file`;
    expect(() => createEmulator({ dataFile })).toThrow(message);
    expect(await child().start({ dataFile })).toBe(message);
    expect(readFileSync(dataFile, 'utf8')).toBe(text);
    expect((await fetch(`${url}/accounts`, { headers: { authorization } })).status).toBe(200);

    await first.kill();
    expect(existsSync(lock)).toBe(true);
    const next = createEmulator({ dataFile });
    expect(await child().start({ dataFile })).toBe(
      `${dataFile}: the data file is in use by process ${process.pid}: close that one first, or use another file`,
    );
    await next.close();
    expect(names()).toEqual(['data.json']);
  });

  test('a killed owner whom nobody has waited for is dead as well', async () => {
    if (process.platform !== 'linux') return;
    const { dataFile, lock } = place();
    // As in a container without an init process: the shell's place is taken by one that waits for no child.
    const zombie = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = await once(zombie.stdout, 'data');
      const pid = Number(line);
      const started = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
      writeFileSync(lock, JSON.stringify({ pid, host: hostname(), started }));
      expect(() => createEmulator({ dataFile })).toThrow(`in use by process ${pid}`);
      process.kill(pid, 'SIGKILL');
      await sleep(50);
      expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
      expect(() => createEmulator({ dataFile })).not.toThrow();
    } finally {
      zombie.kill('SIGKILL');
    }
  });

  test('of those who race for a dead lock, or for none, exactly one wins', async () => {
    const racing = Array.from({ length: 4 }, child);
    await Promise.all(racing.map((racer) => racer.loaded()));
    for (let race = 0; race < 40; race++) {
      const { dataFile, lock, names } = place();
      if (race % 2 === 0) writeFileSync(lock, race % 4 === 0 ? '' : JSON.stringify({ ...own, started: '1' }));
      const outcomes = await Promise.all(racing.map((racer) => racer.start({ dataFile })));
      const winners = racing.filter((_racer, n) => typeof outcomes[n] !== 'string');
      expect([race, winners.length]).toEqual([race, 1]);
      for (const outcome of outcomes.filter((each) => typeof each === 'string')) {
        expect(outcome).toMatch(/: (the data file is in use by process \d+: |another emulator was just about to use )/);
      }
      expect(JSON.parse(readFileSync(lock, 'utf8')).pid).toBe(winners[0]?.process.pid);
      expect(names()).toEqual(['data.json', 'data.json.lock']);
    }
  });
});
