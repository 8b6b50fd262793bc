import { createEmulator, type Respond } from '../../src/index.ts';
import { messageOf } from '../../src/text/message-of.ts';
import { refused, seen } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { world } from '../support/world.ts';

describe('a function with a mistake answers 500 with the id of the stub, and the next request works', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const expected = 'its function must return an answer, such as { status: 200, body: {} }: ';
  const rows: [string, () => unknown, message: string][] = [
    [
      'throws an error',
      () => {
        throw new Error('boom');
      },
      'boom',
    ],
    [
      'throws a string',
      () => {
        throw 'boom';
      },
      'boom',
    ],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
      'undefined',
    ],
    [
      'throws a value without a text',
      () => {
        throw Object.create(null);
      },
      'a value without a message',
    ],
    ['rejects', () => Promise.reject(new Error('boom')), 'boom'],
    ['returns nothing', () => undefined, `${expected}expected an object, not nothing.`],
    ['returns a promise of nothing', async () => undefined, `${expected}expected an object, not nothing.`],
    ['returns null', () => null, `${expected}expected an object, not null.`],
    ['returns a string', () => 'text', `${expected}expected an object, not a text.`],
    ['returns a list', () => [{ id: 7 }], `${expected}expected an object, not a list.`],
    ['returns a function', () => () => 7, `${expected}expected an object, not a function.`],
    ['returns a Buffer', () => Buffer.from('abc'), `${expected}expected an object, not bytes: give them as its body.`],
    [
      'returns a Response',
      () => new Response('{"a":1}', { status: 418 }),
      `${expected}expected { status, headers, body }, not a Response.`,
    ],
    [
      'returns Headers',
      () => ({ headers: new Headers({ location: '/z' }) }),
      `${expected}field 'headers' must be an object of texts, not a Headers.`,
    ],
    ['returns a Map', () => ({ body: new Map([[1, 2]]) }), 'the body is a Map, which is not JSON.'],
    ['returns an ArrayBuffer', () => ({ body: new ArrayBuffer(2) }), 'the body is an ArrayBuffer, which is not JSON.'],
    ['returns a stream', () => ({ body: new ReadableStream() }), 'the body is a ReadableStream, which is not JSON.'],
    ['forgets the body', () => ({ id: 7 }), `${expected}unknown field 'id', expected one of status, headers, body.`],
    ['mistypes a field', () => ({ boby: 7 }), `${expected}unknown field 'boby': did you mean 'body'?`],
    [
      'returns a status that is too small',
      () => ({ status: 199 }),
      `${expected}field 'status' must be a status from 200 to 599, not 199.`,
    ],
    [
      'returns a status that is too large',
      () => ({ status: 600 }),
      `${expected}field 'status' must be a status from 200 to 599, not 600.`,
    ],
    [
      'returns a status that is not a number',
      () => ({ status: '200' }),
      `${expected}field 'status' must be a status from 200 to 599, not "200".`,
    ],
    [
      'returns headers that are not strings',
      () => ({ headers: { a: 1 } }),
      `${expected}field 'headers/a' must be a text, not 1.`,
    ],
    [
      'returns a header that cannot be sent',
      () => ({ headers: { a: 'b\n' } }),
      "header 'a' has characters that no header can have.",
    ],
    [
      'returns a header of the connection',
      () => ({ headers: { 'Content-Length': '1' } }),
      "header 'Content-Length' is set by the connection.",
    ],
    [
      'returns a circular object',
      () => ({ body: circular }),
      'the body is not JSON: Converting circular structure to JSON.',
    ],
    ['returns a BigInt', () => ({ body: 7n }), 'the body is not JSON: Do not know how to serialize a BigInt.'],
    ['returns a function as the body', () => ({ body: () => 7 }), 'the body is not JSON.'],
    ['returns a promise as the body', () => ({ body: Promise.resolve(7) }), 'the body is a promise: await it.'],
    ['returns a body with status 204', () => ({ status: 204, body: {} }), 'an answer with status 204 has no body.'],
  ];

  test.each(rows)('if it %s', async (_what, respond, message) => {
    const errors: [string, string][] = [];
    const emulator = createEmulator({
      fixture: world,
      onError: (error, during) => errors.push([messageOf(error), during]),
    });
    emulator.stubs.add({ method: 'POST', path: '/instances', respond: respond as Respond });
    const name = 'Stub 1 (POST /instances)';
    expect(seen(await connect(emulator).post('/instances', {}))).toEqual(refused(500, `${name}: ${message}`));
    expect(emulator.requests.last()).toMatchObject({ stub: 1, status: 500, message: `${name}: ${message}` });
    expect(errors).toEqual([[message, name]]);
    expect((await connect(emulator).get('/organizations/me')).status).toBe(200);
  });
});
