import { gzipSync } from 'node:zlib';
import { operations } from '../../src/platform/operations.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { expectRows } from '../support/rows.ts';
import { someOf } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';
import { empty, ok, refused, seen } from './answers.ts';
import { type Sample, withBody, withoutBody } from './samples.ts';

const json = { 'Content-Type': 'application/json' };

// A refused request changes nothing, and the others are undone.
const emulator = createWorld();

const send = async ({ verb, path }: Sample, body: string | Buffer | undefined, more: Partial<RawRequest> = {}) => {
  const request = { method: verb.toUpperCase(), path, headers: json, ...(body === undefined ? {} : { body }), ...more };
  const answer = await sendRaw(emulator, request);
  if (answer.status === 200) await emulator.reset();
  return { status: answer.status, body: answer.body };
};

/** The required fields, by operation; the other operations have none. */
const required: Record<string, readonly string[]> = {
  createAccount: ['externalId'],
  createOrganizationAccount: ['externalId'],
  createAccountUser: ['firstName', 'lastName', 'email', 'password'],
  createOrganizationUser: ['firstName', 'lastName', 'email'],
  updateOrganization: ['name'],
  updateOrganizationRole: ['privileges'],
  authenticate: ['username', 'password'],
  changePassword: ['password'],
};

const missing = (names: readonly string[]) =>
  refused(400, `Missing required field${names.length > 1 ? 's' : ''}: ${names.join(', ')}.`);

/** A part of every answer of these operations. */
const answered = ({ operationId }: Sample): unknown =>
  expect.objectContaining({ [operationId === 'updatePasswordPolicy' ? 'minLength' : 'id']: expect.any(Number) });

/** The answer of an operation to a body without fields. */
const emptyAnswer = (sample: Sample) => {
  const names = required[sample.operationId];
  return names === undefined ? ok(answered(sample)) : missing(names);
};

test.each(Object.keys(required))('%s is an operation', (operationId) => {
  expect(operations.map((operation) => operation.operationId)).toContain(operationId);
});

