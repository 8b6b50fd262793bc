import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator, type Fixture, FixtureError } from '../../src/index.ts';
import { encodeEntry } from '../../src/store/change-log.ts';
import { fixture, send, stateOf } from '../durability/changes.ts';
import { withoutQuietMoments } from '../durability/disk.ts';
import { useFolder } from '../durability/processes.ts';
import { kept } from '../support/kept.ts';
import { until } from '../support/until.ts';

const folder = useFolder('logs');

const open = (dataFile: string, errors: unknown[] = []) =>
  createEmulator({ fixture, dataFile, seed: 'logs', onError: (error) => errors.push(error) });
const names = (dataFile: string) => readdirSync(join(dataFile, '..')).sort();
const rename = (emulator: Emulator, name: string) => send(emulator, 'put', '/organizations/me', { name });
const nameIn = ({ organizations }: Fixture) => organizations[0]?.name;

/** A data file with a log of three changes, as a killed process leaves it. */
async function left() {
  const live = join(mkdtempSync(join(folder, 'live-')), 'data.json');
  const emulator = open(live);
  for (const name of ['One', 'Two', 'Three']) expect((await rename(emulator, name)).status).toBe(200);
  const dataFile = join(mkdtempSync(join(folder, 'left-')), 'data.json');
  const log = `${dataFile}.log`;
  copyFileSync(live, dataFile);
  copyFileSync(`${live}.log`, log);
  await emulator.close();
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  return { dataFile, log, lines, written: readFileSync(live, 'utf8') };
}

/** What a start is refused with; nothing on disk is another then. */
function refusal(dataFile: string): string {
  const texts = () => names(dataFile).map((name) => [name, readFileSync(join(dataFile, '..', name), 'utf8')]);
  const before = texts();
  try {
    open(dataFile);
  } catch (error) {
    expect(error).toBeInstanceOf(FixtureError);
    expect(texts()).toEqual(before);
    const { message } = error as FixtureError;
    expect(message.startsWith(`${dataFile}: `)).toBe(true);
    expect(message).not.toMatch(/[\r\n]/);
    return message.slice(dataFile.length + 2);
  }
  throw new Error('it was accepted');
}

test('a log that was left is read, nothing is written until something changes, and then it goes on', async () => {
  const { dataFile, log } = await left();
  chmodSync(log, 0o644);
  const before = [readFileSync(dataFile, 'utf8'), readFileSync(log, 'utf8')];
  const emulator = open(dataFile);
  expect((await send(emulator, 'get', '/organizations/me')).body).toMatchObject({ name: 'Three' });
  expect([readFileSync(dataFile, 'utf8'), readFileSync(log, 'utf8')]).toEqual(before);
  expect(statSync(log).mode & 0o777).toBe(0o600);
  await rename(emulator, 'Four');
  expect(readFileSync(log, 'utf8').startsWith(before[1] ?? '')).toBe(true);
  expect(nameIn(kept(dataFile))).toBe('Four');
  await emulator.close();
  expect(names(dataFile)).toEqual(['data.json']);
  expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Four');
});

test('closed at once, it is in the file, and the log is gone', async () => {
  const { dataFile } = await left();
  await open(dataFile).close();
  expect(names(dataFile)).toEqual(['data.json']);
  expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Three');
});

test('an end that was cut off does not count, and is gone with the next change', async () => {
  const { dataFile, log, lines } = await left();
  for (const cut of [1, 10, (lines.at(-1)?.length ?? 0) + 1]) {
    writeFileSync(log, `${lines.join('\n')}\n`.slice(0, -cut));
    expect(nameIn(kept(dataFile))).toBe('Two');
  }
  writeFileSync(log, `${lines.join('\n')}\n`.slice(0, -30));
  const emulator = open(dataFile);
  await rename(emulator, 'New');
  expect(nameIn(kept(dataFile))).toBe('New');
  expect(readFileSync(log, 'utf8').split('\n').slice(0, -2)).toEqual(lines.slice(0, -1));
  await emulator.close();
});

test.each([
  ['nothing', ''],
  ['a header that was cut off', '{"log":1,"of":"ab'],
  ['a header alone, of another text', encodeEntry({ log: 1, of: 'other', after: 5 })],
])('a log with %s does no harm, and goes', async (_name, text) => {
  const { dataFile, log } = await left();
  writeFileSync(log, text);
  const emulator = open(dataFile);
  await rename(emulator, 'New');
  expect(nameIn(kept(dataFile))).toBe('New');
  await emulator.close();
  writeFileSync(log, text);
  await open(dataFile).close();
  expect(names(dataFile)).toEqual(['data.json']);
  rmSync(dataFile);
  writeFileSync(log, text);
  const anew = open(dataFile);
  await rename(anew, 'Anew');
  expect(nameIn(kept(dataFile))).toBe('Anew');
  await anew.close();
});

