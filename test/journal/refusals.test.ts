import { createEmulator, type RequestPattern } from '../../src/index.ts';
import { matchers } from '../../src/testing/matchers.ts';
import { connect } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

/** What could only ever pass, or fail, for nothing is refused. */

const rows: [pattern: unknown, message: string][] = [
  [{ methd: 'DELETE' }, "'methd' is unknown: did you mean 'method'?"],
  [{ colour: 1 }, "'colour' is unknown: known are method, path, operationId, status, query, body."],
  [/accounts/, 'A request pattern is a text, an object or a function, not /accounts/.'],
  [undefined, 'A request pattern is a text, an object or a function, not undefined.'],
  [['/accounts'], 'A request pattern is a text, an object or a function, not /accounts.'],
  ['GETT /accounts', "'GETT' is not an HTTP method."],
  [
    'POST /accounts?where=1',
    "Path pattern '/accounts?where=1' has a query: leave it out (a pattern of the journal has it in 'query').",
  ],
  [{ path: '/accounts/:id' }, "Path pattern '/accounts/:id' has a :name, which is written {name}."],
  [{ path: '/accounts/*/users' }, 'has a * before its end: write {name} for one segment.'],
  [{ path: 'http://x/accounts' }, 'has a scheme and host, which do not belong to a path.'],
  [{ path: '/{' }, 'has a single brace.'],
  [{ operationId: 'getAcounts' }, "There is no operation 'getAcounts': did you mean 'getAccounts'?"],
  [{ status: '200' }, "A status is a whole number from 100 to 599, not '200'."],
];

test.each(rows)('a pattern %p is refused', (pattern, message) => {
  const { requests } = createWorld();
  expect(() => requests.filter(pattern as RequestPattern)).toThrow(message);
  expect(() => matchers.toHaveReceived({ requests }, pattern as RequestPattern)).toThrow(message);
});

test.each([
  [{ boddy: {} }, "'boddy' is unknown: did you mean 'body'?"],
  [null, 'toHaveReceived() takes { body, query, status, times }, not null.'],
  [1, 'toHaveReceived() takes { body, query, status, times }, not 1.'],
])('an expectation %p is refused', (expectation, message) => {
  const emulator = createWorld();
  expect(() => matchers.toHaveReceived(emulator, '/accounts', expectation as never)).toThrow(message);
});

test('numbers and regular expressions match strings', async () => {
  const emulator = createWorld();
  await connect(emulator).get('/accounts?pageSize=1&includeInactive=true');
  await connect(emulator).post('/accounts', { externalId: 'customer-7' });
  expect(emulator.requests.filter({ query: { pageSize: 1, includeInactive: true } })).toHaveLength(1);
  expect(emulator.requests.filter({ body: { externalId: /^customer-\d$/ } })).toHaveLength(1);
  expect(emulator.requests.filter({ body: { externalId: /^other/ } })).toHaveLength(0);
});

test('entries of the journal cannot be changed', async () => {
  const emulator = createWorld();
  await connect(emulator).get('/accounts');
  expect(() => Object.assign(emulator.requests.last() ?? {}, { path: '/other' })).toThrow(TypeError);
  expect(emulator.requests.last()).toMatchObject({ path: '/accounts', status: 200 });
});

describe('the journal has a where for a confidential field without its strings', () => {
  test.each([
    ["password in ('hidden', 'hidden')", "password in ('[redacted]', '[redacted]')"],
    ["active=true and not (secret like '%hidden')", 'active=true and not (secret like [redacted])'],
    ['password = hidden', 'password = [redacted]'],
    ["name = 'password'", "name = 'password'"],
  ])('%s', async (where, kept) => {
    const emulator = createEmulator();
    await connect(emulator).get(`/organizations/users?where=${encodeURIComponent(where)}`);
    expect(emulator.requests.last()?.query).toEqual({ where: kept });
  });
});
