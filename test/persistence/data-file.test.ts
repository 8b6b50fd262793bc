import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixtureText } from '../../src/fixtures/fixture-text.ts';
import { loadFixture } from '../../src/fixtures/load-fixture.ts';
import { createEmulator, FixtureError } from '../../src/index.ts';
import { DataFile } from '../../src/persistence/data-file.ts';
import { Clock } from '../../src/state/clock.ts';
import { createIds } from '../../src/state/ids.ts';
import type { State } from '../../src/state/state.ts';
import { readCheckpoint } from '../../src/store.ts';
import { connect } from '../support/client.ts';
import { keptText } from '../support/kept.ts';

const folder = mkdtempSync(join(tmpdir(), 'data-'));
afterAll(() => rmSync(folder, { recursive: true }));
const lock = { requireHeld: () => undefined, release: () => undefined };

test('a restart has all changes, and ids and secrets continue', async () => {
  const dataFile = join(folder, 'restart.json');
  const first = createEmulator({ dataFile, seed: 'same' });
  const created = await connect(first).post('/organizations/users', { firstName: 'A', lastName: 'B', email: 'a@b.c' });
  expect(created.status).toBe(200);
  expect(created.body.id).toBe(413);
  await connect(first).patch('/accounts/4022', { active: false });
  await first.close();

  const second = createEmulator({ dataFile, fixture: 'minimal', seed: 'same' });
  const found = await connect(second).get('/organizations/users/a@b.c');
  expect(found.status).toBe(200);
  expect(found.body.id).toBe(413);
  const account = await connect(second).get('/accounts/4022');
  expect(account.body).toMatchObject({ id: 4022, active: false });
  const next = await connect(second).post('/organizations/users', { firstName: 'C', lastName: 'D', email: 'c@d.e' });
  expect(next.body.id).toBe(414);
  expect(next.body.secret).not.toBe(created.body.secret);
});

test('every answer is sent after its change is on disk', async () => {
  const dataFile = join(folder, 'acknowledged.json');
  const emulator = createEmulator({ dataFile });
  const emails = Array.from({ length: 20 }, (_, n) => `user${n}@acme.example`);
  await Promise.all(
    emails.map(async (email) => {
      const { status } = await connect(emulator).post('/organizations/users', { firstName: 'A', lastName: 'B', email });
      expect(status).toBe(200);
      expect(keptText(dataFile)).toContain(`"${email}"`);
    }),
  );
});

test('the file is a fixture that only its owner can read', async () => {
  const dataFile = join(folder, 'fixture.json');
  const emulator = createEmulator({ dataFile });
  expect(existsSync(dataFile)).toBe(true);
  await connect(emulator).put('/organizations/me', { name: 'Renamed' });
  for (const file of [dataFile, `${dataFile}.log`]) expect(statSync(file).mode & 0o777).toBe(0o600);
  await emulator.close();

  const copy = createEmulator({ fixture: dataFile });
  const { status, body } = await connect(copy).get('/organizations/me');
  expect(status).toBe(200);
  expect(body.name).toBe('Renamed');
});

test('reset() restores the fixture, on disk too', async () => {
  const dataFile = join(folder, 'reset.json');
  const emulator = createEmulator({ dataFile });
  await connect(emulator).put('/organizations/me', { name: 'Renamed' });
  await emulator.reset();
  expect(keptText(dataFile)).toContain("Claude's  Company");
  expect(keptText(dataFile)).not.toContain('Renamed');
  await emulator.close();
  expect(readFileSync(dataFile, 'utf8')).not.toContain('Renamed');
});

test('an invalid file is refused and stays unchanged', () => {
  const dataFile = join(folder, 'broken.json');
  writeFileSync(dataFile, '{"organizations": [');
  expect(() => createEmulator({ dataFile })).toThrow(FixtureError);
  expect(readFileSync(dataFile, 'utf8')).toBe('{"organizations": [');
});

test('a change that cannot be saved answers 500 in the envelope and is logged', async () => {
  const place = mkdtempSync(join(folder, 'gone-'));
  const emulator = createEmulator({ dataFile: join(place, 'data.json') });
  rmSync(place, { recursive: true });
  const log = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const { status, body } = await connect(emulator).put('/organizations/me', { name: 'Lost' });
    expect(status).toBe(500);
    expect(body).toEqual({
      requestId: expect.any(String),
      message: 'The change could not be saved in the data file (its lock is gone) and was undone.',
    });
    expect(log).toHaveBeenCalledWith(expect.stringContaining('unexpected error in PUT /organizations/me'));
  } finally {
    log.mockRestore();
  }
});

test.each([
  [
    join(folder, 'no', 'such', 'folder.json'),
    /folder\.json: the data file cannot be written: there is no directory \S+\/no$/,
  ],
  [folder, /the file cannot be read: \S+ is a directory$/],
  [' ', /the data file: its path is blank/],
])('a path that cannot be a data file is refused: %s', (dataFile, message) => {
  expect(() => createEmulator({ dataFile })).toThrow(message);
});

test('ids of deleted users and used secrets are not given again, whatever the edited file has', async () => {
  const dataFile = join(folder, 'edited.json');
  const first = createEmulator({ dataFile, fixture: 'minimal', seed: 'edited' });
  const user = { firstName: 'A', lastName: 'B' };
  const created = await connect(first).post('/organizations/users', { ...user, email: 'one@b.c' });
  expect(created).toMatchObject({ status: 200, body: { id: 2 } });
  await first.close();

  const { sequences: _, ...rest } = JSON.parse(readFileSync(dataFile, 'utf8'));
  writeFileSync(dataFile, JSON.stringify(rest));
  const second = createEmulator({ dataFile, seed: 'edited' });
  const other = await connect(second).post('/organizations/users', { ...user, email: 'two@b.c' });
  expect(other).toMatchObject({ status: 200, body: { id: 3 } });
  expect(other.body.secret).not.toBe(created.body.secret);
});

