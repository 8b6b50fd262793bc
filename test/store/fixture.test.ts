import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Fixture, FixtureError } from '../../src/index.ts';
import { connect } from '../support/client.ts';

const folder = mkdtempSync(join(tmpdir(), 'fixture-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The error with which a fixture is refused. */
function refusal(fixture: unknown): FixtureError {
  try {
    // The whole point is that it may be anything.
    createEmulator({ fixture: fixture as Fixture });
  } catch (error) {
    if (error instanceof FixtureError) return error;
    throw error;
  }
  throw new Error('the fixture was accepted');
}

/** A fixture of one organisation with a default account and these further accounts. */
function withAccounts(...accounts: unknown[]) {
  const administrator = { email: 'boss@acme.example', roles: ['org-admin'] };
  return {
    organizations: [{ name: 'Acme', accounts: [{ defaultAccount: true, users: [administrator] }, ...accounts] }],
  };
}

const second = '/organizations/0/accounts/1';

describe('a fixture is refused, with the pointer of its first fault', () => {
  const rows: [what: string, fixture: unknown, pointer: string, problem: string][] = [
    ['no object', 'text' as never, '', 'there is no such file'],
    ['a list', [], '', 'found an empty list, expected a fixture of cloud-elements-emulator'],
    ['null', null, '', 'found null, expected'],
    ['nothing at all', null, '', 'found null, expected a fixture of cloud-elements-emulator'],
    ['no organizations', {}, '/organizations', 'is missing: expected a list of at least 1'],
    [
      'an empty list of them',
      { organizations: [] },
      '/organizations',
      'found an empty list, expected a list of at least 1',
    ],
    ['no name', { organizations: [{}] }, '/organizations/0/name', 'is missing: expected a text that is not blank'],
    [
      'an unknown key',
      withAccounts({ extrenalId: 'x' }),
      `${second}/extrenalId`,
      "unknown key 'extrenalId': did you mean 'externalId'?",
    ],
    [
      'a key like no other',
      withAccounts({ colour: 'x' }),
      `${second}/colour`,
      "unknown key 'colour': expected one of id, externalId, name,",
    ],
    [
      'a number for a text',
      withAccounts({ externalId: 7 }),
      `${second}/externalId`,
      'found 7, expected a text that is not blank',
    ],
    ['an id of 0', withAccounts({ id: 0 }), `${second}/id`, 'found 0, expected a whole number from 1 up'],
    ['text for a flag', withAccounts({ active: 'yes' }), `${second}/active`, 'found "yes", expected true or false'],
    [
      'an unknown role',
      withAccounts({ users: [{ email: 'a@b.c', roles: ['boss'] }] }),
      `${second}/users/0/roles/0`,
      'found "boss", expected a role: admin, org, org-admin or default-user',
    ],
    [
      'no email',
      withAccounts({ users: [{ email: 'nobody' }] }),
      `${second}/users/0/email`,
      'found "nobody", expected an email address',
    ],
    [
      'no date',
      withAccounts({ createdDate: 'yesterday' }),
      `${second}/createdDate`,
      'found "yesterday", expected a date: YYYY-MM-DD or an ISO 8601 timestamp',
    ],
    [
      'a day that does not exist',
      withAccounts({ createdDate: '2017-02-30' }),
      `${second}/createdDate`,
      'found "2017-02-30", expected a date that exists',
    ],
    ['a key that needs escaping', withAccounts({ 'a/b~c': 1 }), `${second}/a~1b~0c`, "unknown key 'a/b~c'"],
    [
      'an object for a text',
      withAccounts({ name: {} }),
      `${second}/name`,
      'found an object, expected a text that is not blank',
    ],
    [
      'a policy of text',
      { organizations: [{ name: 'A', passwordPolicy: { minLength: '8' } }] },
      '/organizations/0/passwordPolicy/minLength',
      'found "8", expected a whole number from 0 up',
    ],
    [
      'another version',
      { version: 2, organizations: [{ name: 'A' }] },
      '/version',
      'found 2, which a newer version of the emulator has written: this one knows version 1',
    ],
    [
      'two default accounts',
      withAccounts({ defaultAccount: true }),
      `${second}/defaultAccount`,
      'expected one default account in an organization',
    ],
    [
      'an account id twice',
      withAccounts({ id: 5 }, { id: 5 }),
      '/organizations/0/accounts/2/id',
      'found 5, expected an id that no other account has',
    ],
    [
      'an externalId twice',
      withAccounts({ id: 5, externalId: 'x' }, { externalId: 'x' }),
      '/organizations/0/accounts/2/externalId',
      'expected a value of its own: account 5 has the same one',
    ],
    [
      'an email twice, in other letters',
      withAccounts({ users: [{ email: 'Boss@ACME.example' }] }),
      `${second}/users/0/email`,
      'expected a value of its own: user 1 has the same one',
    ],
    [
      'a user secret twice',
      withAccounts({
        users: [
          { email: 'a@b.c', secret: 's' },
          { email: 'b@b.c', secret: 's' },
        ],
      }),
      `${second}/users/1/secret`,
      'expected a value of its own: user 2 has the same one',
    ],
    [
      'org-admin elsewhere',
      withAccounts({ users: [{ email: 'a@b.c', roles: ['admin', 'org-admin'] }] }),
      `${second}/users/0/roles/1`,
      'found "org-admin", expected it in the default account alone',
    ],
    [
      'an active user of an inactive account',
      withAccounts({ active: false, users: [{ email: 'a@b.c', active: true }] }),
      `${second}/users/0/active`,
      'found true, expected false: the account is not active',
    ],
  ];
  test.each(rows)('%s', (_what, fixture, pointer, problem) => {
    const error = refusal(fixture);
    expect(error.pointer).toBe(pointer);
    expect(error.message).toContain(problem);
    expect(error.message).not.toContain('\n');
  });

  test('a long value is shown by its beginning', () => {
    const error = refusal(withAccounts({ createdDate: 'x'.repeat(100) }));
    expect(error.message).toMatch(/found "x{56}…, expected a date/);
  });

  test.each(['secret', 'password', 'oauthToken'])('the value of a %s is never shown', (field) => {
    const error = refusal(withAccounts({ users: [{ email: 'a@b.c', [field]: 12345678 }] }));
    expect(error.message).toContain(`${second}/users/0/${field}: found a number that is not shown`);
    expect(error.message).not.toContain('12345678');
  });
});

describe('what is not written is filled in', () => {
  test('an organisation with nothing but a name gets an account and an administrator', async () => {
    const emulator = createEmulator({ fixture: { organizations: [{ name: 'Acme' }] }, now: '2020-02-03', seed: 1 });
    const accounts = await connect(emulator).get('/accounts');
    expect(accounts.status).toBe(200);
    expect(accounts.body).toEqual([
      {
        id: 1,
        name: 'Company Default Account',
        description: 'Auto created default account for the entire company',
        active: true,
        companyId: 1,
        createdDate: '2020-02-03',
        externalId: '1',
        defaultAccount: true,
        type: 'Default',
      },
    ]);
    const users = await connect(emulator).get('/accounts/1/users');
    expect(users.status).toBe(200);
    expect(users.body).toMatchObject([
      { id: 1, fullName: 'Organization Administrator', roles: [{ key: 'org-admin' }, { key: 'org' }] },
    ]);
    const organization = await connect(emulator).get('/organizations/me');
    expect(organization.body).toMatchObject({
      createdDate: '2020-02-03',
      secret: expect.stringMatching(/^[0-9a-f]{32}$/),
      passwordPolicy: { minLength: 8, minUppercase: 1, minLowercase: 1, minNumbers: 1, minSymbols: 1 },
    });
    expect(emulator.credentials.userSecret).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  test('the first user of a default account without roles is the administrator', () => {
    const users = [{ email: 'first@acme.example' }, { email: 'second@acme.example' }];
    const emulator = createEmulator({
      fixture: { organizations: [{ name: 'A', accounts: [{ defaultAccount: true, users }] }] },
    });
    expect(emulator.credentials.authorization).toBe(emulator.authorizationFor('first@acme.example'));
  });

  test('ids that are written are left to their records', async () => {
    const emulator = createEmulator({
      fixture: withAccounts({ externalId: 'counted' }, { id: 2, externalId: 'written' }) as Fixture,
    });
    const { status, body } = await connect(emulator).get('/accounts');
    expect(status).toBe(200);
    expect(body.map(({ id, externalId }: { id: number; externalId: string }) => [id, externalId])).toEqual([
      [1, '1'],
      [2, 'written'],
      [3, 'counted'],
    ]);
  });

  test('the given object is left as it is, and may be changed later', async () => {
    const fixture: Fixture = { organizations: [{ name: 'Before' }] };
    const copy = structuredClone(fixture);
    const emulator = createEmulator({ fixture });
    expect(fixture).toEqual(copy);
    Object.assign(fixture, { organizations: [{ name: 'After' }] });
    await emulator.reset();
    const { status, body } = await connect(emulator).get('/organizations/me');
    expect(status).toBe(200);
    expect(body.name).toBe('Before');
  });

  test.each([
    { status: 'ACTIVE' },
    { environment: 'staging' },
    { customerId: 77 },
    { externalId: 'acme-1' },
    { vdrVersion: '2' },
    { vdrVersion: 2 },
    { street1: '1 Main Street' },
    { street2: 'Floor 2' },
    { city: 'Denver' },
    { state: 'CO' },
    { postalCode: '80202' },
    { country: 'US' },
  ])('%j of an organization is shown where it is written, and not else (seed 003)', async (shown) => {
    const ask = async (more: object) => {
      const client = connect(
        createEmulator({ fixture: { organizations: [{ name: 'A', ...more }] }, seed: 1, now: '2020-01-01' }),
      );
      return [await client.get('/organizations/me'), await client.put('/organizations/me', { name: 'A' })];
    };
    const plain = await ask({});
    for (const [index, { status, body }] of (await ask(shown)).entries()) {
      expect({ status, body }).toEqual({ status: 200, body: { ...plain[index]?.body, ...shown } });
    }
    const snapshot = createEmulator({ fixture: { organizations: [{ name: 'A', ...shown }] } }).snapshot();
    expect(snapshot.organizations[0]).toMatchObject(shown);
  });

  test.each([{ status: 'paid' }, { environment: 'production' }, { status: 'paid', environment: 'production' }])(
    '%j of an account is shown where it is written, and not else',
    async (shown) => {
      const accounts = [
        { id: 2, externalId: 'a' },
        { id: 3, externalId: 'b', ...shown },
      ];
      const emulator = createEmulator({ fixture: { organizations: [{ name: 'A', accounts }] } });
      const client = connect(emulator);
      const { body: all } = await client.get('/accounts?where=id>1');
      expect(all.map(({ status, environment }: typeof shown) => ({ status, environment }))).toEqual([{}, { ...shown }]);
      expect((await client.get('/accounts/3')).body).toMatchObject(shown);
      expect((await client.patch('/accounts/3', { name: 'B', status: 'x', environment: 'y' })).body).toMatchObject(
        shown,
      );
      for (const [name, value] of Object.entries(shown)) {
        expect((await client.get(`/accounts?where=${name}='${value}'`)).body).toMatchObject([{ id: 3 }]);
      }
      expect(emulator.snapshot().organizations[0]?.accounts?.find(({ id }) => id === 3)).toMatchObject(shown);
    },
  );

  test.each([
    [{ customerId: 'c-1' }, '/organizations/0/customerId'],
    [{ externalId: 5 }, '/organizations/0/externalId'],
    [{ vdrVersion: true }, '/organizations/0/vdrVersion'],
  ])('%j of an organization is refused', (written, pointer) => {
    expect(() => createEmulator({ fixture: { organizations: [{ name: 'A', ...(written as object) }] } })).toThrow(
      pointer,
    );
  });

  test('minimal has one organisation, its default account and its administrator', async () => {
    const emulator = createEmulator({ fixture: 'minimal' });
    const accounts = await connect(emulator).get('/accounts');
    expect(accounts.status).toBe(200);
    expect(accounts.body).toMatchObject([{ id: 1, type: 'Default' }]);
    const users = await connect(emulator).get('/organizations/users');
    expect(users.body).toMatchObject([{ id: 1, email: 'admin@minimal.example' }]);
  });
});

describe('all that is wrong', () => {
  const pointers = (fixture: unknown) => refusal(fixture).faults.map(({ pointer }) => pointer);

  test('is told beside the first fault, one a place', () => {
    const users = [{ emial: 'a@b.c' }, { email: 'a@b.c', secret: 7 }, {}];
    const fixture = { organizations: [{ accounts: [{ users }] }], color: 'red' };
    const { faults, message } = refusal(fixture);
    const users0 = '/organizations/0/accounts/0/users';
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual(
      ['/color', '/organizations/0/name', `${users0}/0/emial`, `${users0}/1/secret`, `${users0}/2/email`].sort(),
    );
    expect(faults.map((fault) => fault.message)).toContain(message);
    expect(faults.map((fault) => fault.message).join()).not.toContain('found 7');
  });

  test('is told of what the form does not rule out, too', () => {
    const users = [
      { email: 'a@b.c', secret: 'the-secret', createdDate: '2020-02-31' },
      { email: 'A@b.c', roles: ['org-admin'], tokens: ['the-secret'] },
      { email: 'c@b.c', id: 5, active: true },
    ];
    const accounts = [
      { externalId: 'x', active: false, users, createdDate: '2020-13-01' },
      { externalId: 'y', id: 9 },
      { defaultAccount: true, id: 9 },
      { defaultAccount: true, users: [{ email: 'd@b.c', id: 5 }] },
    ];
    const roles = [
      { key: 'admin', privileges: [] },
      { key: 'admin', privileges: [] },
    ];
    const place = '/organizations/0/accounts';
    const expected = [
      `${place}/0/createdDate`,
      `${place}/0/users/0/createdDate`,
      `${place}/0/users/1/email`,
      `${place}/0/users/1/roles/0`,
      `${place}/0/users/1/tokens/0`,
      `${place}/0/users/2/active`,
      `${place}/2/id`,
      `${place}/3/defaultAccount`,
      `${place}/3/users/0/id`,
      '/organizations/0/roles/1/key',
    ];
    expect(pointers({ organizations: [{ name: 'A', roles, accounts }] }).sort()).toEqual(expected);
  });

  test('is the one fault where there is no more to look at', () => {
    const { faults, message } = refusal({ version: 99, things: [] });
    expect(faults).toEqual([{ pointer: '/version', message }]);
  });
});

describe('a fixture file', () => {
  const write = (name: string, text: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test('is read, with or without a byte order mark', async () => {
    const path = write('bom.json', `\uFEFF${JSON.stringify({ organizations: [{ name: 'From a file' }] })}`);
    const { status, body } = await connect(createEmulator({ fixture: path })).get('/organizations/me');
    expect(status).toBe(200);
    expect(body.name).toBe('From a file');
  });

  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  const rows: [what: string, text: string | Buffer, problem: string][] = [
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'the file is UTF-16: save it as UTF-8'],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), 'the file is UTF-16: save it as UTF-8'],
    ['UTF-16 the other way round', Buffer.from('{}', 'utf16le').swap16(), 'the file is UTF-16: save it as UTF-8'],
    ['Latin-1', latin1('{"organizations":[{"name":"Zo\u00eb"}]}'), 'the file is not UTF-8 at line 1: save it as UTF-8'],
    [
      'Latin-1 later',
      latin1('{\n"organizations":\n[{"name":"\u00e9t\u00e9\n'),
      'the file is not UTF-8 at line 3: save it as UTF-8',
    ],
    ['Latin-1 at its end', latin1('{}\n\n\u00e9'), 'the file is not UTF-8 at line 3: save it as UTF-8'],
    [
      'with a number that would lose digits',
      '{"organizations":[{"name":"Acme","customerId":12345678901234567890}]}',
      '/organizations/0/customerId: found 12345678901234567890, expected ',
    ],
    [
      'with an external id that is such a number',
      '{"organizations":[{"name":"Acme","externalId":9007199254740993}]}',
      '/organizations/0/externalId: found 9007199254740993, expected a text',
    ],
    ['empty', ' \n', 'the file is empty, expected a JSON object with "organizations"'],
    ['cut off', '{"organizations": [', 'the file is cut off at line 1, column 20: mend it'],
    ['broken on a line', '{\n"organizations": []\n"a": 1}', 'the file is not JSON at line 3, column 1: mend it'],
    ['wrong', '{"organisations": []}', "/organisations: unknown key 'organisations': did you mean 'organizations'?"],
  ];
  test.each(rows)('that is %s is refused by its name', (what, text, problem) => {
    const path = write(`${what}.json`, text);
    expect(() => createEmulator({ fixture: path })).toThrow(`${path}: ${problem}`);
    expect(readFileSync(path)).toEqual(Buffer.from(text));
  });

  test('a text that is neither a file nor a name is refused', () => {
    expect(() => createEmulator({ fixture: 'minimla' })).toThrow(
      "fixture 'minimla': there is no such file and no built-in fixture of that name: did you mean 'minimal'?",
    );
    expect(() => createEmulator({ fixture: 'nothing.json' })).toThrow('one of documentation, minimal');
  });
});
