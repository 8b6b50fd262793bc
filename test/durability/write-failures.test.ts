import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { StorageError } from '../../src/store/json-file.ts';
import { changes, fixture, send, stateOf } from './changes.ts';
import { Disk, firstSteps, steps } from './disk.ts';
import { randomNumbers, seed, useFolder, writeFigures } from './processes.ts';

const folder = useFolder('write-failures');
const codes = ['ENOSPC', 'EIO', 'EDQUOT', 'EACCES'];
const options = { fixture, now: '2020-03-01T10:20:30Z', seed: 'failures' };
const hits: Record<string, number> = {};
const disks: Disk[] = [];
afterEach(() => {
  for (const disk of disks.splice(0)) {
    disk.restore();
    for (const [step, count] of disk.hits) hits[step] = (hits[step] ?? 0) + count;
  }
});
afterAll(() => writeFigures('write-failures', { hits }));

/** An emulator on a disk that can be made to fail, what it tells of errors, and one in memory beside it. */
function open() {
  const dataFile = join(mkdtempSync(join(folder, 'disk-')), 'data.json');
  const disk = new Disk(dataFile);
  disks.push(disk);
  const errors: unknown[] = [];
  const emulator = createEmulator({ ...options, dataFile, onError: (error) => errors.push(error) });
  const text = () => readFileSync(dataFile, 'utf8');
  return { dataFile, disk, errors, emulator, text, beside: createEmulator(options) };
}

/** Nothing but the file and its lock is there, and the file holds what the emulator does. */
function expectInStep(dataFile: string, emulator: Emulator): void {
  expect(readdirSync(join(dataFile, '..')).sort()).toEqual(['data.json', 'data.json.lock']);
  const { now: _now, ...loaded } = createEmulator({ ...options, fixture: dataFile }).snapshot();
  const { now: _then, ...present } = emulator.snapshot();
  const counted = { ...present.sequences, request: 1 };
  expect(loaded).toEqual({ ...present, sequences: counted });
}

const named = Object.entries(changes).map(([name, change]) => ({ name, change }));
const [first] = named;
const cascade = named.find(({ name }) => name === 'an account deactivated with its users');
const everywhere = steps.flatMap((step) => codes.map((code) => ({ step, code, isPartial: false })));
const cases = [
  ...[first, cascade].flatMap((one) => (one === undefined ? [] : everywhere.map((each) => ({ ...one, ...each })))),
  ...[first, cascade].flatMap((one) =>
    one === undefined ? [] : codes.map((code) => ({ ...one, step: 'text' as const, code, isPartial: true })),
  ),
  ...named.flatMap((one) =>
    (['text', 'rename'] as const).map((step) => ({ ...one, step, code: 'ENOSPC', isPartial: step === 'text' })),
  ),
];

describe('a failing step of the write', () => {
  test.each(cases)('$step $code (partial: $isPartial): $name', async ({ change, step, code, isPartial }) => {
    const { dataFile, disk, errors, emulator, text, beside } = open();
    const made = await send(emulator, 'post', '/accounts', { externalId: 'before' });
    await send(beside, 'post', '/accounts', { externalId: 'before' });
    expect(made.status).toBe(200);
    const [before, kept] = [stateOf(emulator), text()];

    disk.fail({ step, code, isPartial });
    for (const time of [1, 2]) {
      const { status, body } = await change(emulator);
      expect({ status, body }).toEqual({
        status: 500,
        body: {
          requestId: expect.stringMatching(/^[0-9a-f]{24}$/),
          message: `The change could not be kept in the data file (${code}) and was taken back.`,
        },
      });
      expect(disk.hits.get(step)).toBeGreaterThanOrEqual(time);
      expect(errors).toHaveLength(time);
      expect(errors[time - 1]).toBeInstanceOf(StorageError);
      expect(stateOf(emulator)).toBe(before);
      expect((await send(emulator, 'get', '/accounts/110/users')).status).toBe(200);
    }
    // Who starts anew from here finds what was acknowledged, and nothing of what was not.
    expect(text()).toBe(kept);
    expect(readdirSync(join(dataFile, '..')).sort()).toEqual(['data.json', 'data.json.lock']);

    disk.mend();
    expect(await change(emulator)).toMatchObject({ ...(await change(beside)), body: expect.anything() });
    const next = { firstName: 'N', lastName: 'X', email: 'next@ten.example' };
    const after = await send(emulator, 'post', '/organizations/users', next);
    expect(after).toMatchObject({ status: 200, body: { id: expect.any(Number), secret: expect.any(String) } });
    expect((await send(beside, 'post', '/organizations/users', next)).body.secret).toBe(after.body.secret);
    expect(stateOf(emulator)).toBe(stateOf(beside));
    expectInStep(dataFile, emulator);
    await emulator.close();
    expect(existsSync(`${dataFile}.lock`)).toBe(false);
  });

  test('was hit, each of them', () => {
    expect(Object.keys(hits).sort()).toEqual([...steps].sort());
  });
});

