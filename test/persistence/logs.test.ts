import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator, type Fixture, FixtureError } from '../../src/index.ts';
import { encodeEntry, encodeHeader } from '../../src/persistence/change-log.ts';
import { fixture, send, stateOf } from '../durability/changes.ts';
import { Disk } from '../durability/disk.ts';
import { useFolder } from '../durability/processes.ts';
import { kept } from '../support/kept.ts';

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

/** The message with which a start is refused; no file on disk changes then. */
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

test('a start reads the log that a process left', async () => {
  const { dataFile } = await left();
  const emulator = open(dataFile);
  expect((await rename(emulator, 'Four')).status).toBe(200);
  expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Three');
  expect(nameIn(kept(dataFile))).toBe('Four');
  await emulator.close();
  expect(names(dataFile)).toEqual(['data.json']);
  expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Four');
});

test('close() writes such a log into the file and removes it', async () => {
  const { dataFile } = await left();
  await open(dataFile).close();
  expect(names(dataFile)).toEqual(['data.json']);
  expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Three');
});

test('an incomplete last line is ignored, and the next change replaces it', async () => {
  const { dataFile, log, lines } = await left();
  for (const cut of [1, 10, (lines.at(-1)?.length ?? 0) + 1]) {
    writeFileSync(log, `${lines.join('\n')}\n`.slice(0, -cut));
    expect(nameIn(kept(dataFile))).toBe('Two');
  }
  writeFileSync(log, `${lines.join('\n')}\n`.slice(0, -30));
  const emulator = open(dataFile);
  await rename(emulator, 'New');
  expect(nameIn(kept(dataFile))).toBe('New');
  await emulator.close();
});

test('a log without changes, as a killed process leaves it, is ignored and removed', async () => {
  const { dataFile, log } = await left();
  const text = encodeHeader('other');
  for (const change of [() => undefined, () => rmSync(dataFile)]) {
    change();
    writeFileSync(log, text);
    const emulator = open(dataFile);
    expect((await rename(emulator, 'New')).status).toBe(200);
    expect(nameIn(kept(dataFile))).toBe('New');
    await emulator.close();
    writeFileSync(log, text);
    await open(dataFile).close();
    expect(names(dataFile)).toEqual(['data.json']);
  }
});

describe('a start is refused with the reason for', () => {
  test('a file that was changed or replaced', async () => {
    const { dataFile, log } = await left();
    const text = readFileSync(dataFile, 'utf8');
    writeFileSync(dataFile, text.replace('"Ten"', '"Edited"'));
    expect(refusal(dataFile)).toBe(
      `the file was changed or replaced, and ${log} has 3 changes to the earlier file: ` +
        `put that file back, or remove ${log} to continue without them`,
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
      `the file is missing, and ${log} has 1 change to the earlier file: ` +
        `put that file back, or remove ${log} to continue without it`,
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
      ([, ...rest]) => [encodeEntry({ log: 2, n: 0, of: '', operations: [] }).trim(), ...rest],
      'a newer version of the emulator has written it (2: this one knows 1)',
    ],
    [
      'a change that does not fit',
      (lines) => [
        ...lines.slice(0, 1),
        encodeEntry({ n: 1, operations: [{ token: 'token-of-1101', of: 1000 }] }).trim(),
      ],
      'its change 1 does not fit the state before it (token is taken by',
    ],
  ])('a log with %s', async (_name, change, problem) => {
    const { dataFile, log, lines } = await left();
    writeFileSync(log, `${change(lines).join('\n')}\n`);
    const message = refusal(dataFile);
    expect(message.startsWith(`${log} cannot be used, ${problem}`)).toBe(true);
    expect(message).toContain(`put a copy of both back, or remove ${log} to continue without its changes`);
    expect(message).not.toContain('token-of');
  });

  test.each([
    ['a line of words', 'two changes answered\n'],
    ['nothing', ''],
    ['a secret', 'Hidden-Secret-1234'],
    ['zeros', '\0'.repeat(400)],
  ])("a log with %s, which stays because it is not an emulator's", async (_name, text) => {
    const { dataFile, log } = await left();
    writeFileSync(log, text);
    chmodSync(log, 0o640);
    expect(refusal(dataFile)).toBe(
      `${log} was not written by an emulator, its first line is not that of a change log: ` +
        'the change log needs this name: move it away, or use another data file',
    );
    rmSync(dataFile);
    expect(refusal(dataFile)).toContain('was not written by an emulator');
    expect(statSync(log).mode & 0o777).toBe(0o640);
  });

  test('a log that is a link, whose target stays unchanged', async () => {
    const { dataFile, log } = await left();
    const target = join(dataFile, '..', 'target');
    for (const text of [readFileSync(log), 'words\n', undefined]) {
      rmSync(log);
      rmSync(target, { force: true });
      if (text !== undefined) writeFileSync(target, text);
      if (text !== undefined) chmodSync(target, 0o644);
      symlinkSync(target, log);
      expect(() => open(dataFile)).toThrow(`${log} was not written by an emulator, it is a link: `);
      expect(existsSync(target) && [readFileSync(target, 'utf8'), statSync(target).mode & 0o777]).toEqual(
        text !== undefined && [String(text), 0o644],
      );
    }
  });

  test('a log that is not a file', async () => {
    const { dataFile, log } = await left();
    rmSync(log);
    mkdirSync(log);
    expect(() => open(dataFile)).toThrow(`${dataFile}: ${log} cannot be read: ${log} is a directory`);
  });
});

