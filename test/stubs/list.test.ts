import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import {
  createEmulator,
  type EmulatorOptions,
  type Fixture,
  FixtureError,
  readFixture,
  type Stub,
} from '../../src/index.ts';
import { empty, ok, refused, seen } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

const control = '/__emulator/stubs';

test('numbers them from 1, shows what was given with its counts, and takes them away', async () => {
  const { stubs } = createWorld();
  const respond = () => ({});
  const first = stubs.add({ method: 'get', path: '/instances', body: { id: 7 } });
  expect(first).toEqual({ method: 'get', path: '/instances', body: { id: 7 }, id: 1, matched: 0, applied: 0 });
  const second = stubs.add({ path: '/elements/*', access: 'anyone', respond });
  expect(stubs.list()).toEqual([
    first,
    { path: '/elements/*', access: 'anyone', respond, id: 2, matched: 0, applied: 0 },
  ]);
  expect(stubs.unmatched()).toEqual(stubs.list());
  expect([stubs.remove(second.id), stubs.remove(2), stubs.remove(99)]).toEqual([true, false, false]);
  expect(stubs.add({ path: '/hubs' }).id).toBe(3);
  stubs.clear();
  expect(stubs.list()).toEqual([]);
});

test('the newest that matches answers, and all that match count', async () => {
  const emulator = createWorld();
  const { stubs } = emulator;
  stubs.add({ path: '/instances/{id}', body: 1 });
  stubs.add({ path: '/instances/*', body: 2 });
  stubs.add({ path: '/instances', body: 3 });
  const { get } = connect(emulator);
  expect([(await get('/instances/7')).body, (await get('/instances')).body]).toEqual([2, 3]);
  expect(stubs.list().map(({ matched, applied }) => [matched, applied])).toEqual([
    [1, 0],
    [2, 1],
    [1, 1],
  ]);
  expect(stubs.unmatched()).toEqual([]);
  stubs.remove(2);
  expect((await get('/instances/7')).body).toBe(1);
  expect((await get('/instances/7/objects')).status).toBe(501);
});

test('a fault comes first, and the stub is not named', async () => {
  const emulator = createWorld();
  emulator.stubs.add({ path: '/instances', body: 1 });
  emulator.faults.add({ path: '/instances', status: 503, times: 1 });
  emulator.faults.add({ path: '/instances', delayMs: 1, times: 1 });
  const { get } = connect(emulator);
  expect(seen(await get('/instances'))).toEqual(refused(503, 'Service Unavailable'));
  expect(emulator.requests.last()).toMatchObject({ fault: 1 });
  expect(emulator.requests.last()).not.toHaveProperty('stub');
  expect(seen(await get('/instances'))).toEqual(ok(1));
  expect(emulator.requests.last()).toMatchObject({ fault: 2, stub: 1 });
  expect(emulator.stubs.list()).toMatchObject([{ matched: 2, applied: 1 }]);
});

describe('which requests a stub is for', () => {
  test.each<[string, Stub, string, string, boolean]>([
    ['any method', { path: '/instances' }, 'DELETE', '/instances', true],
    ['but no preflight', { path: '/instances' }, 'OPTIONS', '/instances', false],
    ['a preflight by name', { method: 'OPTIONS', path: '/instances', access: 'anyone' }, 'OPTIONS', '/instances', true],
    ['a method in any case', { method: 'pOsT', path: '/instances' }, 'POST', '/instances', true],
    ['another method', { method: 'POST', path: '/instances' }, 'GET', '/instances', false],
    ['HEAD is GET', { method: 'GET', path: '/instances' }, 'HEAD', '/instances', true],
    ['HEAD alone', { method: 'HEAD', path: '/instances' }, 'GET', '/instances', false],
    ['a path with the base path', { path: '/elements/api-v2/instances' }, 'GET', '/instances', true],
    ['a path that the platform has not', { path: '/widgets/{id}' }, 'GET', '/widgets/7', true],
    ['one segment', { path: '/widgets/{id}' }, 'GET', '/widgets/7/parts', false],
    ['whatever follows', { path: '/widgets/*' }, 'GET', '/widgets/7/parts', true],
    ['an operation', { operationId: 'getAccountById' }, 'GET', '/accounts/110', true],
    ['another operation', { operationId: 'getAccounts' }, 'GET', '/accounts/110', false],
  ])('%s: %j', async (_what, stub, method, path, hit) => {
    const emulator = createWorld();
    emulator.stubs.add({ ...stub, status: 299 });
    const call = connect(emulator).get(path);
    call.method = method;
    expect((await call).status === 299).toBe(hit);
    expect(emulator.requests.last().stub).toBe(hit ? 1 : undefined);
    expect(emulator.stubs.unmatched()).toHaveLength(hit ? 0 : 1);
  });

  test.each(['/instances', '/elements/api-v3/instances', '/__emulator/health'])(
    'none outside the base path: %s',
    async (path) => {
      const emulator = createWorld();
      emulator.stubs.add({ path: '*', access: 'anyone', status: 299 });
      expect((await request(emulator.app).get(path)).status).not.toBe(299);
      expect(emulator.stubs.unmatched()).toHaveLength(1);
    },
  );
});