describe.each(withBody)('$operationId', (sample) => {
  const { operationId, operation } = sample;
  const good: Record<string, unknown> = { ...sample.body };
  /** In npm test, each operation is asked other rows. */
  const at = withBody.indexOf(sample);
  const refuse = (body: unknown, more: Partial<RawRequest> = {}) =>
    send(sample, typeof body === 'string' ? body : JSON.stringify(body), more);

  test('a body without fields is answered as one', async () => {
    const rows: [name: string, body: string | undefined, more: Partial<RawRequest>][] = [
      ['no body at all', undefined, {}],
      ['an empty body', '', {}],
      ['an empty body of unknown length', '', { chunked: true }],
      ['an empty body without Content-Type', '', { headers: {} }],
      ['a literal null', 'null', {}],
      ['an empty object', '{}', {}],
    ];
    // The platform takes no null in a policy: test/platform/password-policies/password-policies.test.ts.
    if (operationId !== 'updatePasswordPolicy') rows.push(['every field null', JSON.stringify(nulls(sample)), {}]);
    const answer = emptyAnswer(sample);
    await expectRows(rows.map(([name, body, more]) => [name, () => send(sample, body, more), answer]));
  });

  test('a required field that is absent, null or blank is named as missing', async () => {
    const names = required[operationId] ?? [];
    const values = [undefined, null, '', ' \t'];
    await expectRows(
      names.flatMap((name) =>
        values.map((value) => [
          `${name}: ${JSON.stringify(value)}`,
          () => refuse({ ...good, [name]: value }),
          missing([name]),
        ]),
      ),
    );
    expect(operation.body?.schema.required ?? []).toEqual(names);
  });

  test('a field of a wrong kind is named', async () => {
    const fields = Object.keys(operation.body?.schema.properties ?? {});
    await expectRows(
      fields.flatMap((field, index) => {
        const message = new RegExp(`^Field '${field}(\\[0\\](\\.key)?)?' must be [^.]+\\.$`);
        return someOf(wrongValues(field), index + at).map((value) => [
          `${field}: ${JSON.stringify(value)}`,
          () => refuse({ ...good, [field]: value }),
          refused(400, expect.stringMatching(message)),
        ]);
      }),
    );
  });

  test('a body that is not an object is 400', async () => {
    const bodies = { 'a list': '[{"name":"x"}]', 'a text': '"name"', 'a number': '5', true: 'true', false: 'false' };
    await expectRows(
      someOf(Object.entries(bodies), at).map(([what, body]) => [
        what,
        () => refuse(body),
        refused(400, `The body must be a JSON object, not ${what}.`),
      ]),
    );
  });

  test('a body that is not JSON is 400, and the answer does not repeat it', async () => {
    const bodies = {
      'cut off': '{"password": "hunter2"',
      'with a stray word': '{"password": hunter2}',
      'with a comma too many': '{"password": "hunter2",}',
      'with single quotes': "{'password': 'hunter2'}",
      'of two documents': '{"password": "hunter2"} {}',
      'that is a form': 'password=hunter2',
    };
    // The whole message: nothing of the body is in it.
    const message = expect.stringMatching(/^The body is not valid JSON( at position \d+)?\.$/);
    const tried = someOf(Object.entries(bodies), at);
    await expectRows(tried.map(([name, body]) => [name, () => refuse(body), refused(400, message)]));
  });

  test('a Content-Type that is not JSON is 415', async () => {
    const rows: [type: string | undefined, words: string][] = [
      ['text/plain', "not 'text/plain'"],
      ['application/x-www-form-urlencoded', "not 'application/x-www-form-urlencoded'"],
      [';;', "not ';;'"],
      [undefined, 'without a Content-Type'],
    ];
    await expectRows(
      someOf(rows, at).map(([type, words]) => [
        String(type),
        () => refuse(good, { headers: type === undefined ? {} : { 'Content-Type': type } }),
        refused(415, expect.stringContaining(words)),
      ]),
    );
  });

  test('a Content-Type of JSON is read', async () => {
    const types = ['application/json', 'Application/JSON; charset=UTF-8', 'application/vnd.elements.v2+json'];
    await expectRows(
      types.map((type) => [
        type,
        () => send(sample, JSON.stringify(good), { headers: { 'Content-Type': type } }),
        ok(answered(sample)),
      ]),
    );
  });

  test('unknown fields are ignored, also those that mean something in JavaScript', async () => {
    const extra = `"__proto__":{"active":false,"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":5,"nope":[]`;
    const clean = await send(sample, JSON.stringify(good));
    expect(await send(sample, JSON.stringify(good).replace('{', `{${extra},`))).toEqual({
      status: 200,
      body: { ...(clean.body as object) },
    });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a required field is not found on the prototype', async () => {
    expect(
      await send(sample, JSON.stringify({ good: 1 }).replace('good', '__proto__').replace('1', JSON.stringify(good))),
    ).toEqual(emptyAnswer(sample));
  });
});

describe.each(withoutBody)('$operationId', (sample) => {
  test('ignores a body', async () => {
    const rows: [name: string, body: string, headers: Record<string, string>][] = [
      ['JSON', '{"a":1}', json],
      ['a literal null', 'null', json],
      ['no JSON', '{', json],
      ['a text without Content-Type', 'hello', {}],
    ];
    const plain = await send(sample, undefined, { headers: {} });
    await expectRows(
      rows.map(([name, body, headers]) => [name, () => send(sample, body, { headers }), ok(plain.body)]),
    );
    // A DELETE of a role or a policy answers what is left.
    if (/^delete.*(User|Account)$/.test(sample.operationId)) expect(plain).toEqual(empty);
  });
});

