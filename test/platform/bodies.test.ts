import { gzipSync } from 'node:zlib';
import { operations } from '../../src/platform/operations.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { createWorld } from '../support/world.ts';
import { empty, ok, refused, seen } from './answers.ts';
import { type Sample, withBody, withoutBody } from './samples.ts';

const json = { 'Content-Type': 'application/json' };

const send = async (
  { verb, path }: Sample,
  body: string | Buffer | undefined,
  more: Partial<RawRequest> = {},
  emulator = createWorld(),
) => {
  const answer = await sendRaw(emulator, {
    method: verb.toUpperCase(),
    path,
    headers: json,
    ...(body === undefined ? {} : { body }),
    ...more,
  });
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
  // A refused request changes nothing, so that one emulator is enough.
  const emulator = createWorld();
  const refuse = (body: unknown, more: Partial<RawRequest> = {}) =>
    send(sample, typeof body === 'string' ? body : JSON.stringify(body), more, emulator);

  test.each([
    ['no body at all', undefined, {}],
    ['an empty body', '', {}],
    ['an empty body of unknown length', '', { chunked: true }],
    ['an empty body without Content-Type', '', { headers: {} }],
    ['a literal null', 'null', {}],
    ['an empty object', '{}', {}],
  ])('%s has no field', async (_name, body, more) => {
    expect(await send(sample, body, more)).toEqual(emptyAnswer(sample));
  });

  // The platform takes no null in a policy: test/platform/password-policies/password-policies.test.ts.
  if (operationId !== 'updatePasswordPolicy') {
    test('every field null has no field', async () => {
      expect(await send(sample, JSON.stringify(nulls(sample)))).toEqual(emptyAnswer(sample));
    });
  }

  test.each(['absent', null, '', ' \t'])('a required field that is %j is missing, and is named', async (value) => {
    const names = required[operationId] ?? [];
    for (const name of names) {
      const { [name]: _removed, ...rest } = good;
      const body = value === 'absent' ? rest : { ...rest, [name]: value };
      expect([name, await refuse(body)]).toEqual([name, missing([name])]);
    }
    expect(operation.body?.schema.required ?? []).toEqual(names);
  });

  test.each(Object.keys(operation.body?.schema.properties ?? {}))('%s of a wrong kind is named', async (field) => {
    const message = expect.stringMatching(new RegExp(`^Field '${field}(\\[0\\](\\.key)?)?' must be [^.]+\\.$`));
    for (const value of wrongValues(field)) {
      const answer = await refuse({ ...good, [field]: value });
      expect([value, answer]).toEqual([value, refused(400, message)]);
    }
  });

  test.each([
    ['a list', '[{"name":"x"}]', 'The body must be a JSON object, not a list.'],
    ['a text', '"name"', 'The body must be a JSON object, not a text.'],
    ['a number', '5', 'The body must be a JSON object, not a number.'],
    ['true', 'true', 'The body must be a JSON object, not true.'],
    ['false', 'false', 'The body must be a JSON object, not false.'],
  ])('a body that is %s is 400', async (_name, body, message) => {
    expect(await refuse(body)).toEqual(refused(400, message));
  });

  test.each([
    ['cut off', '{"password": "hunter2"'],
    ['with a stray word', '{"password": hunter2}'],
    ['with a comma too many', '{"password": "hunter2",}'],
    ['with single quotes', "{'password': 'hunter2'}"],
    ['of two documents', '{"password": "hunter2"} {}'],
    ['that is a form', 'password=hunter2'],
  ])('JSON %s is 400 and not repeated', async (_name, body) => {
    const answer = await refuse(body);
    expect(answer).toEqual(refused(400, expect.stringMatching(/^The body is not valid JSON( at position \d+)?\.$/)));
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|password/);
  });

  test.each([
    ['text/plain', { 'Content-Type': 'text/plain' }, "not 'text/plain'"],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, "not 'application/x-www-form-urlencoded'"],
    ['garbage', { 'Content-Type': ';;' }, "not ';;'"],
    ['none', {}, 'without a Content-Type'],
  ])('Content-Type: %s is 415', async (_name, headers, words) => {
    expect(await refuse(good, { headers })).toEqual(refused(415, expect.stringContaining(words)));
  });

  test.each([['application/json'], ['Application/JSON; charset=UTF-8'], ['application/vnd.elements.v2+json']])(
    'Content-Type: %s is read',
    async (type) => {
      expect(await send(sample, JSON.stringify(good), { headers: { 'Content-Type': type } })).toMatchObject({
        status: 200,
        body: answered(sample),
      });
    },
  );

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
  test.each([
    ['JSON', '{"a":1}', json],
    ['a literal null', 'null', json],
    ['no JSON', '{', json],
    ['a text without Content-Type', 'hello', {}],
  ])('takes no body and ignores %s', async (_name, body, headers) => {
    const plain = await send(sample, undefined, { headers: {} });
    expect(await send(sample, body, { headers })).toEqual({ status: 200, body: plain.body });
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
