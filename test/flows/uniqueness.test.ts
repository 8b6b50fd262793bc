import { createEmulator, type Emulator, type Fixture } from '../../src/index.ts';
import { sendRaw } from '../http/raw.ts';
import { connect, envelope, unauthorized } from '../support/client.ts';
import { someOf } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';

/** When a value that is taken shows: after every other check, whoever has it. */

const values = {
  email: {
    free: 'nobody@nowhere.example',
    own: 'user-2@here.example',
    'own, of an inactive user': 'inactive@ten.example',
    'own, in other letters': 'PLAIN@ten.example',
    foreign: 'administrator@twenty.example',
  },
  username: { free: 'nobody', own: 'ours', foreign: 'theirs' },
  externalId: { free: 'nothing', own: 'there', foreign: 'twenty-default' },
} as const;

type Field = keyof typeof values;

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The id of who calls; `undefined` for nobody. */
  readonly as: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** A world in which every value above but the free ones is somebody's; made once, then begun from. */
let taken: Fixture;
beforeAll(async () => {
  const emulator = createWorld();
  const ours = connect(emulator);
  const theirs = connect(emulator, emulator.authorizationFor(2000));
  const body = { firstName: 'Some', lastName: 'Body' };
  await ours.post('/accounts/110/users', { ...body, email: values.email.own, password: 'pw' });
  await ours.post('/organizations/users', { ...body, email: 'one@ten.example', username: values.username.own });
  await theirs.post('/organizations/users', {
    ...body,
    email: 'one@twenty.example',
    username: values.username.foreign,
  });
  // From here on a password can be too weak.
  await ours.put('/organizations/password-policies', { minLength: 8 });
  taken = emulator.snapshot();
});

function createTaken(): Emulator {
  return createEmulator({ fixture: taken, seed: 'world' });
}

const user = { firstName: 'First', lastName: 'Last', password: 'long enough' };
const newUser = { ...user, email: 'new@ten.example' };
const userRoles = { key: 'roles', of: (key: string) => [{ key }] } as const;

const operations: [name: string, field: Field, method: string, path: string, body: Record<string, unknown>][] = [
  ['createAccountUser', 'email', 'POST', '/accounts/110/users', newUser],
  ['updateAccountUser', 'email', 'PATCH', '/accounts/110/users/1101', user],
  ['replaceAccountUser', 'email', 'PUT', '/accounts/110/users/1101', user],
  ['updateUser', 'email', 'PATCH', '/users/1101', user],
  ['createOrganizationUser', 'email', 'POST', '/organizations/users', newUser],
  ['createOrganizationUser', 'username', 'POST', '/organizations/users', newUser],
  ['updateOrganizationUser', 'email', 'PATCH', '/organizations/users/1101', user],
  ['createAccount', 'externalId', 'POST', '/accounts', { name: 'New' }],
  ['createOrganizationAccount', 'externalId', 'POST', '/organizations/10/accounts', { name: 'New' }],
  ['updateAccount', 'externalId', 'PATCH', '/accounts/110', { name: 'New' }],
  ['replaceAccount', 'externalId', 'PUT', '/accounts/110', { name: 'New' }],
];

const hasId = ({ path }: Call) => /\d/.test(path);
const isOfUsers = ({ path }: Call) => path.includes('users');
const inAccount = ({ path }: Call) => path.startsWith('/accounts/');
const body = (fields: object) => (call: Call) => ({ ...call, body: { ...call.body, ...fields } });

/** What is wrong with a call besides, and what it is refused with, however the value. */
const faults: [name: string, status: number, change: (call: Call) => Call, where: (call: Call) => boolean][] = [
  ['nobody calls', 401, (call) => ({ ...call, as: undefined }), () => true],
  ['a plain user of the default account calls', 401, (call) => ({ ...call, as: 1001 }), () => true],
  ['a plain user of the account calls', 401, (call) => ({ ...call, as: 1101 }), () => true],
  ['an inactive administrator calls', 401, (call) => ({ ...call, as: 1002 }), () => true],
  [
    "another account's administrator calls",
    401,
    (call) => ({ ...call, as: 1200 }),
    ({ path }) => !path.startsWith('/users'),
  ],
  [
    "another account's administrator calls",
    404,
    (call) => ({ ...call, as: 1200 }),
    ({ path }) => path.startsWith('/users'),
  ],
  ['another organization calls', 404, (call) => ({ ...call, as: 2000 }), hasId],
  ['only HTML is accepted', 406, (call) => ({ ...call, headers: { Accept: 'text/html' } }), () => true],
  ['the body is said to be text', 415, (call) => ({ ...call, headers: { 'Content-Type': 'text/plain' } }), () => true],
  ['the body is too large', 413, body({ more: 'x'.repeat(1024 * 1024) }), () => true],
  ['the id is none', 400, (call) => ({ ...call, path: call.path.replace(/\d+/g, 'x') }), hasId],
  [
    'a parameter is none',
    400,
    (call) => ({ ...call, path: `${call.path}?permanent=x` }),
    ({ path, method }) => path === '/accounts/110' && method !== 'POST',
  ],
  ['a field is of another kind', 400, body({ name: 5, firstName: 5 }), () => true],
  [
    'a required field is missing',
    400,
    body({ firstName: null }),
    ({ path, method }) => method === 'POST' && path.includes('users'),
  ],
  ['the id is unknown', 404, (call) => ({ ...call, path: call.path.replace(/\d+/g, '999') }), hasId],
  ["the id is another organization's", 404, (call) => ({ ...call, path: foreign(call.path) }), hasId],
  ['the password is weak', 400, body({ password: 'short' }), isOfUsers],
  ['the password is weak and has a name in it', 400, body({ password: 'first' }), isOfUsers],
  ['a role is unknown', 400, body({ roles: userRoles.of('boss') }), isOfUsers],
  ['a role is above the caller', 403, body({ roles: userRoles.of('sys-admin') }), isOfUsers],
  [
    'a role is above the account administrator',
    403,
    (call) => ({ ...body({ roles: userRoles.of('org-admin') })(call), as: 1100 }),
    (call) => isOfUsers(call) && (inAccount(call) || call.path.startsWith('/users')),
  ],
  [
    'a role is for the default account',
    400,
    body({ roles: userRoles.of('org-admin') }),
    (call) => isOfUsers(call) && hasId(call),
  ],
  [
    'the account is inactive',
    409,
    (call) => ({ ...call, path: '/accounts/130/users' }),
    ({ path }) => path === '/accounts/110/users',
  ],
];