describe('size and encoding', () => {
  const rename = (body: string | Buffer, headers: Record<string, string> = json, chunked = false) =>
    sendRaw(createWorld(), { method: 'PUT', path: '/organizations/me', body, headers, chunked });
  const ofSize = (bytes: number) => `{"name":"${'x'.repeat(bytes - '{"name":""}'.length)}"}`;
  const limit = 1024 * 1024;
  const tooLarge = refused(413, 'The body is larger than 1048576 bytes.');

  test('a body of 1 MB is read, one byte more is 413', async () => {
    expect(await rename(ofSize(limit))).toMatchObject(ok({ id: 10, name: expect.stringMatching(/^x{1048565}$/) }));
    expect(await rename(ofSize(limit + 1))).toMatchObject(tooLarge);
  });

  test('the size counts without a Content-Length, and unpacked', async () => {
    expect(await rename(ofSize(limit + 1), json, true)).toMatchObject(tooLarge);
    expect(await rename(gzipSync(ofSize(limit + 1)), { ...json, 'Content-Encoding': 'gzip' })).toMatchObject(tooLarge);
  });

  test('a packed body is read', async () => {
    const body = gzipSync('{"name":"Packed"}');
    expect(await rename(body, { ...json, 'Content-Encoding': 'gzip' })).toMatchObject(ok({ name: 'Packed' }));
  });

  test('a body that is not packed as it says is 400', async () => {
    expect(await rename('{"name":"x"}', { ...json, 'Content-Encoding': 'gzip' })).toMatchObject(
      refused(400, 'The body could not be read to its end.'),
    );
  });

  test('text beyond ASCII comes through', async () => {
    expect(await rename('{"name":"Zoë ’ 東京 😀"}')).toMatchObject(ok({ name: 'Zoë ’ 東京 😀' }));
  });

  test('a byte order mark is ignored', async () => {
    expect(await rename('\ufeff{"name":"Marked"}')).toMatchObject(ok({ name: 'Marked' }));
  });

  test.each([
    [
      'Content-Encoding: compress',
      { ...json, 'Content-Encoding': 'compress' },
      'The Content-Encoding of the body is not supported.',
    ],
    [
      'charset=iso-8859-1',
      { 'Content-Type': 'application/json; charset=iso-8859-1' },
      'The charset of the body is not supported, only UTF-8 is.',
    ],
    [
      'charset=utf-16',
      { 'Content-Type': 'application/json; charset="UTF-16"' },
      'The charset of the body is not supported, only UTF-8 is.',
    ],
    [
      'charset = utf-7',
      { 'Content-Type': 'application/json; charset = utf-7' },
      'The charset of the body is not supported, only UTF-8 is.',
    ],
    [
      'charset=utf-99',
      { 'Content-Type': 'application/json; charset=utf-99' },
      'The charset of the body is not supported, only UTF-8 is.',
    ],
  ])('%s is 415', async (_name, headers, message) => {
    expect(await rename('{"name":"x"}', headers)).toMatchObject(refused(415, message));
  });
});

test('a body that is refused leaves the connection and the emulator working', async () => {
  const emulator = createWorld();
  const client = connect(emulator);
  expect(seen(await client.call('post', '/accounts').set(json).send('{'))).toEqual(refused(400, expect.any(String)));
  expect(seen(await client.post('/accounts', { externalId: 'fine' }))).toEqual(
    ok(expect.objectContaining({ id: 500 })),
  );
});

function nulls({ operation }: Sample): Record<string, null> {
  return Object.fromEntries(Object.keys(operation.body?.schema.properties ?? {}).map((name) => [name, null]));
}

/** The kinds of JSON values that a field takes; only `text` for a field that is not here. */
function wrongValues(field: string): unknown[] {
  const kinds: Record<string, readonly string[]> = {
    externalId: ['text', 'number'],
    createdDate: ['text', 'number'],
    active: ['boolean'],
    roles: ['list'],
    privileges: ['list'],
    minLength: ['number'],
    minUppercase: ['number'],
    minLowercase: ['number'],
    minNumbers: ['number'],
    minSymbols: ['number'],
    previousPasswordCount: ['number'],
    expirationDays: ['number'],
  };
  const values: [string, unknown][] = [
    ['text', 'true'],
    ['number', 1],
    ['number', 0],
    ['boolean', true],
    ['boolean', false],
    ['list', []],
    ['list', ['x']],
    ['object', {}],
    ['object', { key: 'admin' }],
  ];
  const others = values.filter(([kind]) => !(kinds[field] ?? ['text']).includes(kind)).map(([, value]) => value);
  return field === 'roles' || field === 'privileges'
    ? [...others, ['admin'], [5], [[]], [{}], [{ key: 5 }], [{ key: null }], [{ key: ' ' }], [null]]
    : others;
}
