import type { Fault } from '../../src/index.ts';
import { refused, seen } from '../platform/answers.ts';
import { request } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';

const createWorld = reuseWorlds();

const names =
  'method, path, operationId, when, status, message, body, rawBody, headers, retryAfter, delayMs, drop, after, times';
const operation = 'an operationId of docs/operations.md';
const statuses = 'a status from 400 to 599';
const useless =
  'it needs a status, a delayMs or drop: true (after the operation, a body is enough), or it changes nothing.';
const both = 'operationId replaces method and path: give one or the other.';
const noAnswer = 'message, body, rawBody, headers and retryAfter belong to an answer, which needs a status.';
const field = (name: string, expected: string, found: unknown) =>
  `field '${name}' must be ${expected}, not ${JSON.stringify(found)}.`;

const refusals: [fault: unknown, message: string][] = [
  [null, 'expected an object, not null.'],
  [[], 'expected an object, not a list.'],
  ['503', 'expected an object, not a text.'],
  [5, 'expected an object, not a number.'],
  [{}, useless],
  [{ drop: false }, useless],
  [{ times: 1, path: '/accounts' }, useless],
  [{ status: 399 }, field('status', statuses, 399)],
  [{ status: 600 }, field('status', statuses, 600)],
  [{ status: 503.5 }, field('status', statuses, 503.5)],
  [{ status: '503' }, field('status', statuses, '503')],
  [{ status: null }, field('status', statuses, null)],
  [{ status: 503, method: '' }, field('method', 'an HTTP method', '')],
  [{ status: 503, method: 'GET /' }, field('method', 'an HTTP method', 'GET /')],
  [{ status: 503, path: '' }, field('path', 'a path such as /accounts/{id}', '')],
  [{ status: 503, path: 5 }, field('path', 'a path such as /accounts/{id}', 5)],
  [
    { status: 503, operationId: 'getAccount' },
    `${field('operationId', operation, 'getAccount')} Did you mean 'getAccounts'?`,
  ],
  [{ status: 503, operationId: 'nonsense' }, field('operationId', operation, 'nonsense')],
  [{ status: 503, operationId: 5 }, field('operationId', operation, 5)],
  [{ status: 503, message: 5 }, field('message', 'a text', 5)],
  [{ status: 503, headers: [] }, field('headers', 'an object of texts', [])],
  [{ status: 503, headers: { a: 1 } }, field('headers/a', 'a text', 1)],
  [{ status: 503, retryAfter: -1 }, field('retryAfter', 'a whole number of seconds', -1)],
  [{ status: 503, retryAfter: 86_401 }, field('retryAfter', 'a whole number of seconds', 86_401)],
  [{ delayMs: -1 }, field('delayMs', 'a number from 0 to 600000', -1)],
  [{ delayMs: 600_001 }, field('delayMs', 'a number from 0 to 600000', 600_001)],
  [{ drop: 'yes' }, field('drop', 'true or false', 'yes')],
  [{ drop: true, after: -1 }, field('after', 'a whole number from 0 up', -1)],
  [{ drop: true, times: 0 }, field('times', 'a whole number from 1 up', 0)],
  [{ drop: true, times: 1.5 }, field('times', 'a whole number from 1 up', 1.5)],
  [{ status: 503, paht: '/x' }, "unknown field 'paht': did you mean 'path'?"],
  [{ status: 503, delay: 5 }, "unknown field 'delay': did you mean 'delayMs'?"],
  [{ status: 503, nonsense: 5 }, `unknown field 'nonsense', expected one of ${names}.`],
  [{ status: 503, operationId: 'getAccounts', method: 'GET' }, both],
  [{ status: 503, operationId: 'getAccounts', path: '/accounts' }, both],
  [{ delayMs: 5, message: 'x' }, noAnswer],
  [{ drop: true, body: null }, noAnswer],
  [{ drop: true, headers: {} }, noAnswer],
  [{ delayMs: 5, retryAfter: 5 }, noAnswer],
  [{ drop: true, status: 503 }, 'a connection that is dropped has no status, give drop or status.'],
  [{ drop: true, status: 503, when: 'after' }, 'a connection that is dropped has no status, give drop or status.'],
  [{ drop: true, rawBody: '{', when: 'after' }, 'a connection that is dropped has no body, give drop or body.'],
  [{ rawBody: '{' }, useless],
  [{ rawBody: '{', when: 'before' }, useless],
  [{ delayMs: 5, rawBody: '{' }, noAnswer],
  [{ when: 'after' }, useless],
  [{ when: 'after', message: 'x' }, useless],
  [{ when: 'after', delayMs: 5, headers: { a: '1' } }, noAnswer],
  [{ when: 'after', delayMs: 5, retryAfter: 5 }, noAnswer],
  [{ when: 'later', status: 503 }, field('when', "'before' or 'after'", 'later')],
  [{ when: true, status: 503 }, field('when', "'before' or 'after'", true)],
  [{ status: 503, rawBody: {} }, field('rawBody', 'a text', {})],
  [{ status: 503, rawBody: '{', body: {} }, 'body and rawBody both replace the whole body: give one or the other.'],
];

