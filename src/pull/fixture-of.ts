import type { JsonRecord } from '../conformance/json.ts';
import { isRecord } from '../conformance/json.ts';
import type { AccountFixture, Fixture, OrganizationFixture, UserFixture } from '../fixtures/fixture-types.ts';
import { privilegeKeys } from '../state/privileges.ts';
import type { Names } from './made-up.ts';
import { keysOf, type ReadAccount, type World } from './read-world.ts';

/** The roles that a fixture can grant; `org` needs no grant. */
const grantable = ['admin', 'org-admin', 'default-user'];

/** Fields that are kept as they are. */
const kept = {
  organization: [
    ...['id', 'active', 'createdDate', 'tierId', 'canCreatePeer', 'twoFactorAuthEnabled'],
    ...['status', 'environment', 'vdrVersion', 'country'],
  ],
  account: ['id', 'active', 'defaultAccount', 'createdDate', 'status', 'environment'],
  user: ['id', 'active', 'createdDate', 'accountLocked', 'accountExpired', 'country', 'oauthProvider'],
};

/** Fields with names of people and customers. */
const named = {
  organization: ['name', 'externalId', 'street1', 'street2', 'city', 'state', 'postalCode'],
  account: ['name', 'description', 'externalId'],
  user: [
    ...['firstName', 'lastName', 'externalId', 'city', 'phone', 'postalCode', 'stateProvince'],
    ...['street1', 'street2', 'oauthId'],
  ],
};

/** Everything in a world that has to be replaced. */
export function* namesIn({ organization, accounts }: World): Iterable<string> {
  yield* textsOf(organization, named.organization);
  for (const { account, users } of accounts) {
    yield* textsOf(account, named.account);
    for (const user of users) yield* textsOf(user, [...named.user, 'email', 'username']);
  }
}

function* textsOf(record: JsonRecord, keys: readonly string[]): Iterable<string> {
  for (const key of keys) if (typeof record[key] === 'string') yield record[key];
}

/** Writes a world as a fixture, with other names. Secrets, passwords and tokens are not in it. */
export function fixtureOf({ organization, roles, accounts }: World, names: Names): Fixture {
  const policy = organization.passwordPolicy;
  const { revenue } = isRecord(organization.externalCompany) ? organization.externalCompany : {};
  const written: OrganizationFixture = {
    name: 'Organization',
    ...fieldsOf(organization, kept.organization, named.organization, names),
    ...(typeof revenue === 'number' ? { externalCompany: { revenue } } : {}),
    ...(isRecord(policy) ? { passwordPolicy: policy } : {}),
    ...(roles === undefined ? {} : { roles: roles.flatMap(roleOf) }),
    accounts: accounts.map((account) => accountOf(account, names)),
  };
  return { version: 1, organizations: [written] };
}

function accountOf({ account, roles, users }: ReadAccount, names: Names): AccountFixture {
  const isDefault = account.defaultAccount === true;
  return {
    ...fieldsOf(account, kept.account, named.account, names),
    ...(roles === undefined ? {} : { roles: grantableIn(roles, isDefault) }),
    users: users.map((user) => userOf(user, isDefault, names)),
  };
}

function userOf(user: JsonRecord, isDefault: boolean, names: Names): UserFixture {
  const { email, username, lastLoginDate, credentialsExpired, roles } = user;
  const address = typeof email === 'string' ? email : `user-${String(user.id)}@unknown`;
  const isNamed = typeof username === 'string' && username !== email;
  return {
    ...fieldsOf(user, kept.user, named.user, names),
    email: names.email(address),
    ...(isNamed ? { username: username.includes('@') ? names.email(username) : names.text(username) } : {}),
    ...(typeof lastLoginDate === 'string' && lastLoginDate !== '1970-01-01' ? { lastLoginDate } : {}),
    // It is shown for every inactive user, who need not be so.
    ...(credentialsExpired === true && user.active === true ? { credentialsExpired } : {}),
    ...(roles === undefined ? {} : { roles: grantableIn(keysOf(roles), isDefault) }),
  };
}

function fieldsOf(record: JsonRecord, keep: readonly string[], rename: readonly string[], names: Names): JsonRecord {
  const entries = [
    ...keep.map((key): [string, unknown] => [key, record[key]]),
    ...rename.map((key): [string, unknown] => [key, renamed(record[key], names)]),
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

function renamed(value: unknown, names: Names): unknown {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.includes('@') ? names.email(value) : names.text(value);
}

function grantableIn(keys: readonly string[], isDefault: boolean): string[] {
  return keys.filter((key) => grantable.includes(key) && (isDefault || key !== 'org-admin'));
}

/** The privileges of a role, as far as the emulator knows it. */
function roleOf(role: JsonRecord): { key: string; privileges: string[] }[] {
  const key = String(role.key);
  if (![...grantable, 'org'].includes(key)) return [];
  const known: readonly string[] = privilegeKeys;
  return [{ key, privileges: keysOf(role.privileges).filter((privilege) => known.includes(privilege)) }];
}