test('missing fields of a data file are filled in, saved with the first change, and stay the same', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'by-hand-')), 'data.json');
  writeFileSync(dataFile, '{"organizations": [{"name": "By hand", "accounts": [{"users": [{"email": "a@b.c"}]}]}]}');
  const emulator = createEmulator({ dataFile });
  expect((await rename(emulator, 'Changed')).status).toBe(200);
  await rename(emulator, 'Changed again');
  expect(kept(dataFile).organizations).toEqual(emulator.snapshot().organizations);
  await emulator.close();
  expect(JSON.parse(readFileSync(dataFile, 'utf8')).organizations).toEqual(emulator.snapshot().organizations);
});

test('ids of deleted users are not given again, whatever happened in between', async () => {
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

describe('the file is rewritten', () => {
  test('at once by a reset', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'reset-')), 'data.json');
    const emulator = open(dataFile);
    await rename(emulator, 'Renamed');
    await emulator.reset();
    expect(names(dataFile)).toEqual(['data.json', 'data.json.lock']);
    expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Ten');
    await emulator.close();
  });

  test('and keeps its owner, whoever runs the emulator', async () => {
    // Only root can have a file of another user.
    if (process.getuid?.() !== 0) return;
    const dataFile = join(mkdtempSync(join(folder, 'owner-')), 'data.json');
    await open(dataFile).close();
    chownSync(dataFile, 65534, 65534);
    const emulator = open(dataFile);
    await rename(emulator, 'Renamed');
    await emulator.close();
    expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Renamed');
    expect(statSync(dataFile)).toMatchObject({ uid: 65534, gid: 65534 });
  });

  test('while changes continue, when the log is large, and the log then has only later changes', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'large-')), 'data.json');
    const emulator = open(dataFile);
    const name = 'x'.repeat(800_000);
    let n = 0;
    const { ino } = statSync(dataFile);
    while (statSync(dataFile).ino === ino && n < 200) {
      n += 1;
      expect((await rename(emulator, `${name}-${n}`)).status).toBe(200);
      expect(nameIn(kept(dataFile))).toBe(`${name}-${n}`);
    }
    // The log is large from 4 MiB on, which are six of them.
    expect(n).toBeGreaterThan(5);
    expect(n).toBeLessThan(20);
    expect(existsSync(`${dataFile}.log`)).toBe(false);
    await rename(emulator, 'Last');
    expect(readFileSync(`${dataFile}.log`, 'utf8').split('\n')).toHaveLength(3);
    expect(kept(dataFile).organizations).toEqual(emulator.snapshot().organizations);
    await emulator.close();
    expect(names(dataFile)).toEqual(['data.json']);
  });
});

