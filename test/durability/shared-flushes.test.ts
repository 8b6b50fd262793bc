import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createEmulator, type Emulator, type Fixture } from '../../src/index.ts';
import { DataFile } from '../../src/persistence/data-file.ts';
import { State } from '../../src/state/state.ts';
import { kept as keptIn, keptText } from '../support/kept.ts';
import { fixture, send, stateOf } from './changes.ts';
import { Disk } from './disk.ts';
import { useFolder } from './processes.ts';

const folder = useFolder('shared-flushes');
/** Nobody reads a file here, and nobody else comes. */
const nothing = { build: () => ({ state: new State(), isWhole: true }), onError: fail };
const lock = { requireHeld: () => undefined };
function fail(error: unknown): never {
  throw error;
}
const organization = (id: number) => ({
  ...{ id, name: `o${id}`, secret: `s${id}`, active: true, createdDate: 0, tierId: 1, canCreatePeer: false },
  ...{ externalCompany: { revenue: 0 }, twoFactorAuthEnabled: false },
  passwordPolicy: {
    ...{ minLength: 1, minUppercase: 0, minLowercase: 0, minNumbers: 0, minSymbols: 0 },
    ...{ symbolCharacterSet: '', previousPasswordCount: 0, expirationDays: 1 },
  },
});
function begun(): State {
  const state = new State();
  state.organizations.put(organization(100));
  return state;
}
const idsIn = ({ organizations }: Fixture) => organizations.map(({ id }) => id);
const disks: Disk[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  for (const disk of disks.splice(0)) disk.restore();
});

function open() {
  const dataFile = join(mkdtempSync(join(folder, 'disk-')), 'data.json');
  const disk = new Disk(dataFile);
  disks.push(disk);
  const errors: unknown[] = [];
  const emulator = createEmulator({ fixture, seed: 'shared', dataFile, onError: (error) => errors.push(error) });
  const text = () => keptText(dataFile);
  return { dataFile, disk, errors, emulator, text };
}

/** Holds the next flush when its line is about to be synced: until `release()`. */
function hold(disk: Disk) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    const gate = new Promise<void>((go) => {
      release = go;
    });
    disk.onStep = (step) => {
      if (step !== 'sync log') return undefined;
      disk.onStep = undefined;
      resolve();
      return gate;
    };
  });
  return { held, release: () => release() };
}

const post = (emulator: Emulator, externalId: string) => send(emulator, 'post', '/accounts', { externalId });
const statuses = async (answers: Promise<{ status: number }>[]) => (await Promise.all(answers)).map((a) => a.status);
/** Waits until so many accounts are in memory, kept or not. */
async function untilThere(emulator: Emulator, ...externalIds: string[]): Promise<void> {
  while (!externalIds.every((id) => stateOf(emulator).includes(`"${id}"`))) await setImmediate();
}

test.each([
  ['the first flush fails', 'first', [500, 500, 500], []],
  ['the second flush fails', 'second', [200, 500, 500], ['a']],
  ['both succeed', 'none', [200, 200, 200], ['a', 'b', 'c']],
] as const)('a change under way and two that wait for it: %s', async (_name, failing, expected, kept) => {
  const { disk, emulator, errors, text } = open();
  const gate = hold(disk);
  const one = post(emulator, 'a');
  void one.then(() => undefined);
  await gate.held;
  const others = [post(emulator, 'b'), post(emulator, 'c')];
  for (const other of others) void other.then(() => undefined);
  await untilThere(emulator, 'b', 'c');
  // Who reads does not wait for the disk.
  expect((await send(emulator, 'get', '/accounts')).status).toBe(200);
  if (failing === 'first') {
    disk.fail({ step: 'sync log', code: 'EIO', times: 1 });
  } else if (failing === 'second') {
    disk.onStep = (step) => {
      if (step === 'append') disk.fail({ step, code: 'ENOSPC', times: 1 });
      return undefined;
    };
  }
  gate.release();
  expect(await statuses([one, ...others])).toEqual(expected);
  expect(errors).toHaveLength(expected.filter((status) => status === 500).length);
  for (const id of ['a', 'b', 'c']) {
    const isKept = (kept as readonly string[]).includes(id);
    expect([id, stateOf(emulator).includes(`"externalId": "${id}"`)]).toEqual([id, isKept]);
    expect([id, text().includes(`"externalId": "${id}"`)]).toEqual([id, isKept]);
  }
  disk.onStep = undefined;
  // Ids go on as if nothing had been.
  expect((await post(emulator, 'd')).body.id).toBe(500 + kept.length);
  expect(text()).toContain('"externalId": "d"');
  await emulator.close();
});

test('a flush that fails takes those who wait with it', async () => {
  const { disk, emulator, text } = open();
  const kept = text();
  let release = () => {};
  const gate = new Promise<void>((go) => {
    release = go;
  });
  disk.onStep = (step) => (step === 'append' ? gate : undefined);
  disk.fail({ step: 'sync log', code: 'EIO', times: 1 });
  const one = post(emulator, 'a');
  void one.then(() => undefined);
  await untilThere(emulator, 'a');
  // It stands on what is not kept yet.
  const two = send(emulator, 'post', '/accounts/500/users', {
    firstName: 'F',
    lastName: 'L',
    email: 'stands@on.it',
    password: 'pw',
  });
  void two.then(() => undefined);
  await untilThere(emulator, 'stands@on.it');
  release();
  expect(await statuses([one, two])).toEqual([500, 500]);
  disk.onStep = undefined;
  expect(text()).toBe(kept);
  expect(stateOf(emulator)).not.toContain('stands@on.it');
  expect((await post(emulator, 'b')).body.id).toBe(500);
  await emulator.close();
});