describe('refused, in words', () => {
  test('a file that was changed or replaced', async () => {
    const { dataFile, log } = await left();
    const text = readFileSync(dataFile, 'utf8');
    writeFileSync(dataFile, text.replace('"Ten"', '"Edited"'));
    expect(refusal(dataFile)).toBe(
      `the file was changed or replaced while ${log} had 3 changes to it as it was: ` +
        `put that file back, or remove ${log} to go on without them`,
    );
    writeFileSync(dataFile, text);
    expect(nameIn(kept(dataFile))).toBe('Three');
    rmSync(log);
    expect(nameIn(kept(dataFile))).toBe('Ten');
  });

  test('a file that is missing', async () => {
    const { dataFile, log, lines } = await left();
    rmSync(dataFile);
    writeFileSync(log, `${lines.slice(0, 2).join('\n')}\n`);
    expect(refusal(dataFile)).toBe(
      `the file is missing, and ${log} has 1 change to it: ` + `put the file back, or remove ${log} to start anew`,
    );
    rmSync(log);
    expect(() => open(dataFile)).not.toThrow();
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['a damaged line', ([a = '', b = '', ...rest]) => [a, b.replace('One', 'Own'), ...rest], 'its line 2 is damaged'],
    ['a missing line', ([a = '', , ...rest]) => [a, ...rest], 'its line 2 does not belong there'],
    ['a line of words', ([a = '', ...rest]) => [a, 'words', ...rest], 'its line 2 is damaged'],
    [
      'a newer version',
      ([, ...rest]) => [encodeEntry({ log: 2, of: '', after: 0 }).trim(), ...rest],
      'a newer version of the emulator has written it (2: this one knows 1)',
    ],
    [
      'a change that does not fit',
      (lines) => [
        ...lines.slice(0, 1),
        encodeEntry({ n: 1, operations: [{ token: 'token-of-1101', of: 1000 }] }).trim(),
      ],
      'its change 1 does not fit what was before it (token is taken by',
    ],
  ])('a log with %s', async (_name, change, problem) => {
    const { dataFile, log, lines } = await left();
    writeFileSync(log, `${change(lines).join('\n')}\n`);
    const message = refusal(dataFile);
    expect(message.startsWith(`${log} cannot be used, ${problem}`)).toBe(true);
    expect(message).toContain(`put a copy of both back, or remove ${log} to go on without what is in it`);
    expect(message).not.toContain('token-of');
  });

  test('a log that is no file', async () => {
    const { dataFile, log } = await left();
    rmSync(log);
    mkdirSync(log);
    expect(() => open(dataFile)).toThrow(`${dataFile}: ${log} cannot be read: ${log} is a directory`);
  });
});

test('what had to be filled in is kept with the first change, and the same afterwards', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'by-hand-')), 'data.json');
  writeFileSync(dataFile, '{"organizations": [{"name": "By hand", "accounts": [{"users": [{"email": "a@b.c"}]}]}]}');
  const emulator = createEmulator({ dataFile });
  expect((await rename(emulator, 'Changed')).status).toBe(200);
  await rename(emulator, 'Changed again');
  expect(kept(dataFile).organizations).toEqual(emulator.snapshot().organizations);
  await emulator.close();
  expect(JSON.parse(readFileSync(dataFile, 'utf8')).organizations).toEqual(emulator.snapshot().organizations);
});

test('ids of deleted users are not given again, whatever was between', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'deleted-')), 'data.json');
  const emulator = createEmulator({ dataFile, fixture: { ...fixture, sequences: { user: 1100 } } });
  const post = (email: string) =>
    send(emulator, 'post', '/accounts/110/users', { firstName: 'A', lastName: 'B', email, password: 'pw' });
  for (const id of [1100, 1101, 1200]) await send(emulator, 'delete', `/organizations/users/${id}`);
  expect(kept(dataFile).sequences).toEqual(withoutRequest(emulator));
  expect((await post('a@a.a')).body.id).toBe(1102);
  expect(kept(dataFile).sequences).toEqual(withoutRequest(emulator));
  expect(kept(dataFile).sequences?.deletedUsers).toEqual([1200]);
  await emulator.close();
});

