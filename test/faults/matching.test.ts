import type { Emulator, Fault } from '../../src/index.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { samples } from '../platform/samples.ts';
import { basePath, connect, request } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';

const createWorld = reuseWorlds();

const faulted = refused(503, 'Service Unavailable');
const administered = ok(expect.objectContaining({ id: 10 }));

/** How often a fault was matched and applied. */
const counts = ({ faults }: Emulator) => faults.list().map(({ id, matched, applied }) => ({ id, matched, applied }));

describe('a fault matches', () => {
  test.each<[string, Omit<Fault, 'status'>, string, string, boolean]>([
    ['all', {}, 'GET', '/accounts', true],
    ['a method', { method: 'GET' }, 'GET', '/accounts', true],
    ['a method in any case of letters', { method: 'gEt' }, 'GET', '/accounts', true],
    ['another method', { method: 'POST' }, 'GET', '/accounts', false],
    ['a path', { path: '/accounts' }, 'GET', '/accounts', true],
    ['a path without its first slash', { path: 'accounts' }, 'GET', '/accounts', true],
    ['a path with the base path', { path: '/elements/api-v2/accounts' }, 'GET', '/accounts', true],
    ['a path with any query', { path: '/accounts' }, 'GET', '/accounts?where=id=110', true],
    ['a path with a slash at the end', { path: '/accounts' }, 'GET', '/accounts/', true],
    ['a path, but not a path below it', { path: '/accounts' }, 'GET', '/accounts/110', false],
    ['a path, but not a longer one', { path: '/users' }, 'GET', '/users/1101', false],
    ['a parameter', { path: '/accounts/{id}' }, 'GET', '/accounts/110', true],
    ['a parameter, but not two segments', { path: '/accounts/{id}' }, 'GET', '/accounts/110/users', false],
    ['a parameter in the middle', { path: '/accounts/{id}/users' }, 'GET', '/accounts/110/users', true],
    ['a literal segment', { path: '/accounts/110' }, 'GET', '/accounts/110', true],
    ['another literal segment', { path: '/accounts/120' }, 'GET', '/accounts/110', false],
    ['a star for more segments', { path: '/accounts/*' }, 'GET', '/accounts/110/users/1101', true],
    ['a star for no segment', { path: '/accounts/*' }, 'GET', '/accounts', true],
    ['a star for the rest of a segment', { path: '/acc*' }, 'GET', '/accounts', true],
    ['a star for the rest of a segment and more segments', { path: '/acc*' }, 'GET', '/accounts/110', true],
    ['a star for the rest of another segment', { path: '/acc*' }, 'GET', '/users', false],
    ['a star below another path', { path: '/organizations/*' }, 'GET', '/accounts/110', false],
    ['a star after a parameter', { path: '/accounts/{id}/*' }, 'GET', '/accounts/110/users', true],
    ['only a star', { path: '*' }, 'GET', '/accounts', true],
    ['a dot only as a dot', { path: '/.ccount*' }, 'GET', '/accounts', false],
    ['another method and the path', { method: 'DELETE', path: '/accounts/{id}' }, 'GET', '/accounts/110', false],
    ['an operation', { operationId: 'getAccountById' }, 'GET', '/accounts/110', true],
    ['an operation, with HEAD', { operationId: 'getAccountById' }, 'HEAD', '/accounts/110', true],
    ['another operation', { operationId: 'getAccounts' }, 'GET', '/accounts/110', false],
    [
      'another operation with a similar path',
      { operationId: 'getOrganization' },
      'GET',
      '/organizations/users/me',
      false,
    ],
    ['an unknown path', { path: '/nowhere*' }, 'GET', '/nowhere', true],
    ['a path that is not emulated', { path: '/instances/{id}' }, 'GET', '/instances/7', true],
    ['a method that the path does not have', { method: 'PATCH', path: '/accounts' }, 'PATCH', '/accounts', true],
    ['a preflight', { method: 'OPTIONS' }, 'OPTIONS', '/accounts', true],
    [
      'an encoded path',
      { path: '/accounts/110/users/user@here.example' },
      'GET',
      '/accounts/110/users/user%40here.example',
      true,
    ],
  ])('%s: %j', async (_what, fault, method, path, hit) => {
    const emulator = createWorld();
    emulator.faults.add({ ...fault, status: 503 });
    const verb = method.toLowerCase() as 'get';
    const response = await request(emulator.app)
      [verb](basePath + path)
      .set('Authorization', emulator.credentials.authorization);
    expect(response.status === 503).toBe(hit);
    if (hit && method !== 'HEAD') expect(seen(response)).toEqual(faulted);
    expect(counts(emulator)).toEqual([{ id: 1, matched: hit ? 1 : 0, applied: hit ? 1 : 0 }]);
    expect(emulator.faults.unmatched()).toHaveLength(hit ? 0 : 1);
  });

  test.each(samples)(
    '$operationId by its operationId, and the request changes nothing',
    async ({ operation, verb, path, body }) => {
      const emulator = createWorld();
      const before = emulator.snapshot();
      emulator.faults.add({ operationId: operation.operationId, status: 503 });
      const response = await connect(emulator).call(verb, path).send(body);
      expect(seen(response)).toEqual(faulted);
      const { sequences, ...rest } = emulator.snapshot();
      expect(rest).toEqual({ ...before, sequences: undefined });
      expect(sequences).toEqual({ ...before.sequences, request: 2 });
      expect(emulator.requests.last()).toMatchObject({ operationId: operation.operationId, fault: 1, status: 503 });
    },
  );

  test.each<[string, Omit<Fault, 'status'>]>([
    ['all', {}],
    ['a method', { method: 'GET' }],
    ['the same path below the base path', { method: 'GET', path: '/accounts' }],
    ['a path that ends in a star', { path: '*' }],
  ])('no request without the base path: %s', async (_what, fault) => {
    const emulator = createWorld();
    emulator.faults.add({ ...fault, status: 503 });
    for (const path of ['/accounts', '/elements/accounts', '/elements/api-v3/accounts', basePath]) {
      const { status } = await request(emulator.app).get(path).set('Authorization', emulator.credentials.authorization);
      expect({ path, status }).toEqual({ path, status: 404 });
    }
    expect(counts(emulator)).toEqual([{ id: 1, matched: 0, applied: 0 }]);
  });

  test('requests without access too, before any check of the request', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503 });
    expect(seen(await connect(emulator, 'nonsense').get('/accounts'))).toEqual(faulted);
    const malformed = connect(emulator).call('post', '/accounts').set('Content-Type', 'application/json').send('{');
    expect(seen(await malformed)).toEqual(faulted);
    expect(seen(await connect(emulator).get('/accounts?where=((').set('Accept', 'text/html'))).toEqual(faulted);
  });
});

