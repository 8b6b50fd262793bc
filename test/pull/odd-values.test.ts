import { pullFrom, type SmallPlatform } from './small-platform.ts';

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
    'an unknown key with a slash and a tilde',
    { organization: { passwordPolicy: { minLength: 9, 'a/b~c': 5 } } },
    { passwordPolicy: { minLength: 9 } },
    /^Left out: passwordPolicy\.a\/b~c of the organization \(unknown key 'a\/b~c': /,
  ],
  [
    'null and a text in the password policy',
    { organization: { passwordPolicy: { minLength: null, minNumbers: '2', minSymbols: 1 } } },
    { passwordPolicy: { minSymbols: 1 } },
    /^Left out: passwordPolicy\.minLength of the organization \(found null, expected a whole number/,
  ],
  [
    'a number in the password policy that is not exact',
    { organization: { passwordPolicy: { minNumbers: 2, expirationDays: 1e30 } } },
    { passwordPolicy: { minNumbers: 2 } },
    /^Left out: passwordPolicy\.expirationDays of the organization \(found 1000000000000000000000000000000, expected/,
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
    /^Left out: defaultAccount of account 3 \(found true, expected one default account in an organization \(account 1 of the list is it\)\)$/,
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
    /^Changed: email of user 11 \(expected a unique value: user 10 has the same one\)$/,
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
    /^Left out: externalId of account 3 \(expected a unique value: account 2 has the same one\)$/,
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