test.each(refusals)('%j is refused by faults.add() and over HTTP', async (fault, message) => {
  const emulator = createWorld();
  expect(() => emulator.faults.add(fault as Fault)).toThrow(new Error(`Invalid fault: ${message}`));
  const response = await request(emulator.app)
    .post('/__emulator/faults')
    .set('Content-Type', 'application/json')
    .send(JSON.stringify(fault));
  expect(seen(response)).toEqual(refused(400, `Invalid fault: ${message}`));
  expect(emulator.faults.list()).toEqual([]);
});

test('the message for a missing fault does not call it a number', async () => {
  const { faults, app } = createWorld();
  const message = expect.stringMatching(/^Invalid fault: expected an object(?!.*a number)/);
  expect(() => faults.add(undefined as never)).toThrow(/^Invalid fault: expected an object(?!.*a number)/);
  expect(seen(await request(app).post('/__emulator/faults'))).toEqual(refused(400, message));
});

// Node refuses these at the answer: what cannot go out is to be refused when it is put on.
test.each<[string, Record<string, string>]>([
  ['a name that is not a token', { 'bad name': 'x' }],
  ['an empty name', { '': 'x' }],
  ['a line break in a value', { 'X-A': 'x\r\nSet-Cookie: y' }],
  ['a character that no header can have', { 'X-A': '€' }],
])('a header with %s is refused', async (_what, headers) => {
  const { faults, app } = createWorld();
  expect(() => faults.add({ status: 503, headers })).toThrow(/^Invalid fault: .*header/i);
  const response = await request(app).post('/__emulator/faults').send({ status: 503, headers });
  expect(seen(response)).toEqual(refused(400, expect.stringMatching(/^Invalid fault: .*header/i)));
});

test.each(['Content-Length', 'Transfer-Encoding'])(
  'the header %s, which frames the answer, is refused or leaves the answer readable',
  async (name) => {
    const { faults, app } = createWorld();
    let added = true;
    try {
      faults.add({ status: 503, headers: { [name]: name === 'Content-Length' ? '1' : 'chunked' } });
    } catch (error) {
      added = false;
      expect(String(error)).toMatch(/Invalid fault: /);
    }
    const response = await request(app).get('/elements/api-v2/accounts');
    expect(response.status).toBe(added ? 503 : 401);
    expect(response.body.message).toEqual(expect.any(String));
  },
);

test.each<[string, unknown]>([
  ['a BigInt', { a: 10n }],
  ['a function', () => 1],
])('a body that is not JSON is refused: %s', (_what, body) => {
  expect(() => createWorld().faults.add({ status: 503, body })).toThrow(/^Invalid fault: .*body/);
});
