import type { JsonRecord } from '../conformance/json.ts';
import { isRecord } from '../conformance/json.ts';
import type { AccountFixture, Fixture, OrganizationFixture, UserFixture } from '../fixtures/fixture-types.ts';
import { dateOfEpoch, formatDate } from '../state/dates.ts';
import { privilegeKeys } from '../state/privileges.ts';
import type { LeftOut, Owner } from './left-out.ts';
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

/** Those of them that are true or false. */
const isBoolean = /^(active|defaultAccount|canCreatePeer|twoFactorAuthEnabled|accountLocked|accountExpired)$/;

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
  for (const { account, users = [] } of accounts) {
    yield* textsOf(account, named.account);
    for (const user of users) yield* textsOf(user, [...named.user, 'email', 'username']);
  }
}

function* textsOf(record: JsonRecord, keys: readonly string[]): Iterable<string> {
  for (const key of keys) {
    const text = textOf(record[key]);
    if (typeof text === 'string') yield text;
  }
}

/** A number as the text that the platform keeps for it (docs/fidelity.md#external-id-number). */
function textOf(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/**
 * Writes a world as a fixture, with other names. Secrets, passwords and tokens are not in it. Values of a wrong form
 * are: `mend` takes them out.
 */
export function fixtureOf({ organization, roles, accounts }: World, names: Names, leftOut: LeftOut): Fixture {
  const { passwordPolicy, externalCompany } = organization;
  const { revenue } = isRecord(externalCompany) ? externalCompany : {};
  const written: OrganizationFixture = {
    name: 'Organization',
    ...fieldsOf(organization, kept.organization, named.organization, names),
    ...given({ passwordPolicy }),
    ...(typeof revenue === 'number' ? { externalCompany: { revenue } } : {}),
    ...(roles === undefined ? {} : { roles: roles.flatMap((role) => roleOf(role, leftOut)) }),
    accounts: accounts.map((account) => accountOf(account, names, leftOut)),
  };
  return { version: 1, organizations: [written] };
}

function accountOf({ account, roles, users }: ReadAccount, names: Names, leftOut: LeftOut): AccountFixture {
  const isDefault = plain('defaultAccount', account.defaultAccount) === true;
  const owner = { kind: 'account', id: account.id } as const;
  return {
    ...fieldsOf(account, kept.account, named.account, names),
    ...(roles === undefined ? {} : { roles: grantableIn(roles, isDefault, owner, leftOut) }),
    ...(users === undefined ? {} : { users: users.map((user) => userOf(user, isDefault, names, leftOut)) }),
  };
}

function userOf(user: JsonRecord, isDefault: boolean, names: Names, leftOut: LeftOut): UserFixture {
  const { email, username, lastLoginDate, credentialsExpired, active, roles } = user;
  const owner = { kind: 'user', id: user.id } as const;
  return {
    ...fieldsOf(user, kept.user, named.user, names),
    email: typeof email === 'string' ? names.email(email) : '',
    ...(username === email ? {} : given({ username: renamed(username, names) })),
    ...(lastLoginDate === '1970-01-01' ? {} : given({ lastLoginDate: plain('lastLoginDate', lastLoginDate) })),
    // It is shown for every inactive user, who need not be so.
    ...(credentialsExpired === false || plain('active', active) === false ? {} : given({ credentialsExpired })),
    ...(Array.isArray(roles) ? { roles: grantableIn(keysOf(roles), isDefault, owner, leftOut) } : given({ roles })),
  };
}

function fieldsOf(record: JsonRecord, keep: readonly string[], rename: readonly string[], names: Names): JsonRecord {
  return given({
    ...Object.fromEntries(keep.map((key) => [key, plain(key, record[key])])),
    ...Object.fromEntries(rename.map((key) => [key, renamed(record[key], names)])),
  });
}

/** The fields that the server has given. */
function given(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

/** A date in milliseconds as text, as some answers have it (seed 002), and `true` and `false` from texts. */
function plain(key: string, value: unknown): unknown {
  if (isBoolean.test(key) && (value === 'true' || value === 'false')) return value === 'true';
  const date = /Date$/.test(key) && typeof value === 'number' ? dateOfEpoch(value) : undefined;
  return date === undefined ? value : formatDate(date.at);
}

/** A text with another name in it; what is neither a text nor a number stays, for `mend`. */
function renamed(value: unknown, names: Names): unknown {
  const text = textOf(value);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return undefined;
  return text.includes('@') ? names.email(text) : names.text(text);
}

function grantableIn(keys: readonly string[], isDefault: boolean, owner: Owner, leftOut: LeftOut): string[] {
  return keys.filter((key) => {
    if (key === 'org' || (grantable.includes(key) && (isDefault || key !== 'org-admin'))) return key !== 'org';
    const why = key === 'org-admin' ? 'it is of the default account alone' : 'the emulator has no such role';
    leftOut.add(`role '${key}'`, owner, why);
    return false;
  });
}

/** The privileges of a role, as far as the emulator knows it. */
function roleOf(role: JsonRecord, leftOut: LeftOut): { key: string; privileges: string[] }[] {
  const key = String(role.key);
  const owner = { kind: 'organization' } as const;
  if (![...grantable, 'org'].includes(key)) {
    leftOut.add(`role '${key}'`, owner, 'the emulator has no such role');
    return [];
  }
  const known: readonly string[] = privilegeKeys;
  const privileges = keysOf(role.privileges).filter((privilege) => {
    if (known.includes(privilege)) return true;
    leftOut.add(`privilege '${privilege}' of the role '${key}'`, owner, 'the emulator has no such privilege');
    return false;
  });
  return [{ key, privileges }];
}
