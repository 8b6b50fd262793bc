import type { Emulator, RequestPattern } from '../../src/index.ts';
import { createEmulator } from '../../src/index.ts';
import { matchers, type ReceivedExpectation } from '../../src/testing/index.ts';
import '../../src/testing/jest.ts';
import { connect, type Verb } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';

const createWorld = reuseWorlds();

let emulator: Emulator;
let client: ReturnType<typeof connect>;
beforeEach(() => {
  emulator = createWorld();
  client = connect(emulator);
});

async function callAll(): Promise<void> {
  await client.post('/accounts', { name: 'A', externalId: 'a', description: 'of A' });
  await client.post('/accounts', { name: 'B', externalId: 'a' });
  await client.get('/accounts?pageSize=2&where=active%3Dtrue');
  await client.delete('/accounts/110');
}

type Case = [RequestPattern, ReceivedExpectation];

describe('after four calls', () => {
  beforeEach(callAll);

  test.each<Case>([
    ['POST /accounts', {}],
    ['post /accounts', {}],
    ['/accounts/{id}', {}],
    ['/accounts/110', {}],
    ['createAccount', {}],
    [{ method: 'DELETE' }, {}],
    [{ operationId: 'getAccounts', status: 200 }, {}],
    [({ path }) => path.endsWith('/110'), {}],
    ['POST /accounts', { body: { name: 'A' } }],
    ['POST /accounts', { body: { name: 'A', description: expect.any(String) } }],
    ['POST /accounts', { body: expect.objectContaining({ externalId: 'a' }), times: 2 }],
    ['POST /accounts', { body: { externalId: expect.stringMatching(/^a$/) }, times: 2 }],
    ['POST /accounts', { body: { name: 'B' }, status: 409 }],
    ['POST /accounts', { times: 2 }],
    ['PUT /accounts/{id}', { times: 0 }],
    ['GET /accounts', { query: { pageSize: '2' } }],
    ['GET /accounts', { query: { where: 'active=true', pageSize: expect.anything() }, status: 200, times: 1 }],
  ])('%p with %p has been received', (pattern, expectation) => {
    expect(emulator).toHaveReceived(pattern, expectation);
    expect(() => expect(emulator).not.toHaveReceived(pattern, expectation)).toThrow('not to have received');
  });

  test.each<Case>([
    ['PUT /accounts', {}],
    ['/accounts/{id}/users', {}],
    ['/accounts/111', {}],
    ['getAccountById', {}],
    [() => false, {}],
    ['POST /accounts', { body: { name: 'C' } }],
    ['POST /accounts', { body: { name: 'A', email: expect.anything() } }],
    ['POST /accounts', { body: { description: expect.any(Number) } }],
    ['POST /accounts', { body: expect.objectContaining({ name: 'A' }), times: 2 }],
    ['POST /accounts', { body: { name: 'B' }, status: 200 }],
    ['POST /accounts', { times: 1 }],
    ['POST /accounts', { times: 3 }],
    ['GET /accounts', { times: 0 }],
    ['GET /accounts', { query: { pageSize: '3' } }],
    ['GET /accounts', { query: { page: '1' } }],
    ['GET /accounts', { body: {} }],
  ])('%p with %p has not been received', (pattern, expectation) => {
    expect(emulator).not.toHaveReceived(pattern, expectation);
    expect(() => expect(emulator).toHaveReceived(pattern, expectation)).toThrow('to have received');
  });
});

/** The message of a failing expectation. */
function failure(pattern: RequestPattern, expectation?: ReceivedExpectation): string {
  return matchers.toHaveReceived(emulator, pattern, expectation).message();
}

