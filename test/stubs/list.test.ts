import { createEmulator, type Stub } from '../../src/index.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { connect, request } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

const control = '/__emulator/stubs';

test('the list numbers stubs from 1, shows their fields with counts, and removes them', async () => {
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

test('the newest matching stub answers, and all matching stubs count', async () => {
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

test('a fault applies first, and the journal does not name the stub', async () => {
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

describe('a stub matches', () => {
  test.each<[string, Stub, string, string, boolean]>([
    ['any method', { path: '/instances' }, 'DELETE', '/instances', true],
    ['any method except a preflight', { path: '/instances' }, 'OPTIONS', '/instances', false],
    [
      'a preflight for the method OPTIONS',
      { method: 'OPTIONS', path: '/instances', access: 'anyone' },
      'OPTIONS',
      '/instances',
      true,
    ],
    ['a method in any case of letters', { method: 'pOsT', path: '/instances' }, 'POST', '/instances', true],
    ['another method', { method: 'POST', path: '/instances' }, 'GET', '/instances', false],
    ['HEAD for the method GET', { method: 'GET', path: '/instances' }, 'HEAD', '/instances', true],
    ['not GET for the method HEAD', { method: 'HEAD', path: '/instances' }, 'GET', '/instances', false],
    ['a path with the base path', { path: '/elements/api-v2/instances' }, 'GET', '/instances', true],
    ['a path that the platform does not have', { path: '/widgets/{id}' }, 'GET', '/widgets/7', true],
    ['a parameter', { path: '/widgets/{id}' }, 'GET', '/widgets/7/parts', false],
    ['a star for more segments', { path: '/widgets/*' }, 'GET', '/widgets/7/parts', true],
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
    'no request outside the base path: %s',
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
  ])('of %s allows the methods of stubs too', async (path, stubs, allowed) => {
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

describe('faults, the journal and matchers know the paths of existing stubs', () => {
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

  test('and suggest them', () => {
    const { stubs, requests } = createWorld();
    stubs.add({ path: '/widgets/{id}' });
    expect(() => requests.filter('/wigdets/7')).toThrow("did you mean '/widgets/7'?");
  });
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
