import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { StorageError } from '../../src/persistence/index.ts';
import { kept, keptText } from '../support/kept.ts';
import { changes, fixture, send, stateOf } from './changes.ts';
import { appendSteps, Disk, makeSteps, rewriteSteps, type Step } from './disk.ts';
import { randomNumbers, seed, useFolder, writeFigures } from './processes.ts';

const folder = useFolder('write-failures');
const codes = ['ENOSPC', 'EIO', 'EDQUOT', 'EACCES'];
const options = { fixture, now: '2020-03-01T10:20:30Z', seed: 'failures' };
const hits: Record<string, number> = {};
const disks: Disk[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  for (const disk of disks.splice(0)) {
    disk.restore();
    for (const [step, count] of disk.hits) hits[step] = (hits[step] ?? 0) + count;
  }
});
afterAll(() => writeFigures('write-failures', { hits }));

/** An emulator on a disk that can be made to fail, its reported errors, and another emulator in memory. */
function open() {
  const dataFile = join(mkdtempSync(join(folder, 'disk-')), 'data.json');
  const disk = new Disk(dataFile);
  disks.push(disk);
  // Errors of requests, and of rewriting the file.
  const [errors, background]: [unknown[], unknown[]] = [[], []];
  const onError = (error: unknown, during: string) =>
    (during.startsWith('rewriting the data file') ? background : errors).push(error);
  const emulator = createEmulator({ ...options, dataFile, onError });
  const text = () => keptText(dataFile);
  return { dataFile, disk, errors, background, emulator, text, beside: createEmulator(options) };
}

/** Only the file, its log and its lock exist, and a start finds the state of the emulator. */
function expectInStep(dataFile: string, emulator: Emulator): void {
  const names = readdirSync(join(dataFile, '..')).filter((name) => name !== 'data.json.log');
  expect(names.sort()).toEqual(['data.json', 'data.json.lock']);
  const { now: _now, ...present } = emulator.snapshot();
  const { request: _request, ...sequences } = present.sequences ?? {};
  expect(kept(dataFile)).toEqual({ ...present, sequences });
}

const named = Object.entries(changes).map(([name, change]) => ({ name, change }));
const [first] = named;
const cascade = named.find(({ name }) => name === 'an account deactivated with its users');
const everywhere = [...makeSteps, ...appendSteps].flatMap((step) =>
  codes.map((code) => ({ step, code, isPartial: false })),
);
const cases = [
  ...[first, cascade].flatMap((one) => (one === undefined ? [] : everywhere.map((each) => ({ ...one, ...each })))),
  ...[first, cascade].flatMap((one) =>
    one === undefined ? [] : codes.map((code) => ({ ...one, step: 'append' as const, code, isPartial: true })),
  ),
  ...named.flatMap((one) =>
    (['append', 'sync log'] as const).map((step) => ({ ...one, step, code: 'ENOSPC', isPartial: step === 'append' })),
  ),
];
/** Steps only for the first change, which creates the log. */
const isFirst = (step: Step) => makeSteps.some((each) => each === step);