function withoutRequest(emulator: Emulator): object {
  const { request: _request, ...sequences } = emulator.snapshot().sequences ?? {};
  return sequences;
}

describe('the file is written anew', () => {
  test('when it is quiet, with the present state, also under fake timers; the log is gone then', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'quiet-')), 'data.json');
    const emulator = open(dataFile);
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      await rename(emulator, 'Quiet');
      expect(existsSync(`${dataFile}.log`)).toBe(true);
      await until(() => !existsSync(`${dataFile}.log`));
    } finally {
      jest.useRealTimers();
    }
    expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Quiet');
    expect(names(dataFile)).toEqual(['data.json', 'data.json.lock']);
    await emulator.close();
  });

  test('while changes go on, once the log is large; the log has the later ones alone then', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'large-')), 'data.json');
    const emulator = open(dataFile);
    const ino = statSync(dataFile).ino;
    const name = 'x'.repeat(100_000);
    withoutQuietMoments();
    let n = 0;
    let header = '';
    while (statSync(dataFile).ino === ino && n < 200) {
      n += 1;
      expect((await rename(emulator, `${name}-${n}`)).status).toBe(200);
      expect(nameIn(kept(dataFile))).toBe(`${name}-${n}`);
      header ||= readFileSync(`${dataFile}.log`, 'utf8').split('\n')[0] ?? '';
    }
    jest.restoreAllMocks();
    // A megabyte is eleven of them.
    expect(n).toBeGreaterThan(10);
    expect(n).toBeLessThan(100);
    await rename(emulator, 'Last');
    // Another header: it continues the new file.
    const log = () => (existsSync(`${dataFile}.log`) ? readFileSync(`${dataFile}.log`, 'utf8') : '');
    await until(() => !log().startsWith(header));
    expect(log().split('\n').length).toBeLessThan(n - 5);
    expect(nameIn(kept(dataFile))).toBe('Last');
    expect(kept(dataFile).organizations).toEqual(emulator.snapshot().organizations);
    await emulator.close();
    expect(names(dataFile)).toEqual(['data.json']);
  });
});

describe('somebody else', () => {
  test('removes the log: the next change keeps all that there is', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'removed-')), 'data.json');
    const emulator = open(dataFile);
    await rename(emulator, 'Before');
    await send(emulator, 'delete', '/accounts/110/users/1101');
    rmSync(`${dataFile}.log`);
    expect((await rename(emulator, 'After')).status).toBe(200);
    expect(kept(dataFile).organizations).toEqual(emulator.snapshot().organizations);
    await emulator.close();
    expect(JSON.parse(readFileSync(dataFile, 'utf8')).organizations).toEqual(emulator.snapshot().organizations);
    expect(names(dataFile)).toEqual(['data.json']);
  });

  test('removes the log and nothing changes any more: the file has all that there is all the same', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'quietly-')), 'data.json');
    const emulator = open(dataFile);
    await rename(emulator, 'Before');
    rmSync(`${dataFile}.log`);
    await emulator.close();
    expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Before');
    expect(names(dataFile)).toEqual(['data.json']);
  });

  test('takes the lock: neither the file nor the log is touched any more', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'taken-')), 'data.json');
    const errors: unknown[] = [];
    const emulator = open(dataFile, errors);
    await rename(emulator, 'Before');
    writeFileSync(`${dataFile}.lock`, 'of another one');
    const before = [readFileSync(dataFile, 'utf8'), readFileSync(`${dataFile}.log`, 'utf8')];
    expect((await rename(emulator, 'After')).status).toBe(500);
    await emulator.close();
    expect([readFileSync(dataFile, 'utf8'), readFileSync(`${dataFile}.log`, 'utf8')]).toEqual(before);
    expect(errors.map(String)).toEqual(Array(2).fill(expect.stringContaining('another emulator has taken')));
  });

  test('moves the folder away and back: what was refused is not there, the rest is', async () => {
    const place = mkdtempSync(join(folder, 'moved-'));
    const dataFile = join(place, 'data.json');
    const emulator = open(dataFile);
    await rename(emulator, 'Before');
    renameSync(place, `${place}-away`);
    expect((await rename(emulator, 'Lost')).status).toBe(500);
    renameSync(`${place}-away`, place);
    expect(nameIn(kept(dataFile))).toBe('Before');
    expect((await rename(emulator, 'After')).status).toBe(200);
    expect(nameIn(kept(dataFile))).toBe('After');
    expect(stateOf(emulator)).toContain('"After"');
    await emulator.close();
  });
});
