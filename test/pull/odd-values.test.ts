import { blocksOf, isIn } from '../support/markdown.ts';
import { answerJson, pullFrom, type SmallPlatform } from './small-platform.ts';

/** Values that no fixture can have: each costs itself alone. */

const email = 'a@x.example';
const users = (...odd: object[]) => ({ users: { 2: odd.map((fields) => ({ id: 10, email, roles: [], ...fields })) } });
const [active, text, date] = ['expected true or false', 'expected a text', 'expected a date'];

const rows: [what: string, platform: SmallPlatform, expected: object, note: RegExp][] = [
  [
    'an unknown key of the password policy',
    { organization: { passwordPolicy: { minLength: 9, maxAge: 5 } } },
    { passwordPolicy: { minLength: 9 } },
    /^Left out: passwordPolicy\.maxAge of the organization \(unknown key 'maxAge': /,
  ],
  [
    'null and a text in the password policy',
    { organization: { passwordPolicy: { minLength: null, minNumbers: '2', minSymbols: 1 } } },
    { passwordPolicy: { minSymbols: 1 } },
    /^Left out: passwordPolicy\.minLength of the organization \(found null, expected a whole number/,
  ],
  [
    'a password policy that is a text',
    { organization: { passwordPolicy: 'strict' } },
    { name: 'Small' },
    /^Left out: passwordPolicy of the organization \(found "strict", expected an object\)$/,
  ],
  [
    'a status of the organization that is a number',
    { organization: { status: 3, name: ' ', tierId: 'gold' } },
    { name: 'Organization' },
    new RegExp(`^Left out: status of the organization \\(found 3, ${text}\\)$`),
  ],
  [
    'a status of an account that is a number',
    { accounts: [{ id: 2, defaultAccount: true, status: 1 }] },
    { accounts: [{ id: 2, defaultAccount: true, roles: ['org-admin'], users: [] }] },
    new RegExp(`^Left out: status of account 2 \\(found 1, ${text}\\)$`),
  ],
  [
    'an activity that is no boolean',
    users({ active: 'yes' }),
    { accounts: [{ id: 2, users: [{ id: 10, email }] }] },
    new RegExp(`^Left out: active of user 10 \\(found "yes", ${active}\\)$`),
  ],
  [
    'a date that does not exist',
    users({ createdDate: '2017-02-30' }),
    { accounts: [{ id: 2, users: [{ id: 10, email }] }] },
    new RegExp(`^Left out: createdDate of user 10 \\(found "2017-02-30", ${date} that exists`),
  ],
  [
    'dates in another form',
    users({ createdDate: 'yesterday' }, { id: 11, email: 'b@x.example', createdDate: '02/03/2017' }),
    { accounts: [{ id: 2, users: [{ id: 10 }, { id: 11 }] }] },
    new RegExp(`^Left out: createdDate of 2 users, the first of them user 10 \\(found "yesterday", ${date}: `),
  ],
  [
    'two default accounts',
    {
      accounts: [
        { id: 2, defaultAccount: true },
        { id: 3, defaultAccount: true },
      ],
      users: { 3: [{ id: 12, email, roles: [{ key: 'org-admin' }, { key: 'admin' }] }] },
    },
    {
      accounts: [
        { id: 2, defaultAccount: true },
        { id: 3, users: [{ id: 12, roles: ['admin'] }] },
      ],
    },
    /^Left out: defaultAccount of account 3 \(found true, expected one default account/,
  ],
  [
    'a user of two accounts',
    {
      accounts: [{ id: 2, defaultAccount: true }, { id: 3 }],
      users: {
        2: [{ id: 10, email }],
        3: [
          { id: 10, email },
          { id: 11, email: 'b@x.example' },
        ],
      },
    },
    {
      accounts: [
        { id: 2, users: [{ id: 10 }] },
        { id: 3, users: [{ id: 11 }] },
      ],
    },
    /^Left out: a repeated record of user 10 \(found 10, expected an id that no other user has\)$/,
  ],
  [
    'two users with one email',
    users({}, { id: 11, email: 'A@X.example' }),
    {
      accounts: [
        {
          id: 2,
          users: [
            { id: 10, email },
            { id: 11, email: 'user-11@unknown.example' },
          ],
        },
      ],
    },
    /^Changed: email of user 11 \(expected a value of its own: user 10 has the same one\)$/,
  ],
  [
    'two users with one user name',
    users({ username: 'ann' }, { id: 11, email: 'b@x.example', username: 'Ann' }),
    { accounts: [{ id: 2, users: [{ username: 'ann' }, { id: 11, email: 'b@x.example' }] }] },
    /^Left out: username of user 11 \(/,
  ],
  [
    'an email without @',
    users({ email: 'ann' }),
    { accounts: [{ id: 2, users: [{ id: 10, email: 'user-10@unknown.example' }] }] },
    /^Changed: email of user 10 \(found "ann", expected an email address\)$/,
  ],
  [
    'emails that are none',
    users({ email: null }, { id: 11, email: 'a b@c' }, { id: 12, email: `${'a'.repeat(300)}@b` }),
    { accounts: [{ users: [10, 11, 12].map((id) => ({ id, email: `user-${id}@unknown.example` })) }] },
    /^Changed: email of 3 users, the first of them user 10 \(found an empty text, expected an email address\)$/,
  ],
  [
    'names and addresses that are objects and lists',
    users({ firstName: { first: 'Ann' }, city: ['Rome'], username: true, externalId: {}, country: 4 }),
    { accounts: [{ users: [{ id: 10, email, roles: [] }] }] },
    new RegExp(`^Left out: country of user 10 \\(found 4, ${text}\\)$`),
  ],
  [
    'an active user of an inactive account',
    {
      accounts: [
        { id: 2, defaultAccount: true },
        { id: 3, active: false },
      ],
      users: { 3: [{ id: 12, email, active: true }] },
    },
    { accounts: [{ id: 2 }, { id: 3, active: false, users: [{ id: 12, active: false }] }] },
    /^Changed: active of user 12 \(found true, expected false: the account is not active\)$/,
  ],
  [
    'two active accounts with one external id',
    {
      accounts: [
        { id: 2, defaultAccount: true, externalId: 'x' },
        { id: 3, externalId: 'x' },
      ],
    },
    { accounts: [{ id: 2, externalId: 'x' }, { id: 3 }] },
    /^Left out: externalId of account 3 \(expected a value of its own: account 2 has the same one\)$/,
  ],
  [
    'an id that no fixture can have',
    users({ id: 0 }, { id: 11, email: 'b@x.example' }),
    { accounts: [{ users: [{ email }, { id: 11 }] }] },
    /^Left out: id of user 0 \(found 0, expected a whole number from 1 up\)$/,
  ],
  [
    'records without an id',
    { ...users({}), accounts: [{ id: 2, defaultAccount: true }, { name: 'no id' }, 'no record', null] },
    { accounts: [{ id: 2, users: [{ id: 10 }] }] },
    /^Left out: a record without an id of the organization \(GET \/accounts\?/,
  ],
  [
    'roles that the emulator does not have',
    {
      ...users({ roles: [{ key: 'pilot' }, { key: 'admin' }, { key: 'org' }] }),
      roles: [
        { key: 'admin', privileges: [{ key: 'flyToTheMoon' }, { key: 'viewElements' }] },
        { key: 'pilot', privileges: [] },
      ],
    },
    { accounts: [{ users: [{ roles: ['admin'] }] }], roles: [{ key: 'admin', privileges: ['viewElements'] }] },
    /^Left out: role 'pilot' of the organization \(the emulator has no such role\)$/,
  ],
  [
    'a role twice',
    {
      roles: [
        { key: 'admin', privileges: [] },
        { key: 'admin', privileges: [] },
      ],
    },
    { roles: [{ key: 'admin', privileges: [] }] },
    /^Left out: roles\.key of the organization \(found "admin" again, expected each role once\)$/,
  ],
  [
    'roles of a user that are no list',
    users({ roles: 'admin' }),
    { accounts: [{ users: [{ id: 10, email }] }] },
    /^Left out: roles of user 10 \(found "admin", expected a list\)$/,
  ],
];

test.each(rows)('fixture pull leaves out %s, and says so', async (_what, platform, expected, note) => {
  const { organization, notes, exitCode } = await pullFrom(platform);
  expect(exitCode).toBeUndefined();
  expect(organization).toMatchObject(expected);
  expect(notes).toContainEqual(expect.stringMatching(note));
});

test.each<[string, SmallPlatform, object]>([
  [
    'dates in milliseconds',
    users({ createdDate: Date.UTC(2017, 1, 3), lastLoginDate: Date.UTC(2018, 1, 3, 4) }),
    { createdDate: '2017-02-03', lastLoginDate: '2018-02-03T04:00:00.000Z' },
  ],
  ['booleans as texts', users({ active: 'false', accountLocked: 'true' }), { active: false, accountLocked: true }],
  ['numbers as external ids and names', users({ externalId: 17, firstName: 5 }), { externalId: '17', firstName: '5' }],
  ['ids as texts', users({ id: '17' }), { id: 17 }],
  ['roles that are keys alone', users({ roles: ['admin', 'org'] }), { roles: ['admin'] }],
])('fixture pull reads %s', async (_what, platform, user) => {
  const { organization, notes } = await pullFrom(platform);
  expect(organization.accounts[0].users).toMatchObject([user]);
  expect(notes).toEqual([]);
});

test.each<[string, SmallPlatform, string[]]>([
  [
    'no default account',
    { accounts: [{ id: 3 }] },
    ['No account is the default one: the emulator adds one, with an administrator.'],
  ],
  [
    'no administrator',
    { ...users({}), ownRoles: [] },
    ['No user of the default account is its administrator: give one the role org-admin in the file.'],
  ],
  ['an administrator', { ...users({ roles: ['org-admin'] }), ownRoles: [] }, []],
  ['users whose roles are not shown', { ...users({ roles: undefined }), ownRoles: [] }, []],
])('fixture pull says what a start needs of an organization with %s', async (_what, platform, expected) => {
  expect((await pullFrom(platform)).notes).toEqual(expected);
});

test('fixture pull makes up names for numbers too', async () => {
  const { organization } = await pullFrom(users({ externalId: 123_456_789, email: 'kim@acme.example' }), '--force');
  expect(JSON.stringify(organization)).not.toContain('123456789');
  expect(organization.accounts[0].users[0].externalId).toMatch(/^\d{9}$/);
});

test('fixture pull writes many odd values as one line for each kind', async () => {
  const odd = Array.from({ length: 1000 }, (_, n) => ({ id: n + 1, email: `no email ${n}`, active: 'yes', status: 1 }));
  const { organization, notes } = await pullFrom({ users: { 2: odd } });
  expect(organization.accounts[0].users).toHaveLength(1000);
  expect(notes).toEqual([
    expect.stringMatching(/^(Changed: email|Left out: active) of 1,000 users, the first of them user 1 \(/),
    expect.stringMatching(/^(Changed: email|Left out: active) of 1,000 users, the first of them user 1 \(/),
  ]);
});

test('fixture pull prints the lines that docs/real-platform.md shows', async () => {
  const pilots = [17, 18, 19].map((id) => ({ id, email: `${id}@x.example`, roles: ['pilot'] }));
  const { err } = await pullFrom({
    accounts: [{ id: 2, defaultAccount: true }, { id: 4022 }],
    users: { 2: [...pilots, { id: 23, email: '17@x.example', roles: [] }] },
    answer: (path, _, response) => path === '/accounts/4022/users' && answerJson(response, 403, {}),
  });
  const lines = blocksOf('docs/real-platform.md').flatMap(({ language, text }) =>
    language === 'log' && text.includes('pilot') ? text.trim().split('\n') : [],
  );
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(err.split('\n').some((printed) => isIn(printed, line))).toBe(true);
});