describe('a failing step of a write', () => {
  test.each(cases)('$step $code (partial: $isPartial): $name', async ({ change, step, code, isPartial }) => {
    const { dataFile, disk, errors, emulator, text, beside } = open();
    for (const each of isFirst(step) ? [] : [emulator, beside]) {
      expect((await send(each, 'post', '/accounts', { externalId: 'before' })).status).toBe(200);
    }
    const [before, kept] = [stateOf(emulator), text()];

    disk.fail({ step, code, isPartial });
    for (const time of [1, 2]) {
      const { status, body } = await change(emulator);
      expect({ status, body }).toEqual({
        status: 500,
        body: {
          requestId: expect.stringMatching(/^[0-9a-f]{24}$/),
          message: `The change could not be saved in the data file (${code}) and was undone.`,
        },
      });
      expect(disk.hits.get(step)).toBeGreaterThanOrEqual(time);
      expect(errors).toHaveLength(time);
      expect(errors[time - 1]).toBeInstanceOf(StorageError);
      expect(stateOf(emulator)).toBe(before);
      expect((await send(emulator, 'get', '/accounts/110/users')).status).toBe(200);
    }
    // A start from these files has exactly the acknowledged changes.
    expect(text()).toBe(kept);
    expectInStep(dataFile, emulator);

    disk.mend();
    expect(await change(emulator)).toMatchObject({ ...(await change(beside)), body: expect.anything() });
    const next = { firstName: 'N', lastName: 'X', email: 'next@ten.example' };
    const after = await send(emulator, 'post', '/organizations/users', next);
    expect(after).toMatchObject({ status: 200, body: { id: expect.any(Number), secret: expect.any(String) } });
    expect((await send(beside, 'post', '/organizations/users', next)).body.secret).toBe(after.body.secret);
    expect(stateOf(emulator)).toBe(stateOf(beside));
    expectInStep(dataFile, emulator);
    await emulator.close();
    expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json']);
    expectInFile(dataFile);
  });
});

test('an answer is sent after the last step, and the steps have their order', async () => {
  const { disk, emulator } = open();
  disk.seen.length = 0;
  expect((await send(emulator, 'post', '/accounts', { externalId: 'first' })).status).toBe(200);
  expect(disk.seen.splice(0)).toEqual(makeSteps);
  expect((await send(emulator, 'post', '/accounts', { externalId: 'second' })).status).toBe(200);
  expect(disk.seen.splice(0)).toEqual(appendSteps);
  await emulator.close();
  expect(disk.seen).toEqual(rewriteSteps);
});

test.each(codes)('a change that can neither be saved nor removed from the log blocks all changes: %s', async (code) => {
  const { dataFile, disk, emulator, text } = open();
  expect((await send(emulator, 'post', '/accounts', { externalId: 'kept' })).status).toBe(200);
  const [before, found] = [stateOf(emulator), text()];
  disk.fail({ step: 'append', code, isPartial: true, times: 1 });
  disk.onStep = (step) => {
    if (step === 'cut log') disk.fail({ step, code });
  };
  for (let time = 0; time < 3; time++) {
    expect((await send(emulator, 'post', '/accounts', { externalId: 'lost' })).status).toBe(500);
    expect(stateOf(emulator)).toBe(before);
    expect(text()).toBe(found);
  }
  expect(disk.hits.get('cut log')).toBeGreaterThanOrEqual(3);
  disk.onStep = undefined;
  disk.mend();
  expect((await send(emulator, 'post', '/accounts', { externalId: 'on' })).body.id).toBe(501);
  expectInStep(dataFile, emulator);
  await emulator.close();
  expectInFile(dataFile);
});

/** The file has the whole state, and there is no log. */
function expectInFile(dataFile: string): void {
  expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json']);
  expect(JSON.parse(readFileSync(dataFile, 'utf8'))).toEqual(kept(dataFile));
}

const failing = rewriteSteps.flatMap((step) =>
  codes.map((code) => ({ step, code, isPartial: step === 'write draft' || step === 'append' })),
);