describe('the message of a failure', () => {
  test('says that the emulator has received nothing', () => {
    expect(failure('POST /accounts')).toBe(
      'Expected the emulator to have received POST /accounts.\n\nIt has received nothing.',
    );
  });

  test('lists all requests, with the fault or reason of an answer', async () => {
    await callAll();
    const fault = emulator.faults.add({ drop: true, path: '/accounts/120' });
    await client.get('/accounts/120').catch(() => undefined);
    await connect(emulator, 'nonsense').get('/accounts');
    expect(fault).toBe(1);
    expect(
      failure('POST /accounts', { body: { name: expect.any(String), externalId: 'b' }, status: 200, times: 2 }),
    ).toBe(
      `Expected the emulator to have received POST /accounts with body {"name":"Any<String>","externalId":"b"} with status 200 2 times, and not 0.

It has received 6, the last of them:
  POST /accounts body {"name":"A","externalId":"a","description":"of A"} → 200
  POST /accounts body {"name":"B","externalId":"a"} → 409 Account 500 has the externalId 'a' already: it must be unique among active accounts.
  GET /accounts query {"pageSize":"2","where":"active=true"} → 200
  DELETE /accounts/110 → 200
  GET /accounts/120 → no answer by fault 1
  GET /accounts → 401 an Authorization part is not "User <secret>", "Organization <secret>", "Bearer <token>" or "Element <token>"`,
    );
  });

  test.each<[string, RequestPattern, ReceivedExpectation | undefined]>([
    ['not to have received POST /accounts.', 'POST /accounts', undefined],
    ['not to have received POST /accounts 2 times.', 'POST /accounts', { times: 2 }],
    ['not to have received deleteAccount once.', 'deleteAccount', { times: 1 }],
    ['to have received POST /accounts once, and not 2.', 'POST /accounts', { times: 1 }],
    ['to have received a fitting request.', () => false, undefined],
    ['to have received {"method":"PUT"}.', { method: 'PUT' }, undefined],
    ['to have received GET /accounts with query {"page":"1"}.', 'GET /accounts', { query: { page: '1' } }],
    [
      'to have received PUT /accounts with body {"ObjectContaining":{"name":{"StringMatching":"/^x/"}}}.',
      'PUT /accounts',
      { body: expect.objectContaining({ name: expect.stringMatching(/^x/) }) },
    ],
    [`to have received PUT /users with body "${'x'.repeat(198)}….`, 'PUT /users', { body: 'x'.repeat(300) }],
    ['to have received PUT /users.', 'PUT /users', JSON.parse('{}')],
  ])('Expected the emulator %s', async (text, pattern, expectation) => {
    await callAll();
    expect(failure(pattern, expectation).split('\n')[0]).toBe(`Expected the emulator ${text}`);
  });

  test('leaves out a field of the expectation that is undefined', () => {
    const expectation = Object.assign({}, { body: undefined });
    expect(failure('GET /accounts', expectation).split('\n')[0]).toBe(
      'Expected the emulator to have received GET /accounts.',
    );
  });

  test('lists the last 20 requests at most', async () => {
    const verbs: Verb[] = Array.from({ length: 22 }, (_, index) => (index < 2 ? 'delete' : 'get'));
    for (const verb of verbs) await client.call(verb, '/organizations/me');
    const lines = failure('PUT /accounts').split('\n');
    expect(lines[2]).toBe('It has received 22, the last of them:');
    expect(lines.slice(3)).toEqual(Array.from({ length: 20 }, () => '  GET /organizations/me → 200'));
  });

  test('has no secret and no password', async () => {
    await client.post('/accounts/110/users', { email: 'new@here.example', password: 'very-secret' });
    expect(failure('PUT /accounts')).toContain('body {"email":"new@here.example","password":"[redacted]"}');
  });
});

describe('an invalid use is refused', () => {
  test.each([undefined, null, 'emulator', {}, { requests: [] }, { requests: 1 }])('for %p', (subject) => {
    expect(() => expect(subject).toHaveReceived('POST /accounts')).toThrow(
      new Error('toHaveReceived() is for an emulator: expect(emulator).toHaveReceived(…).'),
    );
  });

  test.each([
    ['POST accounts', "write 'POST /accounts', '/accounts/{id}' or an operationId."],
    ['creatAccount', "did you mean 'createAccount'?"],
    ['', "write 'POST /accounts', '/accounts/{id}' or an operationId."],
  ])('with %p', (pattern, hint) => {
    const message = `'${pattern}' is not a request pattern: ${hint}`;
    expect(() => expect(emulator).toHaveReceived(pattern)).toThrow(new Error(message));
    // .not must not turn a typing mistake into a pass.
    expect(() => expect(emulator).not.toHaveReceived(pattern)).toThrow(new Error(message));
  });
});

