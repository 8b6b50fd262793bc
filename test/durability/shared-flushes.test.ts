import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { JsonFile } from '../../src/store/json-file.ts';
import { State } from '../../src/store/state.ts';
import { fixture, send, stateOf } from './changes.ts';
import { Disk } from './disk.ts';
import { useFolder } from './processes.ts';

const folder = useFolder('shared-flushes');
const disks: Disk[] = [];
afterEach(() => {
  for (const disk of disks.splice(0)) disk.restore();
});

function open() {
  const dataFile = join(mkdtempSync(join(folder, 'disk-')), 'data.json');
  const disk = new Disk(dataFile);
  disks.push(disk);
  const errors: unknown[] = [];
  const emulator = createEmulator({ fixture, seed: 'shared', dataFile, onError: (error) => errors.push(error) });
  const text = () => readFileSync(dataFile, 'utf8');
  return { dataFile, disk, errors, emulator, text };
}

/** Holds the next write before it is renamed: until `release()`, with a code the write fails then. */
function hold(disk: Disk) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    const gate = new Promise<void>((go) => {
      release = go;
    });
    disk.onStep = (step) => {
      if (step !== 'rename') return undefined;
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
  expect(text()).not.toContain('"a"');

  if (failing === 'first') {
    // The held one has been seen already: the next step fails in its place.
    disk.fail({ step: 'fsync directory', code: 'EIO', times: 1 });
  } else if (failing === 'second') {
    disk.fail({ step: 'open', code: 'ENOSPC', times: 1 });
  }
  gate.release();
  expect(await statuses([one, ...others])).toEqual(expected);
  expect(errors).toHaveLength(expected.filter((status) => status === 500).length);
  for (const id of ['a', 'b', 'c']) {
    const isKept = (kept as readonly string[]).includes(id);
    expect([id, stateOf(emulator).includes(`"externalId": "${id}"`)]).toEqual([id, isKept]);
    expect([id, text().includes(`"externalId": "${id}"`)]).toEqual([id, isKept]);
  }
  // Ids go on as if nothing had been.
  expect((await post(emulator, 'd')).body.id).toBe(500 + kept.length);
  expect(text()).toContain('"externalId": "d"');
  await emulator.close();
});

test('a flush that fails before its file is in place takes those who wait with it', async () => {
  const { disk, emulator, text } = open();
  const kept = text();
  let release = () => {};
  const gate = new Promise<void>((go) => {
    release = go;
  });
  disk.onStep = (step) => (step === 'fsync' ? gate : undefined);
  disk.fail({ step: 'rename', code: 'EIO', times: 1 });
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
  disk.onStep = (step) => (step === 'fsync' ? gate : undefined);
  disk.fail({ step: 'rename', code: 'ENOSPC', times: 1 });
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
  const adapter = new JsonFile(dataFile, () => new State());
  const state = new State();
  let running = 0;
  let most = 0;
  disk.onStep = (step) => {
    if (step === 'open') running += 1;
    if (step === 'close directory') running -= 1;
    most = Math.max(most, running);
    return undefined;
  };
  // At each distance from the end of the first.
  for (let distance = 0; distance < 12; distance++) {
    const first = adapter.write(state);
    const second = adapter.write(state);
    const late = (async () => {
      await first;
      for (let n = 0; n < distance; n++) await undefined;
      const opened = disk.seen.filter((step) => step === 'open').length;
      await adapter.write(state);
      return disk.seen.filter((step) => step === 'open').length - opened;
    })();
    await second;
    expect([distance, await late]).toEqual([distance, expect.any(Number)]);
    expect(await late).toBeLessThanOrEqual(2);
  }
  const opens = disk.seen.filter((step) => step === 'open').length;
  expect(most).toBe(1);
  // Three writes, of which the last two share a flush or follow each other.
  expect(opens).toBeLessThanOrEqual(12 * 3);
});

test.each(['fails', 'succeeds'])('a write in the moment between two flushes, of which the first %s', async (end) => {
  const dataFile = join(mkdtempSync(join(folder, 'between-')), 'data.json');
  const load = () => new State();
  for (let distance = 0; distance < 12; distance++) {
    const disk = new Disk(dataFile);
    const adapter = new JsonFile(dataFile, load);
    const state = new State();
    state.track();
    const put = (id: number) =>
      state.organizations.put({
        ...{ id, name: `o${id}`, secret: `s${id}`, active: true, createdDate: 0, tierId: 1, canCreatePeer: false },
        ...{ externalCompany: { revenue: 0 }, twoFactorAuthEnabled: false },
        passwordPolicy: {
          ...{ minLength: 1, minUppercase: 0, minLowercase: 0, minNumbers: 0, minSymbols: 0 },
          ...{ symbolCharacterSet: '', previousPasswordCount: 0, expirationDays: 1 },
        },
      });
    const keep = (id: number) => {
      put(id);
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
      if (end === 'fails') disk.fail({ step: 'rename', code: 'EIO', times: 1 });
      return keep(3);
    })();
    const kept = (await Promise.all([first, second, late])).flat();
    disk.restore();
    expect([distance, [...state.organizations.values()].map(({ id }) => id)]).toEqual([distance, kept]);
    const { organizations }: { organizations: { id: number }[] } = JSON.parse(readFileSync(dataFile, 'utf8'));
    expect([distance, organizations.map(({ id }) => id)]).toEqual([distance, kept]);
  }
});

test('a reset on the way when the emulator is closed is on disk, or is refused', async () => {
  const { emulator, text } = open();
  const start = text();
  await post(emulator, 'gone');
  const reset = emulator.reset().then(
    () => true,
    () => false,
  );
  const closed = emulator.close();
  const isReset = await reset;
  await closed;
  expect({ isReset, isStart: text() === start }).toEqual({ isReset, isStart: isReset });
});