test('the id of a deleted user that the sequence has not reached is not given again after a restart', async () => {
  const dataFile = join(folder, 'deleted.json');
  const users = [
    { id: 1, email: 'a@a.a', roles: ['org-admin'] },
    { id: 2, email: 'b@b.b' },
  ];
  const fixture = { organizations: [{ name: 'A', accounts: [{ id: 1, defaultAccount: true, users }] }] };
  const first = createEmulator({ dataFile, fixture });
  expect((await connect(first).delete('/organizations/users/2')).status).toBe(200);
  await first.close();
  const second = createEmulator({ dataFile });
  const body = { firstName: 'New', lastName: 'User', email: 'new@b.b' };
  const created = await connect(second).post('/organizations/users', body);
  expect(created).toMatchObject({ status: 200, body: { id: 3 } });
});

test('close() does not write saved changes again, and succeeds without the disk', async () => {
  const place = mkdtempSync(join(folder, 'kept-'));
  const emulator = createEmulator({ dataFile: join(place, 'data.json'), onError: () => undefined });
  const put = (name: string) => connect(emulator).put('/organizations/me', { name });
  expect((await put('Kept')).status).toBe(200);
  rmSync(place, { recursive: true });
  expect((await put('Lost')).status).toBe(500);
  await expect(emulator.close()).resolves.toBeUndefined();
});

test('an edit of the file while nothing changes stays', async () => {
  const dataFile = join(folder, 'by-hand.json');
  await createEmulator({ dataFile, fixture: 'minimal' }).close();
  const emulator = createEmulator({ dataFile });
  expect((await connect(emulator).get('/organizations/me')).status).toBe(200);
  const edited = readFileSync(dataFile, 'utf8').replace('"name"', '"name" ');
  writeFileSync(dataFile, edited);
  await emulator.close();
  expect(readFileSync(dataFile, 'utf8')).toBe(edited);
});

test('a file that others can read becomes readable for its owner only', async () => {
  const dataFile = join(folder, 'open.json');
  await createEmulator({ dataFile, fixture: 'minimal' }).close();
  chmodSync(dataFile, 0o644);
  const emulator = createEmulator({ dataFile });
  expect(statSync(dataFile).mode & 0o777).toBe(0o600);
  await emulator.close();
});

test('a removed lock is not created again, and changes of a second emulator stay', async () => {
  const dataFile = join(folder, 'lost.json');
  const first = createEmulator({ dataFile, fixture: 'minimal', onError: () => undefined });
  const put = (emulator: ReturnType<typeof createEmulator>, name: string) =>
    connect(emulator).put('/organizations/me', { name });
  expect((await put(first, 'First')).status).toBe(200);
  rmSync(`${dataFile}.lock`);
  const second = createEmulator({ dataFile });
  expect((await put(second, 'Second')).status).toBe(200);
  expect((await put(first, 'Lost')).status).toBe(500);
  await second.close();
  expect((await put(first, 'Lost')).status).toBe(500);
  expect((await connect(first).get('/organizations/me')).body).toMatchObject({ name: 'First' });
  await first.close();
  expect(JSON.parse(readFileSync(dataFile, 'utf8')).organizations[0].name).toBe('Second');
});

describe('a change that makes the file too large to be read again', () => {
  const text = (state: State) => Buffer.byteLength([...fixtureText(state)].join(''));
  const begun = (name: string, room: number) => {
    const initial = readCheckpoint(
      loadFixture('minimal').fixture,
      name,
      new Clock(),
      createIds(new Clock(), name),
    ).state;
    const path = join(folder, name);
    const onError = jest.fn();
    const build = () => ({ state: initial, isWhole: true });
    const file = new DataFile(path, lock, { initial, build, onError, limit: text(initial) + room });
    const state = file.read();
    const grow = (length: number) => {
      const [organization] = state.organizations.values();
      if (organization !== undefined) state.organizations.put({ ...organization, name: 'x'.repeat(length) });
      file.write(state);
    };
    return { path, file, state, grow, onError };
  };

  test('is refused before it is acknowledged, and undone', () => {
    const { path, file, state, grow, onError } = begun('too-large.json', 40_000);
    grow(1000);
    expect(() => grow(50_000)).toThrow(
      expect.objectContaining({
        summary:
          'The change could not be saved in the data file (it would have more than the 0 MiB that can be read again) and was undone.',
      }),
    );
    expect([...state.organizations.values()][0]?.name).toHaveLength(1000);
    expect(keptText(path)).toContain('x'.repeat(1000));
    // A change that does not grow the state is saved any number of times: the file is rewritten in between.
    for (let n = 0; n < 100; n++) grow(900 + n);
    file.close();
    expect(onError).not.toHaveBeenCalled();
    expect(readFileSync(path, 'utf8')).toContain(`"${'x'.repeat(999)}"`);
  });

  test('is refused in a restore', () => {
    const { path, file, state, grow } = begun('no-world.json', 20_000);
    const other = state.fork();
    const [organization] = other.organizations.values();
    if (organization !== undefined) other.organizations.put({ ...organization, name: 'x'.repeat(30_000) });
    const before = readFileSync(path, 'utf8');
    expect(() => file.write(other)).toThrow('that can be read again');
    expect(readFileSync(path, 'utf8')).toBe(before);
    grow(10);
    file.close();
  });
});
