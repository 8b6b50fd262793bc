import fc from 'fast-check';
import { keepDigits } from '../../src/text/lossless-json.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { expectRows } from '../support/rows.ts';
import { type Answer, ok, refused } from './answers.ts';

seedFastCheck();

const createWorld = reuseWorlds();

/** Whole numbers beyond 2^53, of which JSON.parse keeps only some digits. */

const json = { 'Content-Type': 'application/json' };

async function send(method: string, path: string, body: string, emulator = createWorld()): Promise<Answer> {
  const answer = await sendRaw(emulator, { method, path, headers: json, body });
  return { status: answer.status, body: answer.body };
}

const zeros = (count: number) => '0'.repeat(count);

const kept: readonly [written: string, kept: string][] = [
  ['12345678901234567890', '12345678901234567890'],
  ['9007199254740992', '9007199254740992'],
  ['9007199254740993', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['123456789012345678901234567890123456789', '123456789012345678901234567890123456789'],
  ['9'.repeat(400), '9'.repeat(400)],
  ['1e21', `1${zeros(21)}`],
  ['1E+23', `1${zeros(23)}`],
  ['1.2345678901234567891e30', `12345678901234567891${zeros(11)}`],
  ['123456789012345678900e-1', '12345678901234567890'],
  ['12345678901234567890.0', '12345678901234567890'],
  // These are exact as they are.
  ['9007199254740991', '9007199254740991'],
  ['5.0', '5'],
  ['1e3', '1000'],
  ['0.5', '0.5'],
];

describe.each([
  ['POST', '/accounts', {}],
  ['PATCH', '/accounts/110', {}],
  ['PUT', '/accounts/110', {}],
  ['POST', '/organizations/10/accounts', {}],
  ['PATCH', '/accounts/110/users/1101', {}],
  ['PUT', '/accounts/110/users/1101', {}],
  ['PATCH', '/users/1101', {}],
  ['PATCH', '/organizations/users/1101', {}],
])('%s %s', (method, path) => {
  const emulator = createWorld();
  const list = path.includes('users') ? '/users' : '/accounts';
  const find = async (value: string): Promise<{ id: number; externalId: string }[]> =>
    (await connect(emulator).get(`${list}?where=externalId=${encodeURIComponent(value)}`)).body;

  /** What is kept of an externalId, and found by it. */
  const keep = async (written: string, text: string) => {
    await emulator.reset();
    const body = `{"name":"1e400 \\" 12345678901234567890","externalId": ${written} }`;
    const answer = await send(method, path, body, emulator);
    const { id, externalId } = answer.body as { id: number; externalId: string };
    const found = [...(await find(`'${text}'`)), ...(/^\d{1,45}$/.test(text) ? await find(text) : [])];
    return { status: answer.status, externalId, found: found.map((each) => [each.id === id, each.externalId]) };
  };

  test('keeps the digits of an externalId, which finds it', async () => {
    await expectRows(
      kept.map(([written, text]) => {
        const found = Array.from({ length: /^\d{1,45}$/.test(text) ? 2 : 1 }, () => [true, text]);
        return [written, () => keep(written, text), { status: 200, externalId: text, found }];
      }),
    );
  });

  test.each(['1e400', '-1e999999999'])('refuses the externalId %s, which is infinite', async (written) => {
    const message = "Field 'externalId' must be a text that is not blank, or a number that is not infinite.";
    expect(await send(method, path, `{"externalId":${written}}`)).toEqual(refused(400, message));
  });
});

describe('elsewhere it is 400', () => {
  const long = '12345678901234567890';
  test.each([
    ['POST', '/accounts', `{"externalId":"x","name":${long}}`, 'name'],
    ['POST', '/accounts', `{"externalId":"x","description":${long}}`, 'description'],
    ['PATCH', '/accounts/110', `{"active":${long}}`, 'active'],
    ['PATCH', '/users/1101', `{"firstName":${long}}`, 'firstName'],
    ['PATCH', '/users/1101', `{"phone":${long}}`, 'phone'],
    ['PATCH', '/users/1101', `{"password":${long}}`, 'password'],
    ['PATCH', '/users/1101', `{"roles":${long}}`, 'roles'],
    ['PATCH', '/users/1101', `{"roles":[${long}]}`, 'roles[0]'],
    ['PATCH', '/users/1101', `{"roles":[{"key":${long}}]}`, 'roles[0].key'],
    ['PATCH', '/organizations/users/1101', `{"createdDate":${long}}`, 'createdDate'],
    ['PATCH', '/organizations/users/1101', '{"createdDate":9007199254740993}', 'createdDate'],
    ['PUT', '/organizations/me', `{"name":${long}}`, 'name'],
    ['PUT', '/organizations/roles', `[{"id":${long},"privileges":[]}]`, '[0].id'],
    ['PUT', '/organizations/password-policies', `{"expirationDays":${long}}`, 'expirationDays'],
    ['PUT', '/organizations/password-policies', '{"expirationDays":9007199254740992}', 'expirationDays'],
    ['PUT', '/organizations/password-policies', '{"expirationDays":1e20}', 'expirationDays'],
    ['PUT', '/organizations/password-policies', `{"minLength":${long}}`, 'minLength'],
    ['POST', '/authentication', `{"username":${long},"password":"x"}`, 'username'],
  ])('%s %s %s', async (method, path, body, field) => {
    const answer = await send(method, path, body);
    expect(answer).toEqual(refused(400, expect.stringContaining(`Field '${field}' must be `)));
  });

  test('an unknown field is ignored, whatever its value', async () => {
    const answer = await send('PATCH', '/accounts/110', `{"id":${long},"more":{"deep":[${long}]},"name":"New"}`);
    expect(answer).toEqual(ok(expect.objectContaining({ id: 110, name: 'New' })));
  });
});

test('the journal has the digits as a text, wherever they stand', async () => {
  const emulator = createWorld();
  await send(
    'POST',
    '/accounts',
    '{"externalId":12345678901234567890,"more":[1e22,{"x":-9007199254740993}]}',
    emulator,
  );
  expect(emulator.requests.last()?.body).toEqual({
    externalId: '12345678901234567890',
    more: [`1${zeros(22)}`, { x: '-9007199254740993' }],
  });
  const told = await sendRaw(emulator, { base: '', path: '/__emulator/requests' });
  expect(told.text).toContain('"externalId":"12345678901234567890"');
});

describe('keepDigits', () => {
  const keep = (text: string) => keepDigits(JSON.parse(text), text);

  test('finds no number in a text, and loses no property', () => {
    const text = String.raw`{"a":"12345678901234567890","b\"12345678901234567890":12345678901234567890,"__proto__":{"x":1},"\\":[]}`;
    const kept = keep(text) as object;
    expect(Object.entries(kept)).toEqual([
      ['a', '12345678901234567890'],
      ['b"12345678901234567890', 12345678901234567890n],
      ['__proto__', { x: 1 }],
      ['\\', []],
    ]);
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
  });

  test('the last one counts of a property that is given twice', () => {
    expect(keep('{"a":12345678901234567890,"a":1}')).toEqual({ a: 1 });
    expect(keep('{"a":1,"a":12345678901234567890}')).toEqual({ a: 12345678901234567890n });
  });

  test('gives back any JSON with any whole numbers in it', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.string({ unit: 'grapheme' }),
        fc.bigInt({ min: 10n ** 15n, max: 10n ** 20n }).map(String),
        fc.constantFrom(true, false, null, 'a"1234567890123456789', '\\'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    const write = (value: unknown): string => {
      if (typeof value === 'bigint') return String(value);
      if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
      if (typeof value !== 'object' || value === null) return JSON.stringify(value);
      return `{${Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${write(item)}`)}}`;
    };
    const exact = (value: unknown): unknown => {
      if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
      if (Array.isArray(value)) return value.map(exact);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, exact(item)]));
    };
    fc.assert(fc.property(tree, (value) => expect(keep(write(value))).toEqual(exact(value))));
  });
});
