import fc from 'fast-check';
import type { Emulator } from '../../src/index.ts';
import type { Response } from '../support/ask.ts';
import { anyCharacter } from '../support/characters.ts';
import { connect, type Verb } from '../support/client.ts';

/** Random calls of the platform: good and bad, by several callers, on records that are there and that are not. */

export interface Call {
  readonly caller: string;
  readonly verb: Verb;
  readonly path: string;
  readonly body: unknown;
  readonly password: string;
}

/** Who calls; the last ones are refused. */
const callers = [
  'administrator@ten.example',
  'admin@here.example',
  'administrator@twenty.example',
  'plain@ten.example',
  'inactive@ten.example',
  'nobody',
];

const account = fc.constantFrom('100', '110', '120', '130', '200', '500', '501', '9999', 'x');
const user = fc.constantFrom('1000', '1100', '1101', '1102', '5000', '5001', 'user@here.example', 'new@a.b', '9');
const query = fc.constantFrom(
  '',
  '',
  '?pageSize=1',
  '?page=2&pageSize=1',
  "?where=name='here'",
  '?where=((',
  '?permanent=true',
  '?includeInactive=true',
);
const path = fc.oneof(
  fc.tuple(query).map(([q]) => `/accounts${q}`),
  fc.tuple(account, query).map(([a, q]) => `/accounts/${a}${q}`),
  fc.tuple(account, query).map(([a, q]) => `/accounts/${a}/users${q}`),
  fc.tuple(account, user).map(([a, u]) => `/accounts/${a}/users/${u}`),
  query.map((q) => `/organizations/users${q}`),
  user.map((u) => `/organizations/users/${u}`),
  fc.constantFrom('/organizations/me', '/nowhere', '/accounts/%zz'),
);

const text = fc.oneof(
  fc.constantFrom('here', 'a', 'Ä€😀', '"\\', '__proto__', ' '),
  fc.string({ unit: anyCharacter, minLength: 1, maxLength: 6 }),
);
const email = fc.constantFrom('new@a.b', 'NEW@a.b', 'other@a.b', 'user@here.example', 'no-email');
const date = fc.constantFrom('2017-07-10', '2017-07-10T12:30:15.123+02:00', 1499644800123, '0000-01-01', 'x');
const roles = fc.constantFrom(
  [],
  [{ key: 'admin' }],
  [{ key: 'org-admin' }],
  [{ key: 'default-user' }],
  [{ key: 'x' }],
);
const body = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        firstName: text,
        lastName: text,
        email,
        password: text,
        externalId: fc.oneof(text, fc.integer({ min: 0, max: 3 })),
        name: text,
        description: fc.oneof(text, fc.constant('')),
        phone: fc.oneof(text, fc.constant('')),
        username: text,
        createdDate: date,
        roles,
        active: fc.boolean(),
      },
      { requiredKeys: ['firstName', 'lastName', 'email'] },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(null, [], {}, { externalId: null }, { active: false }, { active: true }) },
);

export const call: fc.Arbitrary<Call> = fc.record({
  // Mostly the administrator, who has the most privileges.
  caller: fc.oneof({ arbitrary: fc.constant('administrator@ten.example'), weight: 3 }, fc.constantFrom(...callers)),
  verb: fc.constantFrom('get', 'post', 'put', 'patch', 'delete'),
  path,
  body,
  password: fc.constantFrom('user-pw', 'admin-pw', 'a', 'wrong'),
});

/** All that a client sees of an answer; the connection is the server's own affair. */
export function lines({ status, text: sent, headers }: Response): string {
  const { connection, ...rest } = headers;
  return `${status} ${JSON.stringify(rest)} ${sent}`;
}

/** @param headers the `Authorization` values by caller, taken before any call. */
export async function make(emulator: Emulator, made: Call, headers: ReadonlyMap<string, string>): Promise<string> {
  const { caller, verb, path: at, body: sent, password } = made;
  const ask = connect(emulator, headers.get(caller) ?? 'User x, Organization y')
    .call(verb, at)
    .set('Elements-User-Password', password)
    .set('Content-Type', 'application/json');
  return lines(await (verb === 'get' || verb === 'delete' ? ask : ask.send(JSON.stringify(sent))));
}

export function headersOf(emulator: Emulator): ReadonlyMap<string, string> {
  const known = callers.filter((caller) => caller !== 'nobody');
  return new Map(known.map((caller) => [caller, emulator.authorizationFor(caller)]));
}
