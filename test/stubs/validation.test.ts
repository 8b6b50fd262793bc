import { createEmulator, type Stub } from '../../src/index.ts';
import { refused, seen } from '../platform/answers.ts';
import { request } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

const control = '/__emulator/stubs';
const names = 'method, path, operationId, access, status, headers, body, respond';

test.each<[unknown, string]>([
  [null, 'expected an object, not null.'],
  [[], 'expected an object, not a list.'],
  [7, 'expected an object, not a number.'],
  [{}, 'it needs a path or an operationId.'],
  [{ paht: '/hubs' }, "unknown field 'paht': did you mean 'path'?"],
  [{ path: '/hubs', nonsense: 1 }, `unknown field 'nonsense', expected one of ${names}.`],
  [{ path: '' }, `field 'path' must be a path such as /instances/{id}, not "".`],
  [
    { path: '/hubs?a=1' },
    "Path pattern '/hubs?a=1' has a query: leave it out (a pattern of the journal has it in 'query').",
  ],
  [{ path: '/hubs', method: 'G T' }, `field 'method' must be an HTTP method, not "G T".`],
  [{ path: '/hubs', method: 'GOT' }, "'GOT' is not an HTTP method."],
  [{ path: '/hubs', status: 199 }, "field 'status' must be a status from 200 to 599, not 199."],
  [{ path: '/hubs', access: 'nobody' }, `field 'access' must be 'user' or 'anyone', not "nobody".`],
  [{ path: '/hubs', headers: { a: 1 } }, "field 'headers/a' must be a text, not 1."],
  [{ path: '/hubs', headers: { 'Content-Length': '1' } }, "header 'Content-Length' is set by the connection."],
  [{ operationId: 'getAcounts' }, "there is no operation 'getAcounts': did you mean 'getAccounts'?"],
  [{ operationId: 'getAccounts', path: '/accounts' }, 'operationId replaces method and path: give one or the other.'],
  [
    { path: '/hubs', respond: 'text' },
    "'respond' must be a function. Over HTTP and in fixtures, give status, headers and body.",
  ],
])('%j is refused by stubs.add() and over HTTP', async (stub, message) => {
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
])('a value that only code can give is checked too: %p', (part, message) => {
  expect(() => createWorld().stubs.add({ path: '/hubs', ...part })).toThrow(new Error(`Invalid stub: ${message}`));
});

test('the number of stubs is limited', () => {
  const { stubs } = createWorld();
  for (let n = 0; n < 1000; n += 1) stubs.add({ path: `/widgets/${n}` });
  expect(() => stubs.add({ path: '/widgets' })).toThrow('There are 1000 stubs already: remove some.');

  const many = Array.from({ length: 1001 }, () => ({ path: '/widgets' }));
  expect(() => createEmulator({ stubs: many })).toThrow(
    "Option 'stubs': there are 1001 with those of the fixture, at most 1000.",
  );
  const fixture = { organizations: [{ name: 'One' }], stubs: many };
  expect(() => createEmulator({ fixture })).toThrow('/stubs: found a list, expected a list of at most 1000');
  stubs.remove(1);
  expect(stubs.add({ path: '/widgets' }).id).toBe(1001);
});
