import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator, startEmulator } from '../../src/index.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { kept, keptText } from '../support/kept.ts';
import { inEndurance } from '../support/runs.ts';
import { until } from '../support/until.ts';
import { createWorld, world } from '../support/world.ts';
import { halfUpload, send, within } from './wire.ts';

/** Requests under way while the state changes as a whole. */

const options = { fixture: world, now: '2020-03-01T10:20:30Z', seed: 'world' };
let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator(options);
});
afterEach(() => emulator.close());

const externalIds = async () => {
  const { status, body } = await connect(emulator).get('/accounts?includeInactive=true');
  expect(status).toBe(200);
  return body.map(({ externalId }: { externalId: string }) => externalId);
};
const atFirst = ['ten-default', 'here', 'there', 'gone'];

test('a delayed request is answered by the old state, and the new state has no change of it', async () => {
  emulator.faults.add({ delayMs: 600_000, method: 'POST' });
  const writes = [1, 2, 3].map((n) =>
    send(emulator, '/accounts', { method: 'POST', body: `{"externalId": "slow-${n}"}` }),
  );
  await until(() => emulator.requests.length === 3);
  await emulator.reset();
  expect(await Promise.all(writes.map(({ outcome }) => outcome))).toEqual([200, 200, 200]);
  expect(await externalIds()).toEqual(atFirst);
});

inEndurance('an incomplete upload is cut after about a second and does not reach the new state', async () => {
  const upload = await halfUpload(emulator);
  const started = performance.now();
  const reset = emulator.reset();
  expect(await within(500, reset)).toBe('late');
  await reset;
  // And not after the half minute that an upload may take.
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await upload.outcome).toBe('ECONNRESET');
  expect(await externalIds()).toEqual(atFirst);
  // The id of the account that was not made is free.
  expect(seen(await connect(emulator).post('/accounts', { externalId: 'next' }))).toEqual(
    ok(expect.objectContaining({ id: 500 })),
  );
});

test('a reset waits for an upload that ends in time, which is answered', async () => {
  const upload = await halfUpload(emulator);
  const reset = emulator.reset();
  upload.request.end('"}');
  expect(await upload.outcome).toBe(200);
  expect(await within(500, reset)).toBeUndefined();
  expect(await externalIds()).toEqual(atFirst);
});

test('a request during a reset waits, is answered by the new state, and is in the journal', async () => {
  await connect(emulator).post('/accounts', { externalId: 'old' });
  const upload = await halfUpload(emulator);
  const reset = emulator.reset();
  const waiting = connect(emulator).get('/accounts?includeInactive=true');
  const answer = waiting.then((response) => response);
  expect(await within(100, answer)).toBe('late');
  upload.request.end('"}');
  await reset;
  const { status, body } = await answer;
  expect(status).toBe(200);
  expect(body.map(({ externalId }: { externalId: string }) => externalId)).toEqual(atFirst);
  expect(emulator.requests.all()).toMatchObject([{ method: 'GET', path: '/accounts', status: 200 }]);
});

test('a request that waited has the dates and request ids of the new state', async () => {
  const fresh = createWorld();
  const expected = [await connect(fresh).get('/organizations/me'), await connect(fresh).get('/organizations/me')];
  await connect(emulator).get('/accounts');
  emulator.clock.set('2031-01-01');
  const upload = await halfUpload(emulator);
  const reset = emulator.reset();
  const waiting = connect(emulator).get('/organizations/me');
  const answer = waiting.then((response) => response);
  expect(await within(50, answer)).toBe('late');
  upload.request.end('"}');
  await reset;
  const answers = [await answer, await connect(emulator).get('/organizations/me')];
  const stamps = (responses: typeof answers) =>
    responses.map(({ headers }) => [headers.date, headers['elements-request-id']]);
  expect(stamps(answers)).toEqual(stamps(expected));
});

inEndurance(
  'a client that leaves while its request waits changes nothing and does not delay the next reset',
  async () => {
    const upload = await halfUpload(emulator);
    const reset = emulator.reset();
    const gone = send(emulator, '/accounts/110', { method: 'DELETE' });
    // It shows nowhere while it waits.
    await new Promise((resolve) => setTimeout(resolve, 100));
    gone.request.destroy();
    await gone.outcome;
    await reset;
    expect(await upload.outcome).toBe('ECONNRESET');
    expect(seen(await connect(emulator).get('/accounts/110'))).toEqual(ok(expect.objectContaining({ active: true })));
    expect(await within(500, emulator.reset())).toBeUndefined();
  },
);

test('simultaneous resets, restores and writes end in exactly one of the states', async () => {
  await connect(emulator).post('/accounts', { externalId: 'saved' });
  const saved = emulator.snapshot();
  await Promise.all([
    emulator.reset(),
    connect(emulator).post('/accounts', { externalId: 'between' }),
    emulator.restore(saved),
    emulator.reset(),
    connect(emulator).post('/accounts', { externalId: 'between' }),
    emulator.restore(saved),
  ]);
  // The restore came last: whatever was written is gone, or came after it.
  const [first, second, third, fourth, fifth, ...rest] = await externalIds();
  expect([first, second, third, fourth, fifth]).toEqual([...atFirst, 'saved']);
  expect([[], ['between']]).toContainEqual(rest);
});

test('many simultaneous resets end in the first state', async () => {
  await connect(emulator).post('/accounts', { externalId: 'x' });
  await Promise.all(Array.from({ length: 50 }, () => emulator.reset()));
  expect(await externalIds()).toEqual(atFirst);
});

test('a reset waits neither for idle connections nor for a restore that failed', async () => {
  await expect(emulator.restore({ organizations: [] })).rejects.toThrow('/organizations');
  await fetch(`${emulator.baseUrl}/accounts`).then((answer) => answer.text());
  expect(await within(500, emulator.reset())).toBeUndefined();
  expect(await externalIds()).toEqual(atFirst);
});

describe('with a data file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moments-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reset and restore are on disk when they are done, and stay after a restart', async () => {
    const dataFile = join(folder, 'state.json');
    const first = createEmulator({ ...options, dataFile });
    expect(seen(await connect(first).post('/accounts', { externalId: 'kept' }))).toEqual(
      ok(expect.objectContaining({ id: 500 })),
    );
    const saved = first.snapshot();
    const onDisk = () => keptText(dataFile).includes('"kept"');
    expect(onDisk()).toBe(true);
    await first.reset();
    expect(onDisk()).toBe(false);
    await first.restore(saved);
    expect(onDisk()).toBe(true);
    await first.close();

    const second = createEmulator({ ...options, dataFile });
    expect(second.snapshot().organizations).toEqual(saved.organizations);
    await second.reset();
    expect(onDisk()).toBe(false);
    expect(seen(await connect(second).get('/accounts/500'))).toEqual(refused(404, 'No account found with ID 500'));
    await second.close();
    expect(existsSync(dataFile)).toBe(true);
  });

  test('writes under way are in the file before the reset and not after it', async () => {
    const dataFile = join(folder, 'under-way.json');
    const emulating = await startEmulator({ ...options, dataFile });
    const writes = Array.from({ length: 10 }, (_, n) =>
      send(emulating, '/accounts', { method: 'POST', body: `{"externalId": "w-${n}"}` }),
    );
    await until(() => emulating.requests.length === 10);
    await emulating.reset();
    expect(await Promise.all(writes.map(({ outcome }) => outcome))).toEqual(Array.from({ length: 10 }, () => 200));
    expect(kept(dataFile).organizations).toEqual(createWorld().snapshot().organizations);
    await emulating.close();
  });
});
