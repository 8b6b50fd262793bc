import { get } from 'node:http';
import { createEmulator, type Emulator, startEmulator } from '../../src/index.ts';
import { connect, request } from '../support/client.ts';
import { inEndurance, isEndurance, runs } from '../support/runs.ts';
import { until } from '../support/until.ts';
import { createWorld } from '../support/world.ts';

const long = 'x'.repeat(10_000);

/** Users with long names, further organizations, and a snapshot of them. */
async function createLarge(
  start: (options: object) => Emulator | Promise<Emulator>,
  users: number,
  further = 2000,
): Promise<Emulator> {
  const many = Array.from({ length: users }, (_, n) => ({ email: `u${n}@x.example`, city: long }));
  const organizations = Array.from({ length: further }, (_, n) => ({ name: `Organization ${n}`, accounts: [] }));
  const large = { name: 'Large', accounts: [{ externalId: 'x', users: many }] };
  const emulator = await start({ fixture: { organizations: [large, ...organizations] } });
  await request(emulator.app).post('/__emulator/snapshots').send({ name: 'large' });
  return emulator;
}

/** The lengths of the JSON that an action writes in each turn of the event loop. */
async function writtenInTurns(action: () => Promise<unknown>): Promise<number[]> {
  const turns = [0];
  let isRunning = true;
  const next = () => {
    turns.push(0);
    if (isRunning) setImmediate(next);
  };
  setImmediate(next);
  const { stringify } = JSON;
  const spy = jest.spyOn(JSON, 'stringify').mockImplementation((...args: Parameters<typeof stringify>) => {
    const text = stringify(...args);
    turns.push((turns.pop() ?? 0) + (text?.length ?? 0));
    return text;
  });
  try {
    await action();
  } finally {
    isRunning = false;
    spy.mockRestore();
  }
  return turns.filter((length) => length > 0);
}

test.each(['/snapshots/large', '/requests', '/organizations'])(
  '%s is written in pieces, with other work in between',
  async (path) => {
    const further = isEndurance || path === '/organizations' ? 2000 : 0;
    const emulator = await createLarge(createEmulator, isEndurance ? 1000 : 200, further);
    for (let n = 0; n < 100; n += 1) await connect(emulator).post('/authentication', { note: long });
    const turns = await writtenInTurns(async () => {
      const { status, text } = await request(emulator.app).get(`/__emulator${path}`);
      expect(status).toBe(200);
      expect(text.length).toBeGreaterThan(200_000);
    });
    const all = turns.reduce((sum, length) => sum + length);
    expect(turns.length).toBeGreaterThan(3);
    // A piece of a snapshot is of 64 users at most. A request is written twice: its secrets are redacted when it is read.
    expect(Math.max(...turns)).toBeLessThan(path === '/snapshots/large' ? 65 * 11_000 : 200_000);
    expect(all).toBeGreaterThan(200_000);
  },
);

test('a snapshot is the same as emulator.snapshot(), although the state changes meanwhile', async () => {
  const emulator = createWorld();
  await connect(emulator).post('/authentication', { username: 'admin@here.example', password: 'here-pw' });
  await connect(emulator).patch('/accounts/110?permanent=true', { active: false });
  const snapshot = emulator.snapshot();
  await request(emulator.app).post('/__emulator/snapshots').send({ name: 'a' });
  await connect(emulator).patch('/accounts/120', { active: false });
  const { body, headers } = await request(emulator.app).get('/__emulator/snapshots/a');
  expect(body).toEqual(JSON.parse(JSON.stringify(snapshot)));
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  const head = await request(emulator.app).head('/__emulator/snapshots/a');
  expect([head.status, head.text]).toEqual([200, '']);
});

test('a snapshot that is restored while it is written is complete', async () => {
  const emulator = await createLarge(startEmulator, runs(3000), runs(2000));
  // Changes that a restore of the snapshot merges with their base.
  for (let n = 1; n <= runs(500); n += 1) await connect(emulator).delete(`/users/${n + 1}`);
  await request(emulator.app).post('/__emulator/snapshots').send({ name: 'changed' });
  const expected = JSON.stringify(emulator.snapshot());
  const answer = request(emulator.app).get('/__emulator/snapshots/changed');
  const going = (async () => {
    for (let n = 0; n < 20; n += 1) await request(emulator.app).post('/__emulator/snapshots/changed/restore');
  })();
  const { text } = await answer;
  await going;
  expect(text).toBe(expected);
  await emulator.close();
});

// Its size is what counts: the system takes some megabytes at once.

inEndurance('the emulator stops writing a snapshot when its client has left', async () => {
  const emulator = await createLarge(startEmulator, 6400);
  let pieces = 0;
  const { stringify } = JSON;
  const spy = jest.spyOn(JSON, 'stringify').mockImplementation((...args: Parameters<typeof stringify>) => {
    pieces += 1;
    return stringify(...args);
  });
  const left = new Promise((resolve) => {
    const asked = get(`${emulator.url}/__emulator/snapshots/large`, (response) => {
      response.once('data', () => asked.destroy());
    });
    asked.on('close', resolve);
    asked.on('error', () => undefined);
  });
  await left;
  let before = -1;
  await until(async () => {
    const isStill = before === pieces;
    before = pieces;
    return isStill;
  });
  // There are 100 for the users alone.
  expect(pieces).toBeGreaterThan(0);
  expect(pieces).toBeLessThan(60);
  spy.mockRestore();
  await emulator.close();
});
