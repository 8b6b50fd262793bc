import { type Emulator, startEmulator } from '../src/index.ts';
import { halfUpload } from './snapshots/wire.ts';
import { connect } from './support/client.ts';
import { closeConnections } from './support/connections.ts';
import { freePort } from './support/free-port.ts';
import { port } from './support/server.ts';
import { until } from './support/until.ts';
import { world } from './support/world.ts';

const events = ['exit', 'beforeExit', 'SIGINT', 'SIGTERM', 'uncaughtException', 'unhandledRejection', 'warning'];
const listeners = () => events.map((event) => process.listenerCount(event));
/** What keeps a process alive, by kind; pipes and the like are those of Jest. */
const resources = () =>
  process.getActiveResourcesInfo().filter((name) => /^(TCP|Timeout|Immediate|FSReq|HTTP)/.test(name));

const count = 20;
const started: Emulator[] = [];
afterAll(() => Promise.all(started.map((emulator) => emulator.close())));

const start = async (n: number) => {
  const emulator = await startEmulator({ fixture: world, now: `20${n + 10}-01-01T00:00:00Z` });
  started.push(emulator);
  return emulator;
};

test('twenty emulators in one process share nothing and leave nothing behind', async () => {
  // The tests' own server, which the calls below need, is there before and after.
  port();
  const before = { listeners: listeners(), resources: resources().length };
  const emulators = await Promise.all(Array.from({ length: count }, (_, n) => start(n)));
  expect(new Set(emulators.map(({ url }) => url)).size).toBe(count);
  expect(new Set(emulators.map(({ credentials }) => credentials.userSecret)).size).toBe(count);

  await Promise.all(
    emulators.map(async (emulator, n) => {
      const created = await connect(emulator).post('/accounts', { externalId: `own-${n}` });
      expect({ status: created.status, id: created.body.id }).toEqual({ status: 200, id: 500 });
      emulator.faults.add({ path: '/organizations/me', status: 500 + n });
    }),
  );
  await emulators[0]?.reset();
  emulators[1]?.clock.advance({ days: 1 });

  await Promise.all(
    emulators.map(async (emulator, n) => {
      const headers = { Authorization: emulator.credentials.authorization };
      const answer = await fetch(`${emulator.baseUrl}/accounts?where=id%3E%3D500`, { headers });
      const found = n === 0 ? [] : [{ id: 500, externalId: `own-${n}`, createdDate: `20${n + 10}-01-01` }];
      expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 200, body: found });
      const day = n === 1 ? '02' : '01';
      expect(emulator.clock.now().toISOString()).toBe(`20${n + 10}-01-${day}T00:00:00.000Z`);
      const faulted = await fetch(`${emulator.baseUrl}/organizations/me`, { headers });
      expect(faulted.status).toBe(n === 0 ? 200 : 500 + n);
      await faulted.text();
      expect(emulator.requests.length).toBe(n === 0 ? 2 : 3);
      expect(emulator.faults.list()).toHaveLength(n === 0 ? 0 : 1);
    }),
  );
  // The secrets of one are nobody's in another.
  const [, one, two] = emulators;
  if (one === undefined || two === undefined) throw new Error('there are twenty');
  expect((await connect(one, two.credentials.authorization).get('/accounts')).status).toBe(401);

  const uploads = await Promise.all(emulators.map((emulator) => halfUpload(emulator)));
  for (const emulator of emulators) emulator.faults.add({ delayMs: 600_000 });
  const closing = performance.now();
  await Promise.all(emulators.map((emulator) => emulator.close()));
  // Half a second for what is under way, and not the half minute that an upload may take.
  expect(performance.now() - closing).toBeLessThan(10_000);
  expect(await Promise.all(uploads.map(({ outcome }) => outcome))).toEqual(Array(count).fill('ECONNRESET'));

  // Those of the calls above.
  closeConnections();
  await until(() => resources().length <= before.resources);
  expect(listeners()).toEqual(before.listeners);
});

test('emulators one after the other can use the same port', async () => {
  const port = await freePort();
  for (let n = 0; n < count; n += 1) {
    const next = await startEmulator({ port });
    const health = `${next.url}/__emulator/health`;
    const answer = await fetch(health);
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 200, body: { status: 'ok' } });
    await next.close();
    await expect(fetch(health)).rejects.toThrow();
  }
});