describe('another process', () => {
  const edit = (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('"Ten"', '"Eleven"'));
  const copyOf = (file: string) => {
    copyFileSync(file, `${file}.copy`);
    return `${file}.copy`;
  };

  test.each<[string, (file: string) => void, string]>([
    ['edits the file', edit, 'the file has been changed or replaced by another process'],
    [
      'edits the file without a change of its size',
      (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"Ten"', '"Net"')),
      'the file has been changed or replaced by another process',
    ],
    [
      'replaces the file',
      (file) => {
        edit(copyOf(file));
        renameSync(`${file}.copy`, file);
      },
      'the file has been changed or replaced by another process',
    ],
    ['removes the file', (file) => rmSync(file), 'the file is gone'],
    ['removes the log', (file) => rmSync(`${file}.log`), 'its log is gone'],
    [
      'writes to the log',
      (file) => appendFileSync(`${file}.log`, 'words\n'),
      'its log has been changed or replaced by another process',
    ],
    [
      'replaces the log',
      (file) => renameSync(copyOf(`${file}.log`), `${file}.log`),
      'its log has been changed or replaced by another process',
    ],
    ['removes the lock', (file) => rmSync(`${file}.lock`), 'its lock is gone'],
    ['takes the lock', (file) => writeFileSync(`${file}.lock`, 'of another one'), "its lock is another emulator's"],
  ])('%s: later changes fail with the reason, and no file is changed', async (_name, change, reason) => {
    for (const hasLog of [true, false]) {
      const dataFile = join(mkdtempSync(join(folder, 'others-')), 'data.json');
      await open(dataFile).close();
      const errors: unknown[] = [];
      const emulator = open(dataFile, errors);
      if (hasLog || reason.includes('its log')) await rename(emulator, 'Before');
      const memory = stateOf(emulator);
      change(dataFile);
      const texts = () => names(dataFile).map((name) => [name, readFileSync(join(dataFile, '..', name), 'utf8')]);
      const before = texts();
      for (let time = 0; time < 2; time++) {
        const { status, body } = await rename(emulator, 'After');
        const message = `The change could not be saved in the data file (${reason}) and was undone.`;
        expect([status, body.message]).toEqual([500, message]);
      }
      await expect(emulator.reset()).rejects.toThrow(
        `${reason}. The emulator saves and overwrites nothing more: end this`,
      );
      expect(stateOf(emulator)).toBe(memory);
      expect((await send(emulator, 'get', '/accounts')).status).toBe(200);
      expect(texts()).toEqual(before);
      await emulator.close();
      // Only its own lock is removed.
      const isOwn = !reason.includes('lock');
      expect(texts()).toEqual(before.filter(([name]) => !isOwn || name !== 'data.json.lock'));
      expect(errors.slice(0, 2).map(String)).toEqual(Array(2).fill(expect.stringContaining(reason)));
    }
  });

  test('edits the file while a change is being saved: the change is not acknowledged', async () => {
    for (const change of [edit, (file: string) => rmSync(`${file}.lock`), (file: string) => rmSync(`${file}.log`)]) {
      const dataFile = join(mkdtempSync(join(folder, 'meanwhile-')), 'data.json');
      const disk = new Disk(dataFile);
      const emulator = open(dataFile);
      await rename(emulator, 'Before');
      disk.onDone = (step) => step === 'append' && change(dataFile);
      expect((await rename(emulator, 'After')).status).toBe(500);
      disk.restore();
      expect(stateOf(emulator)).toContain('"Before"');
      await emulator.close();
    }
  });

  test('takes the lock while the first change is being saved: no log is created', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'first-')), 'data.json');
    const disk = new Disk(dataFile);
    const emulator = open(dataFile);
    disk.onDone = (step) => step === 'close draft' && writeFileSync(`${dataFile}.lock`, 'of another one');
    expect((await rename(emulator, 'After')).status).toBe(500);
    disk.restore();
    expect(names(dataFile)).toEqual(['data.json', 'data.json.lock']);
    await emulator.close();
  });

  test('edits the file during a rewrite: the edit stays', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'meanwhile-')), 'data.json');
    const disk = new Disk(dataFile);
    const emulator = open(dataFile);
    await rename(emulator, 'Before');
    disk.onDone = (step) => step === 'close draft' && edit(dataFile);
    await expect(emulator.reset()).rejects.toThrow('has been changed or replaced by another process');
    disk.restore();
    await emulator.close();
    expect(names(dataFile)).toEqual(['data.json', 'data.json.log']);
    expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Eleven');
    expect(refusal(dataFile)).toContain('the file was changed or replaced, and');
  });

  test('has a new log when an owner that was stopped during a rewrite continues: the new log stays', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'stopped-')), 'data.json');
    const disk = new Disk(dataFile);
    const emulator = open(dataFile);
    await rename(emulator, 'Before');
    disk.onStep = (step) => {
      if (step !== 'remove log') return;
      // What a takeover does meanwhile.
      for (const name of names(dataFile)) if (name.endsWith('.tmp')) rmSync(join(dataFile, '..', name));
      writeFileSync(`${dataFile}.lock`, 'of the next one');
      rmSync(`${dataFile}.log`);
      writeFileSync(`${dataFile}.log`, 'of the next one');
    };
    await expect(emulator.reset()).rejects.toThrow('has been changed or replaced by another process');
    disk.restore();
    expect((await rename(emulator, 'Lost')).status).toBe(500);
    await emulator.close();
    for (const name of ['log', 'lock']) expect(readFileSync(`${dataFile}.${name}`, 'utf8')).toBe('of the next one');
    expect(names(dataFile)).toEqual(['data.json', 'data.json.lock', 'data.json.log']);
  });

  test('touches the file or restores it from a copy: that is not an edit', async () => {
    const dataFile = join(mkdtempSync(join(folder, 'touched-')), 'data.json');
    const emulator = open(dataFile);
    utimesSync(dataFile, 1, 1);
    expect((await rename(emulator, 'Touched')).status).toBe(200);
    renameSync(copyOf(dataFile), dataFile);
    expect((await rename(emulator, 'Copied')).status).toBe(200);
    await emulator.close();
    expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe('Copied');
  });

  test('moves the folder away and back: the file has all changes except the refused ones', async () => {
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
