import { createEmulator, type Emulator, type Fixture } from '../../../src/index.ts';
import { requirePassword } from '../../../src/platform/users/passwords.ts';
import type { PasswordPolicy } from '../../../src/state/records.ts';
import { connect, type Verb } from '../../support/client.ts';
import { world } from '../../support/world.ts';
import { ok, refused, seen, unauthorized401 } from '../answers.ts';

const some = (fields: object) => expect.objectContaining(fields);

/** A policy without minimums that allows four symbols. */
const lax: PasswordPolicy = {
  minLength: 0,
  minUppercase: 0,
  minLowercase: 0,
  minNumbers: 0,
  minSymbols: 0,
  symbolCharacterSet: '!#]\\',
  previousPasswordCount: 0,
  expirationDays: 100000,
};
const anybody = { firstName: 'Zoë', lastName: "O'Neil", email: 'Jo.Smith+1@company.example' };

/** The message that refuses a password; `''` for an accepted one. */
function fault(password: string, policy: Partial<PasswordPolicy>, owner: Partial<typeof anybody> = {}): string {
  try {
    requirePassword(password, { ...lax, ...policy }, { ...anybody, ...owner });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

describe('a minimum accepts as many characters and refuses one fewer', () => {
  test.each<[Partial<PasswordPolicy>, enough: string, short: string, found: RegExp]>([
    [{ minLength: 8 }, '12345678', '1234567', /at least 8 characters/],
    [{ minLength: 100 }, 'x'.repeat(100), 'x'.repeat(99), /at least 100 characters/],
    // A character is a code point, not half of a surrogate pair.
    [{ minLength: 8 }, '𝐀'.repeat(8), '𝐀'.repeat(7), /at least 8 characters/],
    [{ minNumbers: 1 }, 'aB!1', 'aB!x', /at least 1 numeric/],
    [{ minNumbers: 10 }, '0123456789', '123456789x', /at least 10 numeric/],
    [{ minUppercase: 1 }, 'a1!B', 'a1!b', /at least 1 uppercase/],
    [{ minUppercase: 10 }, 'ABCDEFGHIJ', 'ABCDEFGHIj', /at least 10 uppercase/],
    [{ minUppercase: 1 }, 'é1!É', 'é1!é', /at least 1 uppercase/],
    [{ minLowercase: 1 }, 'A1!b', 'A1!B', /at least 1 lowercase/],
    [{ minLowercase: 10 }, 'abcdefghij', 'abcdefghiJ', /at least 10 lowercase/],
    [{ minLowercase: 1 }, 'É1!é', 'É1!É', /at least 1 lowercase/],
    [{ minSymbols: 1 }, 'aB1!', 'aB1', /at least 1 special character/],
    [{ minSymbols: 10 }, '!#]\\!#]\\!#', 'x!#]\\!#]\\!', /at least 10 special character/],
    // Letters and digits are not symbols, even in the set.
    [{ minSymbols: 1, symbolCharacterSet: 'aB1!' }, 'aB1!', 'aB1', /at least 1 special character/],
    [{ minSymbols: 1, symbolCharacterSet: '€' }, 'aB1€', 'aB1', /at least 1 special character/],
  ])('%j: %s', (policy, enough, short, found) => {
    expect(fault(enough, policy)).toBe('');
    expect(fault(short, policy)).toMatch(found);
    // Nothing else is wrong with it.
    expect(fault(short, policy).match(/at least|contain|none of/g)).toEqual(['at least']);
    expect(fault(short, lax)).toBe('');
  });

  test('the message lists everything that is missing', () => {
    const policy = { minLength: 8, minNumbers: 1, minUppercase: 2, minLowercase: 3, minSymbols: 1 };
    const message = fault('é', policy);
    for (const fragment of ['at least 8 characters', 'numeric', 'uppercase', 'lowercase', 'special character']) {
      expect(message).toContain(fragment);
    }
    expect(fault('Abcdé1!X', policy)).toBe('');
  });
});

describe('a password can have only the symbols of the set', () => {
  test.each(['a!b', 'a#b', 'a]b', 'a\\b', '!#]\\', 'ab1', 'éß東京'])('%j is accepted', (password) => {
    expect(fault(password, {})).toBe('');
  });

  test.each(['a?b', 'a b', 'a^b', 'a-b', 'a$b', 'a.b', 'a€b', 'a😀b', 'a\tb', 'a\0b'])('%j is refused', (password) => {
    expect(fault(password, {})).toMatch(/^The password must not contain a special character/);
    // A refused symbol does not count as one of the set.
    expect(fault(password, { minSymbols: 1 })).toMatch(/at least 1 special character.*not contain a special character/);
    expect(fault(`${password}!`, { minSymbols: 1 })).toMatch(/^The password must not contain a special character/);
    expect(fault(password, { symbolCharacterSet: '?^-$ .€😀\t\0' })).toBe('');
  });

  test('an empty set allows no symbol', () => {
    expect(fault('abc1', { symbolCharacterSet: '' })).toBe('');
    expect(fault('abc!', { symbolCharacterSet: '' })).toMatch(/special character/);
  });
});

describe('names in a password', () => {
  const all = { symbolCharacterSet: "!.+'@-" };
  test.each<[string, string[]]>([
    ['zoë', ['first name']],
    ['1ZOË2', ['first name']],
    ["xo'neily", ['last name']],
    ["O'NEIL", ['last name']],
    ['jo.smith+1', ['username']],
    ['aJO.SMITH+1b', ['username']],
    ["ZoëO'NeilJo.Smith+1", ['first name', 'last name', 'username']],
    // Neither parts of a name, nor the part of the email after the @.
    ['Zo', []],
    ['Neil', []],
    ['Jo.Smith', []],
    ['company.example', []],
    ['zoe', []],
  ])('%s has %j', (password, names) => {
    expect(fault(password, all).match(/first name|last name|username/g) ?? []).toEqual(names);
    expect(fault(password, all) === '').toBe(names.length === 0);
  });

  test.each([
    ['names of one character are allowed', { firstName: 'a', lastName: 'b', email: 'c@d.example' }, 'abc1', 0],
    ['names of two characters are allowed', { firstName: 'Al', lastName: 'Bo', email: 'cy@d.example' }, 'alBOcy', 0],
    [
      'names of three characters are found',
      { firstName: 'Ali', lastName: 'Bob', email: 'cyd@d.example' },
      'ALIbobCyd',
      3,
    ],
    [
      'names of two characters in four code units are allowed',
      { firstName: '𝐀𝐁', lastName: '𝐂𝐃', email: '𝐄𝐅@d.example' },
      '𝐀𝐁𝐂𝐃𝐄𝐅',
      0,
    ],
    [
      'names beyond ASCII are found in any case of letters',
      { firstName: 'ΟΔΥΣΣΕΥΣ', lastName: 'Ärger', email: 'ÉVA@d.example' },
      'οδυσσευςäRGERéva',
      3,
    ],
  ])('%s', (_what, owner, password, count) => {
    expect(fault(password, all, owner).match(/first name|last name|username/g) ?? []).toHaveLength(count);
  });
});

/** The fixture of the tests with the default policy, which its passwords do not fit. */
const strictWorld: Fixture = {
  ...world,
  organizations: world.organizations.map((organization) => ({ ...organization, passwordPolicy: {} })),
};
const createStrict = (onRequest?: (request: unknown) => void) =>
  createEmulator({ fixture: strictWorld, now: '2020-03-01', seed: 'strict', onRequest });
const logIn = async (emulator: Emulator, username: string, password: string) =>
  seen(await connect(emulator).post('/authentication', { username, password }));

test('the policy does not apply to the passwords of a fixture', async () => {
  expect(await logIn(createStrict(), 'user@here.example', 'user-pw')).toEqual(ok(some({ id: 1101 })));
});

const changes: [Verb, string, number][] = [
  ['patch', '/accounts/110/users/1101', 1100],
  ['put', '/accounts/110/users/1101', 1000],
  ['patch', '/organizations/users/1101', 1000],
  ['patch', '/users/1101', 1100],
  ['post', '/authentication/passwords', 1101],
];
const newcomer = { firstName: 'Uma', lastName: 'Ustinov', email: 'user@new.example' };
const creates: [Verb, string, number][] = [
  ['post', '/accounts/110/users', 1100],
  ['post', '/organizations/users', 1000],
];

describe.each([...changes, ...creates])('%s %s by user %i', (verb, path, caller) => {
  const isCreate = creates.some(([, collection]) => collection === path);
  const send = async (emulator: Emulator, body: object) =>
    connect(emulator, emulator.authorizationFor(caller))
      .call(verb, path)
      .send(isCreate ? { ...newcomer, ...body } : body);
  const email = isCreate ? newcomer.email : 'user@here.example';
  const refusing = createStrict();

  test.each([
    ['Aa1!xyz', /^The password must have at least 8 characters\.$/],
    ['Aaa!xyzz', /^The password must have at least 1 numeric character\.$/],
    ['aa1!xyzz', /^The password must have at least 1 uppercase letter\.$/],
    ['AA1!XYZZ', /^The password must have at least 1 lowercase letter\.$/],
    ['Aa1xxyzz', /^The password must have at least 1 special character\.$/],
    ['Aa1! xyzz', /^The password must not contain a special character that is none of /],
    ['Xy1!-UMA', /^The password must not contain the first name\.$/],
    [isCreate ? 'Xy1!uSTINOV' : 'Xy1!uSER', /^The password must not contain the last name( or the username)?\.$/],
    ['Xy1!-usER', /^The password must not contain (the last name or )?the username\.$/],
    ['x', /^The password must have at least 8 characters, .* and at least 1 special character\.$/],
  ])('%s answers 400 and changes nothing', async (password, message) => {
    const before = refusing.snapshot();
    const response = await send(refusing, { password, phone: '1', firstName: 'Uma' });
    expect(seen(response)).toEqual(refused(400, expect.stringMatching(message)));
    const request = Number(before.sequences?.request) + 1;
    expect(refusing.snapshot()).toEqual({ ...before, sequences: { ...before.sequences, request } });
    if (password.length > 1) expect(response.text + JSON.stringify(refusing.requests.last())).not.toContain(password);
    expect(refusing.requests.last()).toMatchObject({ status: 400, body: { password: '[redacted]' } });
  });

  test('a password that just meets the policy is accepted, and no answer has it', async () => {
    const told: unknown[] = [];
    const emulator = createStrict((request) => told.push(request));
    const response = await send(emulator, { password: 'Aa1!xyzz' });
    expect(response.status).toBe(200);
    expect(await logIn(emulator, email, 'Aa1!xyzz')).toEqual(ok(some({ firstName: 'Uma' })));
    expect(response.text + JSON.stringify([...emulator.requests, told])).not.toContain('Aa1!xyzz');
  });
});

test('a password cannot have the names that the same request sets', async () => {
  const emulator = createStrict();
  const change = async (body: object) => seen(await connect(emulator).patch('/users/1101', body));
  const names = { firstName: 'Wilma', lastName: 'Flint', email: 'wif@here.example' };
  expect(await change({ ...names, password: 'Aa1!wilmaFLINTwif' })).toEqual(
    refused(400, 'The password must not contain the first name, the last name or the username.'),
  );
  expect(await change({ ...names, password: 'Aa1!UmaUser' })).toEqual(ok(some({ firstName: 'Wilma' })));
});

test.each(changes.slice(0, 4))('%s %s: "secured" is not a password', async (verb, path, caller) => {
  const emulator = createStrict();
  const client = connect(emulator, emulator.authorizationFor(caller));
  await connect(emulator).put('/organizations/password-policies', { previousPasswordCount: 9 });
  expect(seen(await client.call(verb, path).send({ password: 'secured' }))).toEqual(ok(some({ id: 1101 })));
  expect(await logIn(emulator, 'user@here.example', 'user-pw')).toEqual(ok(some({ id: 1101 })));
  expect(await logIn(emulator, 'user@here.example', 'secured')).toEqual(unauthorized401);
});

test('the organization of the documents accepts `password`, and one with the default policy refuses it', async () => {
  const documents = connect(createEmulator());
  const body = { ...newcomer, password: 'password' };
  const answers = [
    await documents.post('/organizations/users', body),
    await documents.post('/accounts/4022/users', { ...body, email: 'other@new.example' }),
    await documents.patch('/users/412', { password: 'password' }),
    await documents.patch('/organizations/users/412', { password: 'password' }),
    await documents.post('/authentication/passwords', { password: 'password' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect((await connect(createEmulator({ fixture: 'minimal' })).post('/organizations/users', body)).status).toBe(400);
});