describe('a failing step of rewriting the file', () => {
  test.each(failing)(
    '$step $code: close() succeeds, listeners get the error, and no change is lost',
    async (failure) => {
      const { dataFile, disk, background, emulator } = open();
      await send(emulator, 'post', '/accounts', { externalId: 'one' });
      await send(emulator, 'delete', '/accounts/110/users/1101');
      const found = kept(dataFile);
      disk.fail(failure);
      await expect(emulator.close()).resolves.toBeUndefined();
      expect(disk.hits.get(failure.step)).toBeGreaterThanOrEqual(1);
      expect(background.map(String)).toEqual([expect.stringContaining(failure.code)]);
      expect(kept(dataFile)).toEqual(found);
      expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json', 'data.json.log']);
      disk.mend();
      const next = createEmulator({ ...options, dataFile });
      expect(stateOf(next)).toContain('"one"');
      await next.close();
      expect(kept(dataFile)).toEqual(found);
      expectInFile(dataFile);
    },
  );

  test.each(rewriteSteps)(
    '%s: changes continue, the error is logged once, and the rewrite is tried again',
    async (step) => {
      const { dataFile, disk, background, errors, emulator } = open();
      const grow = async () => {
        const name = `${'x'.repeat(900_000)}-${disk.seen.length}`;
        expect((await send(emulator, 'put', '/organizations/me', { name })).status).toBe(200);
        expectInStep(dataFile, emulator);
      };
      await grow();
      let isRewriting = false;
      disk.onStep = (seen) => {
        isRewriting ||= seen === 'open draft';
        if (isRewriting && background.length === 0) disk.fail({ step, code: 'ENOSPC', times: 1 });
        isRewriting &&= seen !== step;
      };
      for (let n = 0; background.length === 0 && n < 20; n++) await grow();
      expect(background.map(String)).toEqual([expect.stringContaining('ENOSPC')]);
      disk.onStep = undefined;
      disk.mend();
      disk.seen.length = 0;
      await grow();
      expect(disk.seen).toEqual(appendSteps);
      for (let n = 0; disk.seen.at(-1) !== 'sync removal' && n < 30; n++) await grow();
      expect(disk.seen.at(-1)).toBe('sync removal');
      await grow();
      expect([errors, background]).toEqual([[], [expect.anything()]]);
      await emulator.close();
      expectInFile(dataFile);
    },
  );
});

/** Of those that have some. */
const inWords: Readonly<Record<string, string>> = { ENOSPC: 'the disk is full', EACCES: 'may not write' };

test.each(makeSteps.flatMap((step) => codes.map((code) => [step, code] as const)))(
  'the first write of the file fails: %s %s',
  (step, code) => {
    const dataFile = join(mkdtempSync(join(folder, 'first-')), 'data.json');
    const disk = new Disk(dataFile);
    disks.push(disk);
    disk.fail({ step, code, isPartial: step === 'write draft' });
    expect(() => createEmulator({ ...options, dataFile })).toThrow(
      expect.objectContaining({
        name: 'FixtureError',
        message: expect.stringMatching(`^${dataFile}: .*${inWords[code] ?? code}.*$`),
      }),
    );
    expect(disk.hits.get(step)).toBe(1);
    expect(readdirSync(join(dataFile, '..'))).toEqual([]);
  },
);

describe('reset() and restore() on a failing disk', () => {
  test.each(failing)('are refused and change nothing: $step $code', async (failure) => {
    const { dataFile, disk, emulator, text } = open();
    const start = emulator.snapshot();
    await send(emulator, 'delete', '/accounts/110/users/1101');
    emulator.faults.add({ path: '/users', status: 503 });
    const [before, kept] = [stateOf(emulator), text()];
    const asked = emulator.requests.length;

    disk.fail(failure);
    await expect(emulator.reset()).rejects.toMatchObject({ message: expect.stringContaining(failure.code) });
    await expect(emulator.restore(start)).rejects.toMatchObject({ message: expect.stringContaining(failure.code) });
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
  });
});

const everyStep: readonly Step[] = ['append', 'sync log', 'cut log'];

test('a rewrite of the file does not have a reset that failed', async () => {
  const { dataFile, disk, emulator } = open();
  await send(emulator, 'post', '/accounts', { externalId: 'kept' });
  disk.fail({ step: 'append', code: 'ENOSPC', times: 1 });
  await expect(emulator.reset()).rejects.toThrow('ENOSPC');
  await emulator.close();
  expect(readFileSync(dataFile, 'utf8')).toContain('"kept"');
  expectInFile(dataFile);
});

test('any failures under concurrent writers: a change answers 200 and is saved, or 500 and is undone', async () => {
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
    const [step, code] = [everyStep[Math.floor(random() * everyStep.length)], codes[Math.floor(random() * 4)]];
    if (random() < 0.2 && step !== undefined && code !== undefined) disk.fail({ step, code, times: 1 });
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