function foreign(path: string): string {
  return path.replace('/organizations/10', '/organizations/20').replace(/1101$/, '2000').replace('110', '200');
}

async function answerTo(
  emulator: Emulator,
  { method, path, body: sent, as, headers }: Call,
  field: Field,
  value: string,
) {
  const answer = await sendRaw(emulator, {
    method,
    path,
    headers: {
      Authorization: as === undefined ? '' : emulator.authorizationFor(as),
      'Content-Type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ ...sent, [field]: value }),
  });
  const { connection, ...others } = answer.headers;
  return { status: answer.status, text: answer.text, headers: others, body: answer.body };
}

/** All of an answer but for its request id, and the value that it may repeat. */
function withoutValue({ status, text, headers }: Awaited<ReturnType<typeof answerTo>>, value: string): unknown {
  const id = String(headers['elements-request-id']);
  const shown = text.replaceAll(id, '<id>').replaceAll(value, '<value>');
  // The length tells the value's own length alone, once the value is out of the text.
  const { 'elements-request-id': _id, 'content-length': length, ...others } = headers;
  const repeats = text.split(value).length - 1;
  return { status, shown, length: Number(length) - repeats * Buffer.byteLength(value), headers: others };
}

describe.each(operations.map((operation, at) => [...operation, at] as const))(
  '%s: %s',
  (_name, field, method, path, sent, at) => {
    const call: Call = { method, path, body: sent, as: 1000, headers: {} };
    const { free } = values[field];
    const others = Object.entries(values[field]).filter(([name]) => name !== 'free');
    // A refused call changes nothing, and the others are undone.
    let emulator: Emulator;
    beforeAll(() => {
      emulator = createTaken();
    });

    test('a free value is taken', async () => {
      expect((await answerTo(emulator, call, field, free)).status).toBe(200);
      await emulator.reset();
    });

    test.each(others)('without a fault a taken value shows: %s', async (whose, value) => {
      const { status, body: answered } = await answerTo(emulator, call, field, value);
      if (status === 200) await emulator.reset();
      if (field === 'externalId' && whose === 'foreign') {
        // It counts within one organization.
        expect({ status, answered }).toEqual({ status: 200, answered: expect.objectContaining({ externalId: value }) });
        return;
      }
      const text = { email: `Email '${value}'`, username: `Username '${value}'`, externalId: `externalId '${value}'` }[
        field
      ];
      expect({ status, answered }).toEqual({ status: 409, answered: envelope(expect.stringContaining(text)) });
    });

    test('what else is wrong is answered in the same way, whoever has the value', async () => {
      const before = JSON.stringify(emulator.snapshot().organizations);
      const applicable = faults.filter(([, , , where]) => where(call));
      for (const [fault, status, change] of someOf(applicable, at)) {
        const changed = change(call);
        const expected = await answerTo(emulator, changed, field, free);
        expect({ fault, status: expected.status, body: expected.body }).toEqual({
          ...{ fault, status },
          body: status === 401 ? unauthorized : envelope(expect.any(String)),
        });
        for (const [whose, value] of others) {
          const answer = withoutValue(await answerTo(emulator, changed, field, value), value);
          expect({ fault, whose, answer }).toEqual({ fault, whose, answer: withoutValue(expected, free) });
        }
      }
      expect(JSON.stringify(emulator.snapshot().organizations)).toBe(before);
    });
  },
);

test('whether the own organization or another one has a value, the refusal is the same to the byte', async () => {
  const emulator = createTaken();
  for (const [name, field, method, path, sent] of operations) {
    if (field === 'externalId') continue;
    const call: Call = { method, path, body: sent, as: 1000, headers: {} };
    const [own, others] = await Promise.all(
      [values[field].own, values[field].foreign].map(async (value) =>
        withoutValue(await answerTo(emulator, call, field, value), value),
      ),
    );
    expect({ name, answer: others }).toEqual({ name, answer: own });
  }
});

test('a reactivation collides after the checks before it, and with accounts of the own organization alone', async () => {
  const emulator = createWorld();
  const ours = connect(emulator);
  const theirs = connect(emulator, emulator.authorizationFor(2000));
  // Account 130 is inactive and its externalId `gone`.
  await theirs.post('/accounts', { externalId: 'gone' });
  expect((await ours.patch('/accounts/130', { active: true })).status).toBe(200);
  await ours.delete('/accounts/130');
  await ours.post('/accounts', { externalId: 'gone' });
  const rows: [number, ReturnType<typeof connect>, string][] = [
    [401, connect(emulator, emulator.authorizationFor(1100)), '/accounts/130'],
    [404, theirs, '/accounts/130'],
    [400, ours, '/accounts/130?permanent=x'],
    [409, ours, '/accounts/130'],
  ];
  for (const [status, client, path] of rows) {
    expect([path, (await client.patch(path, { active: true })).status]).toEqual([path, status]);
  }
});
