import { fixtureOf } from '../../src/pull/fixture-of.ts';
import { LeftOut } from '../../src/pull/left-out.ts';
import { keptNames } from '../../src/pull/made-up.ts';

const organization = { id: 1, name: 'One' };

/** The organization of a fixture of this world. */
function written(world: Partial<Parameters<typeof fixtureOf>[0]>) {
  const whole = { organization, roles: undefined, accounts: [], unread: [], ...world };
  const { organizations } = fixtureOf(whole, keptNames, new LeftOut());
  return organizations[0];
}

test('a fixture leaves out what a server does not show', () => {
  expect(written({})).toEqual({ id: 1, name: 'One', accounts: [] });
  const account = { account: { id: 2, name: null, description: ' ' }, roles: undefined, users: [{ id: 3 }] };
  expect(written({ accounts: [account] })?.accounts).toEqual([{ id: 2, users: [{ id: 3, email: '' }] }]);
});

test('a fixture names an organization that has no name', () => {
  expect(written({ organization: { id: 1 } })?.name).toBe('Organization');
});

test('a fixture keeps policy, revenue and known roles, and leaves other roles out', () => {
  const passwordPolicy = { minLength: 9 };
  const roles = [
    { key: 'admin', privileges: [{ key: 'viewUsersOrg' }, { key: 'flyToTheMoon' }] },
    { key: 'pilot', privileges: [] },
    { key: 'org' },
  ];
  const company = { ...organization, passwordPolicy, externalCompany: { revenue: 5, name: 'Secret' } };
  expect(written({ organization: company, roles })).toEqual({
    ...organization,
    externalCompany: { revenue: 5 },
    passwordPolicy,
    roles: [
      { key: 'admin', privileges: ['viewUsersOrg'] },
      { key: 'org', privileges: [] },
    ],
    accounts: [],
  });
});

test.each<[string, object, object]>([
  ['a user name of its own', { username: 'ann' }, { username: 'ann' }],
  ['a user name that is an email', { username: 'b@x.example' }, { username: 'b@x.example' }],
  ['a user name that is the email', { username: 'a@x.example' }, {}],
  ['a last login', { lastLoginDate: '2020-01-02' }, { lastLoginDate: '2020-01-02' }],
  ['no login yet', { lastLoginDate: '1970-01-01' }, {}],
  ['expired credentials', { active: true, credentialsExpired: true }, { active: true, credentialsExpired: true }],
  [
    'expired credentials, which every inactive user is shown with',
    { active: false, credentialsExpired: true },
    { active: false },
  ],
  ['a role that no fixture grants', { roles: [{ key: 'org' }, { key: 'pilot' }] }, { roles: [] }],
  ['a role of the organization outside the default account', { roles: [{ key: 'org-admin' }] }, { roles: [] }],
  ['a role', { roles: [{ key: 'admin' }] }, { roles: ['admin'] }],
])('a fixture of a user with %s', (_what, fields, kept) => {
  const users = [{ id: 3, email: 'a@x.example', ...fields }];
  const [account] = written({ accounts: [{ account: { id: 2 }, roles: [], users }] })?.accounts ?? [];
  expect(account?.users).toEqual([{ id: 3, email: 'a@x.example', ...kept }]);
});
