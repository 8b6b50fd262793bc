import request from 'supertest';
import type { Emulator, RequestPattern } from '../../src/index.ts';
import { connect } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = createWorld();
  const platform = connect(emulator);
  await platform.get('/accounts?where=id=110&pageSize=1');
  await platform.post('/accounts', { externalId: 'one', tags: [1, { a: 2 }] });
  await platform.post('/accounts', { externalId: 'one' });
  await platform.get('/accounts/110');
  await platform.get('/accounts/110/users/1101');
  await platform.get('/nowhere');
  await request(emulator.app).post('/accounts');
});

/** The numbers of the requests above. */
const numbers = (pattern: RequestPattern) => {
  const all = emulator.requests.all();
  return emulator.requests.filter(pattern).map((request) => all.indexOf(request));
};

test.each<[string, RequestPattern, number[]]>([
  ['a method and a path', 'POST /accounts', [1, 2]],
  ['a method in any case of letters, with spaces', '  post   /accounts ', [1, 2]],
  ['a path', '/accounts', [0, 1, 2]],
  ['a path with the base path', 'GET /elements/api-v2/accounts', [0]],
  ['a parameter', '/accounts/{id}', [3]],
  ['a star for any or no segments', 'GET /accounts/{id}/*', [3, 4]],
  ['a path without requests', '/users', []],
  ['an unknown path', '/nowhere*', [5]],
  ['all paths below the base path', '/*', [0, 1, 2, 3, 4, 5]],
  ['an operationId', 'createAccount', [1, 2]],
  ['a query: everything, outside the base path too', {}, [0, 1, 2, 3, 4, 5, 6]],
  ['a query: method', { method: 'get' }, [0, 3, 4, 5]],
  ['a query: path', { path: 'accounts/{id}' }, [3]],
  ['a query: operationId', { operationId: 'getAccounts' }, [0]],
  ['a query: status', { status: 409 }, [2]],
  ['a query: query', { query: { where: 'id=110' } }, [0]],
  ['a query: query, matcher', { query: { pageSize: expect.stringMatching(/^\d$/) } }, [0]],
  ['a query: another query', { query: { where: 'id=1' } }, []],
  ['a query: body', { body: { externalId: 'one' } }, [1, 2]],
  ['a query: body, matcher', { body: { externalId: expect.any(String), tags: expect.anything() } }, [1]],
  ['a query: body, a list', { body: { tags: [1, { a: 2 }] } }, [1]],
  ['a query: body, a list too short', { body: { tags: [1] } }, []],
  ['a query: body, not a list', { body: { tags: { 0: 1 } } }, []],
  ['a query: body, an inherited property', { body: { toString: expect.any(Function) } }, []],
  ['a query: several fields', { method: 'POST', path: '/accounts', status: 200 }, [1]],
  ['a query: method, outside the base path too', { method: 'POST', status: 404 }, [6]],
  ['a query: path, only below the base path', { path: '/accounts', status: 404 }, []],
  ['a function', ({ path }) => path.endsWith('110'), [3]],
  ['a function, outside the base path', ({ outside }) => outside === true, [6]],
])('%s: %j', (_what, pattern, expected) => {
  expect(numbers(pattern)).toEqual(expected);
  const all = emulator.requests.all();
  expect(emulator.requests.find(pattern)).toBe(all[expected[0] ?? -1]);
  expect(emulator.requests.last(pattern)).toBe(all[expected.at(-1) ?? -1]);
});

test('last() without a pattern answers the last request', () => {
  expect(emulator.requests.last()).toBe(emulator.requests.all()[6]);
});

test.each(['', 'nonsense', 'POST', 'POST accounts', 'POST /a b', 'http://x/accounts'])(
  '%p is not a pattern',
  (pattern) => {
    const error = new Error(
      `'${pattern}' is not a request pattern: write 'POST /accounts', '/accounts/{id}' or an operationId.`,
    );
    for (const method of ['filter', 'find', 'last'] as const) {
      expect(() => emulator.requests[method](pattern)).toThrow(error);
    }
  },
);

test('clear() removes all requests, and lists from before stay unchanged', async () => {
  const own = createWorld();
  await connect(own).get('/accounts');
  const taken = own.requests.all();
  taken.push(...taken);
  expect(own.requests.length).toBe(1);
  own.requests.clear();
  expect([own.requests.length, own.requests.all(), taken.length]).toEqual([0, [], 2]);
  expect(() => own.requests.last()).toThrow(new Error('The emulator has received no request yet.'));
  await connect(own).get('/accounts/110');
  expect(own.requests.all()).toMatchObject([{ path: '/accounts/110', status: 200 }]);
});