test('changes of the same records in one flush are taken back the latest first', async () => {
  const { disk, emulator, text } = open();
  const [before, kept] = [stateOf(emulator), text()];
  let release = () => {};
  const gate = new Promise<void>((go) => {
    release = go;
  });
  disk.onStep = (step) => (step === 'append' ? gate : undefined);
  disk.fail({ step: 'sync log', code: 'ENOSPC', times: 1 });
  const change = async (id: number, body: object, seen: string) => {
    const answer = send(emulator, 'patch', `/organizations/users/${id}`, body);
    void answer.then(() => undefined);
    await untilThere(emulator, seen);
    return [answer];
  };
  // The email of one becomes that of another, and comes back to a third.
  const answers = [
    ...(await change(1101, { email: 'free@here.example', phone: 'p1' }, 'p1')),
    ...(await change(1100, { email: 'user@here.example', phone: 'p2' }, 'p2')),
    ...(await change(1200, { email: 'admin@here.example', phone: 'p3' }, 'p3')),
    ...(await change(1101, { phone: 'p4' }, 'p4')),
    ...(await change(1101, { phone: 'p5', active: false }, 'p5')),
    ...(await change(1100, { email: 'second@here.example', phone: 'p6' }, 'p6')),
  ];
  release();
  expect(await statuses(answers)).toEqual(answers.map(() => 500));
  disk.onStep = undefined;
  expect(stateOf(emulator)).toBe(before);
  expect(text()).toBe(kept);
  // The indexes are those of before, too.
  expect((await send(emulator, 'get', '/users/user@here.example')).body.id).toBe(1101);
  expect((await send(emulator, 'get', '/users/admin@here.example')).body.id).toBe(1100);
  expect((await send(emulator, 'get', '/users/free@here.example')).status).toBe(404);
  expect((await send(emulator, 'get', '/authentication/secrets', undefined, 'Bearer token-of-1101')).status).toBe(200);
  await emulator.close();
});

test('flushes follow each other, also when somebody writes the moment one ends', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'adapter-')), 'data.json');
  const disk = new Disk(dataFile);
  disks.push(disk);
  const adapter = new DataFile(dataFile, lock, nothing);
  const state = adapter.open(begun());
  const write = () => {
    state.nextId('user');
    return adapter.write(state);
  };
  let running = 0;
  let most = 0;
  let appends = 0;
  disk.onStep = (step) => {
    if (step === 'append') {
      running += 1;
      appends += 1;
    }
    if (step === 'sync log') running -= 1;
    most = Math.max(most, running);
    return undefined;
  };
  // At each distance from the end of the first.
  for (let distance = 0; distance < 12; distance++) {
    const first = write();
    const second = write();
    const late = (async () => {
      await first;
      for (let n = 0; n < distance; n++) await undefined;
      const before = appends;
      await write();
      return appends - before;
    })();
    await second;
    expect(await late).toBeLessThanOrEqual(2);
  }
  expect(most).toBe(1);
  // Three writes, of which the last two share a flush or follow each other.
  expect(appends).toBeLessThanOrEqual(12 * 3);
  expect(keptIn(dataFile).sequences?.user).toBe(1 + 12 * 3);
  await adapter.close();
});

test.each(['fails', 'succeeds'])('a write in the moment between two flushes, of which the first %s', async (end) => {
  const dataFile = join(mkdtempSync(join(folder, 'between-')), 'data.json');
  for (let distance = 0; distance < 12; distance++) {
    rmSync(dataFile, { force: true });
    const disk = new Disk(dataFile);
    const adapter = new DataFile(dataFile, lock, nothing);
    const state = adapter.open(begun());
    const keep = (id: number) => {
      state.organizations.put(organization(id));
      return adapter.write(state).then(
        () => [id],
        () => [],
      );
    };
    const first = keep(1);
    const second = keep(2);
    const late = (async () => {
      await first;
      for (let n = 0; n < distance; n++) await undefined;
      if (end === 'fails') disk.fail({ step: 'sync log', code: 'EIO', times: 1 });
      return keep(3);
    })();
    const kept = [100, ...(await Promise.all([first, second, late])).flat()];
    disk.restore();
    expect([distance, [...state.organizations.values()].map(({ id }) => id)]).toEqual([distance, kept]);
    expect([distance, idsIn(keptIn(dataFile))]).toEqual([distance, kept]);
    await adapter.close();
    const file: Fixture = JSON.parse(readFileSync(dataFile, 'utf8'));
    expect([distance, idsIn(file)]).toEqual([distance, kept]);
  }
});

test('a reset on the way when the emulator is closed is on disk, or is refused', async () => {
  const { emulator, dataFile } = open();
  const start = keptIn(dataFile);
  await post(emulator, 'gone');
  const reset = emulator.reset().then(
    () => true,
    () => false,
  );
  const closed = emulator.close();
  const isReset = await reset;
  await closed;
  expect({ isReset, isStart: isDeepStrictEqual(keptIn(dataFile), start) }).toEqual({ isReset, isStart: isReset });
});