describe('an expectation that the journal cannot decide is refused, also with not', () => {
  const user = { firstName: 'Kim', lastName: 'North', email: 'kim@here.example', password: 'fresh-1' };
  const both = (pattern: RequestPattern, expectation: ReceivedExpectation, message: string) => {
    expect(() => expect(emulator).toHaveReceived(pattern, expectation)).toThrow(message);
    expect(() => expect(emulator).not.toHaveReceived(pattern, expectation)).toThrow(message);
  };

  test.each<[what: string, body: object, told: string]>([
    ['a password', { password: 'fresh-1' }, "'[redacted]' as body.password of POST /accounts/110/users"],
    ['another password', { password: 'other' }, "'[redacted]' as body.password of POST /accounts/110/users"],
    [
      'a password in another field',
      { lastName: 'fresh-1' },
      "'[redacted]' as body.lastName of POST /accounts/110/users",
    ],
  ])('%s', async (_what, body, told) => {
    await client.post('/accounts/110/users', { ...user, lastName: 'lastName' in body ? user.password : 'North' });
    both(
      'createAccountUser',
      { body },
      `toHaveReceived() cannot tell: the journal has ${told}; expect what the journal`,
    );
    expect(emulator).toHaveReceived('createAccountUser', { body: { password: expect.any(String) } });
    expect(emulator).toHaveReceived('createAccountUser', { body: { password: '[redacted]' } });
    expect(emulator).not.toHaveReceived('createAccountUser', { body: { firstName: 'Other' } });
  });

  test('a body that is too large for the journal', async () => {
    await client.post('/accounts', { externalId: 'big', description: 'x'.repeat(20_000) });
    both('POST /accounts', { body: { externalId: 'big' } }, "bytes left out]' as body of POST /accounts");
    expect(emulator).toHaveReceived('POST /accounts', { times: 1 });
  });

  test('requests that the journal has removed', async () => {
    const small = createEmulator({ journalLimit: 2 });
    const call = connect(small);
    await call.post('/accounts', { externalId: 'first' });
    for (let round = 0; round < 2; round++) await call.get('/accounts');
    expect(small.requests.dropped).toBe(1);
    const told = 'the journal keeps the last 2 requests, and 1 older ones have dropped out';
    expect(() => expect(small).not.toHaveReceived('POST /accounts')).toThrow(told);
    expect(() => expect(small).toHaveReceived('GET /accounts', { times: 2 })).toThrow(told);
    expect(small).toHaveReceived('GET /accounts');
    small.requests.clear();
    expect(small.requests.dropped).toBe(0);
    expect(small).not.toHaveReceived('POST /accounts');
  });

  test.each([['1'], [-1], [Number.NaN], [null], [1.5]])('times: %p', (times) => {
    both('GET /accounts', { times } as ReceivedExpectation, "'times' is a whole number from 0 up");
  });

  test.each<[object, string]>([
    [{ query: 'pageSize=1' }, "A 'query' is an object of names and values"],
    [{ query: ['pageSize'] }, "A 'query' is an object of names and values"],
    [{ query: null }, "A 'query' is an object of names and values"],
    [{ status: 2000 }, 'A status is a whole number from 100 to 599'],
    [{ body: '{"externalId":"a"}' }, "A 'body' is compared as the value that its JSON has"],
  ])('%j', (expectation, message) => both('GET /accounts', expectation, message));

  test.each([
    { operationId: 'getAccounts', method: 'POST' },
    { operationId: 'getAccounts', path: '/users' },
  ])('%j', (pattern) => both(pattern, {}, "A request pattern has an 'operationId' in place of 'method' and 'path'"));
});