describe('a fault with after and times', () => {
  /** The statuses of this number of calls. */
  async function run(emulator: Emulator, calls: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const response = await connect(emulator).get('/organizations/me');
      expect(seen(response)).toEqual(
        response.status === 200 ? administered : refused(response.status, expect.any(String)),
      );
      statuses.push(response.status);
    }
    return statuses;
  }

  test.each<[Pick<Fault, 'after' | 'times'>, number[], number]>([
    [{}, [503, 503, 503, 503], 4],
    [{ times: 1 }, [503, 200, 200, 200], 1],
    [{ times: 2 }, [503, 503, 200, 200], 2],
    [{ after: 0 }, [503, 503, 503, 503], 4],
    [{ after: 1 }, [200, 503, 503, 503], 3],
    [{ after: 1, times: 2 }, [200, 503, 503, 200], 2],
    [{ after: 9 }, [200, 200, 200, 200], 0],
  ])('%j', async (often, statuses, applied) => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503, ...often });
    expect(await run(emulator, 4)).toEqual(statuses);
    expect(counts(emulator)).toEqual([{ id: 1, matched: 4, applied }]);
  });

  test('the first of several faults that is not used up applies', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 500, path: '/users' });
    emulator.faults.add({ status: 501, times: 1 });
    emulator.faults.add({ status: 502, after: 2, times: 1 });
    emulator.faults.add({ status: 503, times: 2 });
    expect(await run(emulator, 5)).toEqual([501, 503, 502, 503, 200]);
    expect(counts(emulator)).toEqual([
      { id: 1, matched: 0, applied: 0 },
      { id: 2, matched: 5, applied: 1 },
      { id: 3, matched: 5, applied: 1 },
      { id: 4, matched: 5, applied: 2 },
    ]);
    expect(emulator.faults.unmatched()).toEqual([{ id: 1, status: 500, path: '/users', matched: 0, applied: 0 }]);
  });

  test('only matching requests count', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503, operationId: 'getOrganization', after: 1, times: 1 });
    expect((await connect(emulator).get('/accounts')).status).toBe(200);
    expect(await run(emulator, 3)).toEqual([200, 503, 200]);
  });

  test('simultaneous requests get exactly the given number of faults', async () => {
    const emulator = createWorld();
    emulator.faults.add({ status: 503, times: 3 });
    const calls = Array.from({ length: 8 }, () => connect(emulator).get('/organizations/me'));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 503, 503, 503]);
  });
});

test('a preflight uses up no fault, except one for OPTIONS', async () => {
  const emulator = createWorld();
  emulator.faults.add({ path: '/accounts', status: 503, times: 1 });
  const preflight = () => request(emulator.app).options(`${basePath}/accounts`);
  const first = await preflight();
  expect({ status: first.status, text: first.text }).toEqual({ status: 200, text: '' });
  const failed = await connect(emulator).get('/accounts');
  expect({ status: failed.status, body: failed.body }).toEqual({ status: 503, body: faulted.body });
  emulator.faults.add({ method: 'OPTIONS', path: '/accounts', status: 503 });
  expect((await preflight()).status).toBe(503);
});
