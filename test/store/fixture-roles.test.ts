import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator, type Fixture, FixtureError } from '../../src/index.ts';
import { idsOf, listOf, ok, seen, unauthorized401 } from '../api/answers.ts';
import { everything, others } from '../api/privileges.ts';
import { connect } from '../support/client.ts';

const folder = mkdtempSync(join(tmpdir(), 'roles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const some = (fields: object) => expect.objectContaining(fields);
const none = { minUppercase: 0, minLowercase: 0, minNumbers: 0, minSymbols: 0 };

const onePrivilege = { key: 'admin', privileges: ['viewUsersAccount'] };
const previousPasswords = ['older-pw', 'oldest-pw', 'forgotten-pw'];
const ann = { id: 1100, email: 'ann@ten.example', password: 'now-pw', previousPasswords };

/** Everything that roles, tokens and passwords before this one can be in a fixture. */
const fixture: Fixture = {
  now: '2020-03-01T10:20:30.000Z',
  organizations: [
    {
      id: 10,
      name: 'Ten',
      passwordPolicy: { ...none, minLength: 1, symbolCharacterSet: '-', previousPasswordCount: 3 },
      roles: [{ key: 'default-user', privileges: ['viewFormulas', 'viewFormulas', 'viewElements'] }, onePrivilege],
      accounts: [
        {
          id: 100,
          defaultAccount: true,
          roles: ['org-admin', 'org'],
          users: [{ id: 1000, email: 'boss@ten.example', password: 'pw-one', roles: [], tokens: ['boss-token'] }],
        },
        {
          id: 110,
          externalId: 'here',
          roles: ['admin', 'default-user', 'admin'],
          users: [
            { ...ann, tokens: ['first-token', 'second=/+token'], roles: ['org'] },
            { id: 1101, email: 'gone@ten.example', active: false, tokens: ['sleeping-token'] },
          ],
        },
      ],
    },
  ],
};
const start = () => createEmulator({ fixture, seed: 'fixture' });
const bearer = (emulator: Emulator, token: string) => connect(emulator, `Bearer ${token}`);
const boss = (emulator: Emulator) => bearer(emulator, 'boss-token');
const denied = { status: 401, ids: unauthorized401.body };

describe('what is written is used', () => {
  test.each(['first-token', 'second=/+token'])('the token %s is that of its user', async (token) => {
    const emulator = start();
    const { body } = await bearer(emulator, token).get('/authentication/secrets');
    expect(`User ${body.userSecret}, Organization ${body.organizationSecret}`).toBe(emulator.authorizationFor(1100));
  });

  test('tokens end as those of a login do, and an inactive user has none that counts', async () => {
    const emulator = start();
    expect(seen(await bearer(emulator, 'sleeping-token').get('/organizations/me'))).toEqual(unauthorized401);
    await bearer(emulator, 'first-token').post('/authentication/passwords', { password: 'next-pw' });
    for (const token of ['first-token', 'second=/+token']) {
      expect(seen(await bearer(emulator, token).get('/organizations/me'))).toEqual(unauthorized401);
    }
    expect(seen(await boss(emulator).get('/organizations/me'))).toEqual(ok(some({ id: 10 })));
  });

  test("the account's roles are those of its users", async () => {
    const emulator = start();
    expect(idsOf(await boss(emulator).get('/accounts'))).toEqual(listOf(100, 110));
    expect(idsOf(await boss(emulator).get('/accounts/110/roles'))).toEqual(listOf(3, 16339));
    expect(idsOf(await boss(emulator).get('/users/1000/roles'))).toEqual(listOf(930, 2717));
    expect(idsOf(await bearer(emulator, 'first-token').get('/users'))).toEqual(listOf(1100));
    expect(idsOf(await bearer(emulator, 'first-token').get('/accounts'))).toEqual(denied);
  });

  test("the organization's roles have the privileges written, the others the platform's", async () => {
    const { body } = await boss(start()).get('/organizations/roles');
    expect(body.map(({ privileges }: { privileges: object[] }) => privileges)).toEqual([
      [{ key: 'viewUsersAccount' }],
      everything.map((key) => ({ key })),
      others.map((key) => ({ key })),
      [{ key: 'viewFormulas' }, { key: 'viewElements' }],
    ]);
  });

  test.each(['now-pw', 'older-pw', 'oldest-pw', 'forgotten-pw'])(
    'the password %s was there before',
    async (password) => {
      const { status, text } = await bearer(start(), 'first-token').post('/authentication/passwords', { password });
      // Three count: the present one and the two before it.
      expect([status, text.includes('none of the last 3')]).toEqual(
        password === 'forgotten-pw' ? [200, false] : [400, true],
      );
      expect(text).not.toContain(password);
    },
  );
});

/** A fixture with these fields of its organisation, its second account, and the two users of that. */
function broken(organization: object, account: object = {}, one: object = {}, two: object = {}): unknown {
  const next = { email: 'b@b.c', secret: 'secret-of-b', ...two };
  const accounts = [
    { defaultAccount: true },
    { ...account, users: [{ email: 'a@b.c', secret: 'secret-of-a', ...one }, next] },
  ];
  const first = { name: 'A', secret: 'secret-of-org', ...organization, accounts };
  return { organizations: [first, { name: 'B', secret: 'secret-of-next' }] };
}

/** The error with which a fixture is refused. */
function refusal(written: unknown): FixtureError {
  try {
    // The whole point is that it may be anything.
    createEmulator({ fixture: written as Fixture });
  } catch (error) {
    if (error instanceof FixtureError) return error;
    throw error;
  }
  throw new Error('the fixture was accepted');
}

describe('is refused, with the pointer of the fault and nothing confidential', () => {
  const account = '/organizations/0/accounts/1';
  const [user, next] = [`${account}/users/0`, `${account}/users/1`];
  const privilege = 'expected a privilege: viewUsersAccount, addUsersAccount,';
  const taken = 'expected a token that is no secret or token of anybody';
  const hidden = 'that is not shown, expected';
  const roles = (...list: object[]) => broken({ roles: list });
  const org = { key: 'org', privileges: [] };
  test.each<[what: string, written: unknown, pointer: string, problem: string]>([
    ['roles: no privileges', roles({ key: 'org' }), '/organizations/0/roles/0/privileges', 'is missing'],
    [
      'roles: misspelt',
      roles({ key: 'org', privilegs: [] }),
      '/organizations/0/roles/0/privilegs',
      "mean 'privileges'?",
    ],
    ['roles: unknown', roles({ ...org, key: 'boss' }), '/organizations/0/roles/0/key', 'found "boss", expected a role'],
    ['roles: twice', roles(org, { ...org, key: 'admin' }, org), '/organizations/0/roles/2/key', 'found "org" again'],
    ['a privilege', roles({ ...org, privileges: ['fly'] }), '/organizations/0/roles/0/privileges/0', privilege],
    [
      'system',
      roles({ ...org, privileges: ['viewFormulas', 'system'] }),
      '/organizations/0/roles/0/privileges/1',
      privilege,
    ],
    ['an account role', broken({}, { roles: ['org', 'boss'] }), `${account}/roles/1`, 'found "boss", expected a role'],
    ['org-admin', broken({}, { roles: ['admin', 'org-admin'] }), `${account}/roles/1`, 'in the default account alone'],
    ['tokens: no list', broken({}, {}, { tokens: 'hush-hush' }), `${user}/tokens`, `a text ${hidden} a list`],
    ['tokens: misspelt', broken({}, {}, { token: ['hush-hush'] }), `${user}/token`, "did you mean 'tokens'?"],
    ['a token with a space', broken({}, {}, { tokens: ['ok', 'hush hush'] }), `${user}/tokens/1`, `a text ${hidden}`],
    ['an empty token', broken({}, {}, { tokens: [''] }), `${user}/tokens/0`, 'found an empty text'],
    ['a token twice', broken({}, {}, { tokens: ['hush-hush', 'x', 'hush-hush'] }), `${user}/tokens/2`, taken],
    ['a token of two users', broken({}, {}, { tokens: ['hush'] }, { tokens: ['hush'] }), `${next}/tokens/0`, taken],
    ['the own secret for a token', broken({}, {}, { tokens: ['secret-of-a'] }), `${user}/tokens/0`, taken],
    ["the organization's", broken({}, {}, { tokens: ['secret-of-org'] }), `${user}/tokens/0`, taken],
    ['that of an earlier user', broken({}, {}, {}, { tokens: ['secret-of-a'] }), `${next}/tokens/0`, taken],
    ['passwords: no list', broken({}, {}, { previousPasswords: 'hush-hush' }), `${user}/previousPasswords`, hidden],
    ['a number for one', broken({}, {}, { previousPasswords: [12345678] }), `${user}/previousPasswords/0`, hidden],
    ['an empty one', broken({}, {}, { previousPasswords: ['x', ''] }), `${user}/previousPasswords/1`, 'an empty text'],
  ])('%s', (_what, written, pointer, problem) => {
    const { pointer: found, message } = refusal(written);
    expect(found).toBe(pointer);
    expect(message).toContain(problem);
    expect(message).not.toMatch(/hush|12345678|secret-of/);
  });

  // Whichever of the two is written first, somebody's token is nobody's secret.
  test.each([
    ['a later user', 'secret-of-b'],
    ['a later organization', 'secret-of-next'],
  ])('a token that is the secret of %s', (_whose, token) => {
    const { message } = refusal(broken({}, {}, { tokens: [token] }));
    expect(message).toMatch(/\/(tokens\/0|secret): expected/);
    expect(message).not.toContain(token);
  });
});

describe('a snapshot that holds all of it', () => {
  /** Roles, tokens and passwords by calls besides those of the fixture. */
  async function change(emulator: Emulator): Promise<string> {
    const admin = connect(emulator);
    const { body } = await admin.post('/authentication', { username: 'ann@ten.example', password: 'now-pw' });
    const answers = [
      await admin.put('/organizations/roles/2717', { privileges: [{ key: 'viewElements' }] }),
      await admin.put('/accounts/110/roles/default-user', {}),
      await admin.delete('/accounts/110/roles/admin'),
      await admin.put('/users/1101/roles/admin', {}),
      await admin.post('/authentication/passwords', { password: 'pw-two' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    return String(body.token);
  }

  /** What follows: reads, then changes that depend on what was kept. */
  async function transcript(emulator: Emulator, token: string): Promise<unknown[]> {
    const admin = connect(emulator);
    const answers = [
      await bearer(emulator, token).get('/authentication/secrets'),
      await bearer(emulator, 'second=/+token').get('/users'),
      await boss(emulator).get('/accounts'),
      await admin.get('/organizations/roles'),
      await admin.get('/accounts/110/roles'),
      await admin.get('/users/1101/roles'),
      await admin.post('/authentication/passwords', { password: 'pw-one' }),
      await admin.post('/authentication', { username: 'boss@ten.example', password: 'pw-two' }),
      await bearer(emulator, token).post('/authentication/user-secret-reset', {}),
      await bearer(emulator, token).get('/authentication/secrets'),
      await admin.put('/organizations/roles/reset', {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 200, 200, 200, 400, 200, 200, 401, 200]);
    return answers.map(({ status, text, headers }) => ({ status, text, headers }));
  }

  test('gives the same text and the same answers again, byte for byte', async () => {
    const emulator = start();
    const token = await change(emulator);
    const saved = emulator.snapshot();
    const text = JSON.stringify(saved);
    for (const secret of [token, 'first-token', 'pw-two', 'pw-one', 'older-pw']) expect(text).toContain(secret);
    const first = await transcript(emulator, token);
    await emulator.restore(saved);
    expect(JSON.stringify(emulator.snapshot())).toBe(text);
    expect(await transcript(emulator, token)).toEqual(first);
    const other = createEmulator({ fixture: JSON.parse(text) as Fixture, seed: 'fixture' });
    expect(JSON.stringify(other.snapshot())).toBe(text);
    expect(await transcript(other, token)).toEqual(first);
  });

  test('does not outlive a reset, which brings back what had ended', async () => {
    const emulator = start();
    const before = JSON.stringify(emulator.snapshot());
    const token = await change(emulator);
    await emulator.reset();
    expect(JSON.stringify(emulator.snapshot())).toBe(before);
    expect(seen(await bearer(emulator, token).get('/organizations/me'))).toEqual(unauthorized401);
    expect(idsOf(await boss(emulator).get('/accounts/110/roles'))).toEqual(listOf(3, 16339));
    expect(idsOf(await bearer(emulator, 'first-token').get('/users'))).toEqual(listOf(1100));
  });

  test('is what a data file keeps over a restart', async () => {
    const dataFile = join(folder, 'restart.json');
    const first = createEmulator({ fixture, dataFile, seed: 'fixture' });
    const token = await change(first);
    const { organizations } = first.snapshot();
    await first.close();
    expect(readFileSync(dataFile, 'utf8')).toContain(token);
    const second = createEmulator({ fixture: 'minimal', dataFile, seed: 'fixture', now: '2020-03-01T10:20:30.000Z' });
    expect(second.snapshot().organizations).toStrictEqual(organizations);
    expect(await transcript(second, token)).toHaveLength(11);
  });
});