test('an answer goes out after the last step, and the steps are in their order', async () => {
  const { disk, emulator } = open();
  disk.seen.length = 0;
  disk.onStep = (step) => {
    if (step === 'close directory') disk.onStep = undefined;
    return undefined;
  };
  expect((await send(emulator, 'post', '/accounts', { externalId: 'ordered' })).status).toBe(200);
  const order = steps.filter((step) => disk.seen.includes(step));
  expect(order).toEqual(expect.arrayContaining(['text', 'fsync', 'rename', 'fsync directory']));
  expect(disk.seen).toEqual([...order, 'close directory']);
  expect(disk.onStep).toBeUndefined();
  await emulator.close();
});

test.each(firstSteps.flatMap((step) => codes.map((code) => [step, code] as const)))(
  'the file cannot be made at first: %s %s',
  (step, code) => {
    const dataFile = join(mkdtempSync(join(folder, 'first-')), 'data.json');
    const disk = new Disk(dataFile);
    disks.push(disk);
    disk.fail({ step, code, isPartial: step === 'text' });
    expect(() => createEmulator({ ...options, dataFile })).toThrow(
      expect.objectContaining({ name: 'FixtureError', message: expect.stringMatching(`^${dataFile}: .*${code}.*$`) }),
    );
    expect(disk.hits.get(step)).toBe(1);
    expect(readdirSync(join(dataFile, '..'))).toEqual([]);
  },
);

describe('reset() and restore() on a failing disk', () => {
  test.each(steps.flatMap((step) => ['ENOSPC', 'EIO'].map((code) => ({ step, code }))))(
    'are refused, and nothing has changed: $step $code',
    async ({ step, code }) => {
      const { dataFile, disk, emulator, text } = open();
      const start = emulator.snapshot();
      await send(emulator, 'delete', '/accounts/110/users/1101');
      emulator.faults.add({ path: '/nothing', status: 503 });
      const [before, kept] = [stateOf(emulator), text()];
      const asked = emulator.requests.length;

      disk.fail({ step, code });
      await expect(emulator.reset()).rejects.toMatchObject({ message: expect.stringContaining(code) });
      await expect(emulator.restore(start)).rejects.toMatchObject({ message: expect.stringContaining(code) });
      expect(stateOf(emulator)).toBe(before);
      expect(text()).toBe(kept);
      expect(emulator.faults.list()).toHaveLength(1);
      expect(emulator.requests).toHaveLength(asked);
      expect((await send(emulator, 'get', '/accounts/110')).status).toBe(200);

      disk.mend();
      expect((await send(emulator, 'post', '/accounts', { externalId: 'on' })).body.id).toBe(500);
      expectInStep(dataFile, emulator);
      await emulator.reset();
      expect((await send(emulator, 'get', '/accounts/110/users/1101')).status).toBe(200);
      expectInStep(dataFile, emulator);
      await emulator.close();
    },
  );
});

test('any failures under concurrent writers: 200 and kept, or 500 and undone', async () => {
  const { dataFile, disk, emulator, errors } = open();
  const random = randomNumbers(seed);
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const writer = async (name: string) => {
    for (let n = 0; n < 40; n++) {
      const externalId = `${name}-${n}`;
      const { status } = await send(emulator, 'post', '/accounts', { externalId });
      if (status === 200) acknowledged.push(externalId);
      else refused.push(externalId);
      expect([200, 500]).toContain(status);
    }
  };
  disk.onStep = () => {
    const [step, code] = [steps[Math.floor(random() * 8)], codes[Math.floor(random() * 4)]];
    if (random() < 0.05 && step !== undefined && code !== undefined) disk.fail({ step, code, times: 1 });
    return undefined;
  };
  await Promise.all(Array.from({ length: 8 }, (_, n) => writer(`w${n}`)));
  disk.onStep = undefined;
  disk.mend();
  expect(errors).toHaveLength(refused.length);
  expect(refused.length).toBeGreaterThan(10);
  expect(acknowledged.length).toBeGreaterThan(10);
  const present = (emulator.snapshot().organizations[0]?.accounts ?? []).map(({ externalId }) => externalId);
  expect({ seed, present: present.filter((id) => id?.startsWith('w')).sort() }).toEqual({
    seed,
    present: acknowledged.sort(),
  });
  await emulator.close();
  const { organizations } = createEmulator({ fixture: dataFile }).snapshot();
  expect((organizations[0]?.accounts ?? []).map(({ externalId }) => externalId)).toEqual(present);
});
