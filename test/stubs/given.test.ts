import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEmulator,
  type EmulatorOptions,
  type Fixture,
  FixtureError,
  readFixture,
  type Stub,
} from '../../src/index.ts';
import { empty, seen } from '../platform/answers.ts';
import { connect, request } from '../support/client.ts';
import { world } from '../support/world.ts';

describe('stubs of the start', () => {
  const fixture: Fixture = {
    ...world,
    stubs: [
      { path: '/hubs', body: ['fixture'] },
      { path: '/elements', body: ['fixture'] },
    ],
  };
  const stubs: Stub[] = [{ path: '/elements', body: ['option'] }];

  test('survive a reset with their ids and without counts, and later stubs do not', async () => {
    const emulator = createEmulator({ fixture, stubs });
    const atStart = emulator.stubs.list();
    expect(atStart).toEqual([
      { path: '/hubs', body: ['fixture'], id: 1, given: true, matched: 0, applied: 0 },
      { path: '/elements', body: ['fixture'], id: 2, given: true, matched: 0, applied: 0 },
      { path: '/elements', body: ['option'], id: 3, given: true, matched: 0, applied: 0 },
    ]);
    const { get } = connect(emulator);
    expect([(await get('/hubs')).body, (await get('/elements')).body]).toEqual([['fixture'], ['option']]);
    expect(emulator.stubs.add({ path: '/hubs', body: [] }).id).toBe(4);
    emulator.stubs.remove(1);
    await emulator.reset();
    expect(emulator.stubs.list()).toEqual(atStart);
    expect(emulator.stubs.add({ path: '/hubs' }).id).toBe(4);
    emulator.stubs.clear();
    await emulator.reset();
    expect(emulator.stubs.list()).toEqual(atStart);
  });

  test('are not in a snapshot, and a restore does not change them', async () => {
    const emulator = createEmulator({ fixture, stubs });
    emulator.stubs.add({ path: '/instances', body: 1 });
    const before = emulator.stubs.list();
    expect(emulator.snapshot()).not.toHaveProperty('stubs');
    await emulator.restore(emulator.snapshot());
    await emulator.restore({ ...world, stubs: [{ path: '/webhooks' }] });
    await request(emulator.app).post('/__emulator/snapshots').send({ name: 'given', fixture });
    await request(emulator.app).post('/__emulator/snapshots/given/restore');
    expect(emulator.stubs.list()).toEqual(before);
    expect((await request(emulator.app).get('/__emulator/snapshots/given')).body).not.toHaveProperty('stubs');
  });

  test('are copies of the given ones', () => {
    const [given] = structuredClone(stubs);
    const emulator = createEmulator({ stubs: [given as Stub] });
    Object.assign(given as Stub, { path: '/other' });
    expect(emulator.stubs.list()).toMatchObject([{ path: '/elements' }]);
  });

  test.each<[string, unknown, string]>([
    ['/stubs/0/paht', [{ paht: '/hubs' }], "unknown key 'paht': did you mean 'path'?"],
    [
      '/stubs/1/status',
      [{ path: '/hubs' }, { path: '/hubs', status: 600 }],
      'found 600, expected a status from 200 to 599',
    ],
    ['/stubs/0/access', [{ path: '/hubs', access: 'all' }], `found "all", expected 'user' or 'anyone'`],
    ['/stubs', {}, 'found an object, expected a list'],
    ['/stubs/0', [{ body: 1 }], 'it needs a path or an operationId'],
    [
      '/stubs/0/operationId',
      [{ operationId: 'getAcounts' }],
      "there is no operation 'getAcounts': did you mean 'getAccounts'?",
    ],
    [
      '/stubs/0/operationId',
      [{ operationId: 'getAccounts', method: 'GET' }],
      'operationId replaces method and path: give one or the other',
    ],
    ['/stubs/0/method', [{ method: 'GOT', path: '/hubs' }], "'GOT' is not an HTTP method"],
    ['/stubs/0/path', [{ path: '/hubs/:id' }], "Path pattern '/hubs/:id' has a :name, which is written {name}"],
    [
      '/stubs/0/path',
      [{ path: '/a/{id}/b/{id}' }],
      "path '/a/{id}/b/{id}' has {id} twice: give each segment its own name",
    ],
    ['/stubs/0/body', [{ path: '/hubs', status: 204, body: 1 }], 'an answer with status 204 has no body'],
    ['/stubs/0/headers', [{ path: '/hubs', headers: { 'Content-Length': '1' } }], "header 'Content-Length' is set by"],
    ['/stubs/0/respond', [{ path: '/hubs', respond: () => ({}) }], "unknown key 'respond': expected one of"],
  ])('of a fixture are checked: %s', (pointer, given, problem) => {
    const start = () => createEmulator({ fixture: { ...world, stubs: given } as Fixture });
    expect(start).toThrow(`the fixture given: ${pointer}: ${problem}`);
    expect(start).toThrow(expect.objectContaining({ pointer, name: 'FixtureError' }));
  });

  test('have all of their issues in the message, and fixture check finds them too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stubs-'));
    const path = join(folder, 'fixture.json');
    try {
      writeFileSync(
        path,
        JSON.stringify({ ...world, stubs: [{ body: 1 }, { path: '/hubs' }, { method: 'X', path: '/' }] }),
      );
      const error = (() => {
        try {
          return readFixture(path);
        } catch (thrown) {
          return thrown;
        }
      })();
      if (!(error instanceof FixtureError)) throw new Error('it was not refused');
      expect(error.faults.map(({ pointer }) => pointer)).toEqual(['/stubs/0', '/stubs/2/method']);
      expect(() => createEmulator({ fixture: path, dataFile: join(folder, 'data.json') })).toThrow(error.message);
      // A start that has failed keeps no lock.
      const emulator = createEmulator({ dataFile: join(folder, 'data.json') });
      expect(emulator.stubs.list()).toEqual([]);
      return emulator.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('are refused in a data file, which would lose them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stubs-'));
    const dataFile = join(folder, 'data.json');
    try {
      writeFileSync(dataFile, JSON.stringify(fixture));
      expect(() => createEmulator({ dataFile })).toThrow('/stubs: a data file keeps the state alone');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each<[unknown, string]>([
    [{}, "Option 'stubs' must be a list of stubs, not {}."],
    [[{ path: '/hubs' }, { body: 1 }], "Option 'stubs', [1]: Invalid stub: it needs a path or an operationId."],
    [[null], "Option 'stubs', [0]: Invalid stub: expected an object, not null."],
  ])('of the option are checked: %j', (given, message) => {
    expect(() => createEmulator({ stubs: given } as EmulatorOptions)).toThrow(new Error(message));
  });
});

test("a stub of a fixture with access 'anyone' answers without credentials", async () => {
  const stubs = [{ path: '/hubs', access: 'anyone', status: 200 }];
  const emulator = createEmulator({ fixture: { ...world, stubs } });
  expect(seen(await connect(emulator, undefined).get('/hubs'))).toEqual(empty);
});
