import fc from 'fast-check';
import { mark, mostly, sometimes } from './values.ts';

/** Headers: who calls, of what kind the body is, and what no client should send. */

const authorizations = fc.oneof(
  { arbitrary: mark('administrator'), weight: 50 },
  { arbitrary: mark('authorization'), weight: 6 },
  { arbitrary: mark('bearer').map((token) => `Bearer ${token}`), weight: 2 },
  fc.tuple(mark('bearer'), mark('administrator')).map(([token, secrets]) => `Bearer ${token}, ${secrets}`),
  fc.tuple(mark('secret'), mark('secret')).map(([user, other]) => `User ${user}, Organization ${other}`),
  mark('administrator').map((secrets) => `element =/+==,${secrets}`),
  fc.constantFrom(
    '',
    ' ',
    ',',
    'User',
    'Bearer',
    'Bearer nothing',
    'Basic YTpi',
    'User a User b',
    'User é, \x01',
    ','.repeat(2000),
  ),
);

const contentTypes = fc.constantFrom(
  ...['text/plain', 'application/JSON; charset=UTF-8', 'application/vnd.x+json', 'application/json; charset=utf-16'],
  ...['application/json; charset="', 'x', '', ';', 'application/json, application/json', 'multipart/form-data', '/'],
);

export type Header = readonly [name: string, value: string];

const oddHeaders: fc.Arbitrary<Header> = fc.constantFrom<Header>(
  ...['text/html', '*/*;q=0', ',', 'application/json;q=x', '\x7f', 'a/'.repeat(500)].map(
    (value): Header => ['Accept', value],
  ),
  ...['gzip', 'deflate', 'br', 'x', 'identity', ''].map((value): Header => ['Content-Encoding', value]),
  ...['100-continue', 'nonsense'].map((value): Header => ['Expect', value]),
  ['Access-Control-Request-Headers', 'x, é'],
  ['Origin', 'null'],
  ['Host', 'a b'],
  ['Host', ''],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-For', '\0'],
  ['Range', 'bytes=0-'],
  ['If-None-Match', '*'],
  ['Upgrade', 'websocket'],
  ['Connection', 'close'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['Elements-User-Password', 'é€\ud800'],
  ['Cookie', '__proto__=1'],
);

export const headers = fc
  .record({
    Authorization: mostly<string | undefined>(authorizations, fc.constant(undefined)),
    'Content-Type': mostly<string | undefined>(fc.constant('application/json'), contentTypes, fc.constant(undefined)),
    'Elements-User-Password': sometimes(mark('password'), 2),
  })
  .chain((usual) => {
    const given = Object.entries(usual).flatMap(([name, value]): Header[] =>
      value === undefined ? [] : [[name, value]],
    );
    return mostly(
      fc.constant(given),
      oddHeaders.map((odd) => [...given, odd]),
    );
  });