describe('a preflight', () => {
  test.each<[string, Stub[], string]>([
    [
      '/widgets',
      [
        { method: 'POST', path: '/widgets' },
        { method: 'GET', path: '/widgets' },
      ],
      'POST, GET, HEAD, OPTIONS',
    ],
    ['/widgets/7', [{ path: '/widgets/{id}' }], 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
    ['/organizations/me', [{ method: 'DELETE', path: '/organizations/me' }], 'GET, HEAD, PUT, OPTIONS, DELETE'],
    ['/instances', [{ method: 'POST', path: '/instances' }], 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
  ])('of %s allows the methods of the stubs too', async (path, stubs, allowed) => {
    const emulator = createWorld();
    for (const stub of stubs) emulator.stubs.add(stub);
    const call = connect(emulator, undefined).get(path).set('Access-Control-Request-Headers', 'authorization');
    call.method = 'OPTIONS';
    const { status, headers } = await call;
    expect({ status, allowed: headers['access-control-allow-methods'] }).toEqual({ status: 200, allowed });
    expect(headers['access-control-allow-headers']).toBe('authorization');
    expect(emulator.stubs.unmatched()).toHaveLength(stubs.length);
  });
});

describe('paths of stubs are known to faults, the journal and matchers while they are there', () => {
  test.each(['/widgets/{id}', '/widgets/*', '/wid*', '/elements/api-v2/widgets/{id}'])('%s', async (path) => {
    const emulator = createWorld();
    const unknown = "The platform has no path '/widgets/7'";
    const uses = [
      () => emulator.faults.add({ path: '/widgets/7', status: 503, after: 1 }),
      () => emulator.requests.filter('GET /widgets/7'),
      () => emulator.requests.find({ path: '/widgets/7' }),
    ];
    for (const use of uses) expect(use).toThrow(unknown);
    const { id } = emulator.stubs.add({ path });
    for (const use of uses) use();
    await connect(emulator).get('/widgets/7');
    expect(emulator.requests.last('/widgets/7')).toMatchObject({ stub: 1 });
    const overHttp = await request(emulator.app).post('/__emulator/faults').send({ path: '/widgets/8', status: 503 });
    expect(overHttp.status).toBe(200);
    emulator.stubs.remove(id);
    for (const use of uses) expect(use).toThrow(unknown);
  });

  test('and suggested', () => {
    const { stubs, requests } = createWorld();
    stubs.add({ path: '/widgets/{id}' });
    expect(() => requests.filter('/wigdets/7')).toThrow("did you mean '/widgets/7'?");
  });
});

describe('stubs of the start', () => {
  const fixture: Fixture = {
    ...world,
    stubs: [
      { path: '/hubs', body: ['fixture'] },
      { path: '/elements', body: ['fixture'] },
    ],
  };
  const stubs: Stub[] = [{ path: '/elements', body: ['option'] }];

  test('survive a reset, with their ids and without counts; later ones do not', async () => {
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

  test('are no part of a snapshot, and a restore leaves all as they are', async () => {
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

  test('are not of the object that was given', () => {
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
      'operationId stands for method and path, give one or the other',
    ],
    ['/stubs/0/method', [{ method: 'GOT', path: '/hubs' }], "'GOT' is not an HTTP method"],
    ['/stubs/0/path', [{ path: '/hubs/:id' }], "Path pattern '/hubs/:id' has a :name, which is written {name}"],
    [
      '/stubs/0/path',
      [{ path: '/a/{id}/b/{id}' }],
      "path '/a/{id}/b/{id}' has {id} twice: give each segment its own name",
    ],
    ['/stubs/0/body', [{ path: '/hubs', status: 204, body: 1 }], 'an answer with status 204 has no body'],
    ['/stubs/0/respond', [{ path: '/hubs', respond: () => ({}) }], "unknown key 'respond': expected one of"],
  ])('of a fixture are checked: %s', (pointer, given, problem) => {
    const start = () => createEmulator({ fixture: { ...world, stubs: given } as Fixture });
    expect(start).toThrow(`the fixture given: ${pointer}: ${problem}`);
    expect(start).toThrow(expect.objectContaining({ pointer, name: 'FixtureError' }));
  });

  test('all issues are told, and a file is checked as at the start', () => {
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

const names = 'method, path, operationId, access, status, headers, body, respond';

test.each<[unknown, string]>([
  [null, 'expected an object, not null.'],
  [[], 'expected an object, not a list.'],
  [7, 'expected an object, not a number.'],
  [{}, 'it needs a path or an operationId.'],
  [{ paht: '/hubs' }, "unknown field 'paht': did you mean 'path'?"],
  [{ path: '/hubs', nonsense: 1 }, `unknown field 'nonsense', expected one of ${names}.`],
  [{ path: '' }, `field 'path' must be a path such as /instances/{id}, not "".`],
  [{ path: '/hubs?a=1' }, "Path pattern '/hubs?a=1' has a query, which goes into 'query'."],
  [{ path: '/hubs', method: 'G T' }, `field 'method' must be an HTTP method, not "G T".`],
  [{ path: '/hubs', method: 'GOT' }, "'GOT' is not an HTTP method."],
  [{ path: '/hubs', status: 199 }, "field 'status' must be a status from 200 to 599, not 199."],
  [{ path: '/hubs', access: 'nobody' }, `field 'access' must be 'user' or 'anyone', not "nobody".`],
  [{ path: '/hubs', headers: { a: 1 } }, "field 'headers/a' must be a text, not 1."],
  [{ path: '/hubs', headers: { 'Content-Length': '1' } }, "header 'Content-Length' is set by the connection."],
  [{ operationId: 'getAcounts' }, "there is no operation 'getAcounts': did you mean 'getAccounts'?"],
  [{ operationId: 'getAccounts', path: '/accounts' }, 'operationId stands for method and path, give one or the other.'],
  [
    { path: '/hubs', respond: 'text' },
    "'respond' must be a function. Over HTTP and in fixtures, give status, headers and body.",
  ],
])('%j is refused, in the process and over HTTP', async (stub, message) => {
  const emulator = createWorld();
  expect(() => emulator.stubs.add(stub as Stub)).toThrow(new Error(`Invalid stub: ${message}`));
  const sent = request(emulator.app).post(control).set('Content-Type', 'application/json').send(JSON.stringify(stub));
  expect(seen(await sent)).toEqual(refused(400, `Invalid stub: ${message}`));
  expect(emulator.stubs.list()).toEqual([]);
});

test.each<[object, string]>([
  [{ respond: () => ({}), status: 200 }, "'respond' gives the answer: leave status, headers and body out."],
  [{ body: () => 7 }, 'the body is not JSON.'],
  [{ body: 7n }, 'the body is not JSON: Do not know how to serialize a BigInt.'],
  [{ body: Promise.resolve(7) }, 'the body is a promise: await it.'],
  [{ body: Buffer.from('abc') }, 'a fixed body is JSON or a text: bytes come from a function.'],
])('what only code can give is checked as well: %p', (part, message) => {
  expect(() => createWorld().stubs.add({ path: '/hubs', ...part })).toThrow(new Error(`Invalid stub: ${message}`));
});

test('there is a limit to their number', () => {
  const { stubs } = createWorld();
  for (let n = 0; n < 1000; n += 1) stubs.add({ path: `/widgets/${n}` });
  expect(() => stubs.add({ path: '/widgets' })).toThrow('There are 1000 stubs already: remove some.');
  stubs.remove(1);
  expect(stubs.add({ path: '/widgets' }).id).toBe(1001);
});

test('over HTTP: add, list, answer, remove', async () => {
  const emulator = createEmulator({ fixture: world, stubs: [{ path: '/hubs', respond: () => ({}) }] });
  const shown = { path: '/instances', status: 201, body: { id: 7 }, id: 2, matched: 0, applied: 0 };
  const added = await request(emulator.app)
    .post(control)
    .send({ path: '/instances', status: 201, body: { id: 7 } });
  expect(seen(added)).toEqual(ok(shown));
  expect(seen(await connect(emulator).get('/instances'))).toEqual({ status: 201, body: { id: 7 } });
  expect(seen(await request(emulator.app).get(control))).toEqual(
    ok([
      { path: '/hubs', respond: 'function', id: 1, given: true, matched: 0, applied: 0 },
      { ...shown, matched: 1, applied: 1 },
    ]),
  );
  expect(seen(await request(emulator.app).delete(`${control}/2`))).toEqual(ok({ status: 'ok' }));
  for (const id of ['2', '0', 'x', '1.0', '01']) {
    expect(seen(await request(emulator.app).delete(`${control}/${id}`))).toEqual(
      refused(404, `There is no stub ${id}.`),
    );
  }
  expect(seen(await request(emulator.app).delete(control))).toEqual(ok({ status: 'ok' }));
  expect(emulator.stubs.list()).toEqual([]);
  expect(seen(await request(emulator.app).post('/__emulator/reset'))).toEqual(ok({ status: 'ok' }));
  expect(emulator.stubs.list()).toMatchObject([{ path: '/hubs' }]);
});

test('a stub in a fixture answers without credentials if it says so', async () => {
  const stubs = [{ path: '/hubs', access: 'anyone', status: 200 }];
  const emulator = createEmulator({ fixture: { ...world, stubs } });
  expect(seen(await connect(emulator, undefined).get('/hubs'))).toEqual(empty);
});
