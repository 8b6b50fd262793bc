import { createEmulator, type Emulator, type Fixture } from '../../src/index.ts';

/** Two organizations with distinct words, and the present state of one of them. */

export type Side = 0 | 1;

/** In every text of an organization; of one length, so that answers about the two can be compared byte by byte. */
export const words = ['qwartz', 'bjelke'] as const;

type Part = Fixture['organizations'][number];
type AccountPart = NonNullable<Part['accounts']>[number];
type UserPart = NonNullable<AccountPart['users']>[number];

const texts = (word: string, id: number, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `${word}-${name}-${id}`]));

const userTexts = 'firstName lastName password city country phone postalCode stateProvince street1 street2'.split(' ');
const moreUserTexts = 'externalId secret oauthToken oauthId oauthProvider'.split(' ');

function organizationOf(side: Side): Part {
  const word = words[side];
  // Far from the ids of roles, and from the numbers that policies and pages have.
  const base = side === 0 ? 710_000 : 820_000;
  const user = (n: number, more: Partial<UserPart> = {}): UserPart => ({
    ...texts(word, base + n, [...userTexts, ...moreUserTexts]),
    id: base + n,
    email: `${word}.u${base + n}@${word}.example`,
    previousPasswords: [`${word}-old-password-${base + n}`],
    tokens: [`${word}-token-${base + n}`],
    roles: ['default-user'],
    ...more,
  });
  const account = (n: number, users: UserPart[], more: Partial<AccountPart> = {}): AccountPart => ({
    ...texts(word, base + n, ['name', 'description', 'externalId']),
    id: base + n,
    users,
    ...more,
  });
  return {
    ...texts(word, base, [
      'secret',
      'status',
      'environment',
      'externalId',
      'vdrVersion',
      'street1',
      'street2',
      'city',
      'state',
      'country',
    ]),
    id: base,
    customerId: base + 3,
    name: `${word}-organization`,
    createdDate: '2018-01-01',
    externalCompany: { revenue: base + 1 },
    tierId: base + 2,
    passwordPolicy: {
      minLength: 1,
      minUppercase: 0,
      minLowercase: 0,
      minNumbers: 0,
      minSymbols: 0,
      symbolCharacterSet: `-${word}`,
    },
    accounts: [
      account(
        100,
        [
          user(people.boss, { roles: ['org-admin'], username: `${word}-username-1` }),
          user(people.secondBoss, { roles: ['org-admin'] }),
          user(people.plain, { username: `${word}-username-2` }),
        ],
        { defaultAccount: true },
      ),
      account(
        200,
        [user(people.chief, { roles: ['admin'] }), user(people.member), user(people.gone, { active: false })],
        { roles: ['default-user'] },
      ),
      account(300, [user(301, { roles: ['admin'] }), user(302, { username: `${word}-username-3` })], {
        roles: ['default-user'],
      }),
      account(400, [user(401, { active: false })], { active: false, roles: ['default-user'] }),
    ],
  };
}

/** Those who call, by what is added to the id of their organization. */
export const people = { boss: 101, secondBoss: 102, plain: 103, chief: 201, member: 202, gone: 203 } as const;

export function createTenants(): Emulator {
  const fixture = {
    organizations: [organizationOf(0), organizationOf(1)],
    sequences: { account: 930_000, user: 940_000 },
  };
  return createEmulator({ fixture, now: '2020-03-01T10:20:30Z', seed: 'tenants' });
}

export interface TenantUser {
  readonly id: number;
  readonly account: TenantAccount;
  readonly active: boolean;
  readonly email: string;
  readonly username: string | undefined;
  readonly firstName: string;
  readonly externalId: string | undefined;
  readonly password: string | undefined;
  readonly secret: string;
  readonly tokens: readonly string[];
  /** The own ones and the account's. */
  readonly roles: readonly string[];
}

export interface TenantAccount {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly externalId: string;
  readonly active: boolean;
  readonly isDefault: boolean;
  readonly roles: readonly string[];
}

/** One organization at a moment, and nothing of the other. */
export interface Tenant {
  readonly word: string;
  readonly id: number;
  readonly secret: string;
  readonly accounts: readonly TenantAccount[];
  readonly users: readonly TenantUser[];
  /** The roles that bring `viewUsersOrg`. */
  readonly viewingRoles: readonly string[];
  /** All of it, to see whether anything has changed. */
  readonly text: string;
}

/** @param before their state before the last call: unchanged parts are not read again. */
export function readTenants(emulator: Emulator, before?: readonly [Tenant, Tenant]): readonly [Tenant, Tenant] {
  const [one, other] = emulator.snapshot().organizations;
  return [readTenant(words[0], one, before?.[0]), readTenant(words[1], other, before?.[1])];
}

function readTenant(word: string, part: Part | undefined, before: Tenant | undefined): Tenant {
  const text = JSON.stringify(part);
  if (text === before?.text) return before;
  const { id, secret, accounts: parts } = whole(part);
  const pairs = whole(parts).map((given) => [readAccount(given), whole(given.users)] as const);
  return {
    word,
    id: whole(id),
    secret: whole(secret),
    accounts: pairs.map(([account]) => account),
    viewingRoles: viewingRolesOf(part),
    users: pairs.flatMap(([account, users]) => users.map((user) => readUser(user, account))),
    text,
  };
}

/** By default `org-admin` alone. */
function viewingRolesOf(part: Part | undefined): string[] {
  const changed = part?.roles ?? [];
  const isChanged = changed.some(({ key }) => key === 'org-admin');
  const given = changed.filter(({ privileges }) => privileges.includes('viewUsersOrg')).map(({ key }) => key);
  return isChanged ? given : [...given, 'org-admin'];
}

function readAccount(part: AccountPart): TenantAccount {
  const { id, name, description, externalId, active, defaultAccount, roles = [] } = part;
  return {
    id: whole(id),
    name: whole(name),
    description: whole(description),
    externalId: whole(externalId),
    active: whole(active),
    isDefault: whole(defaultAccount),
    roles,
  };
}

function readUser(part: UserPart, account: TenantAccount): TenantUser {
  const { id, active, firstName, secret, email, username, externalId, password, tokens = [], roles = [] } = part;
  return {
    id: whole(id),
    account,
    active: whole(active),
    email,
    username,
    firstName: whole(firstName),
    externalId,
    password,
    secret: whole(secret),
    tokens,
    roles: [...new Set([...roles, ...account.roles])],
  };
}

/** A snapshot leaves nothing open. */
function whole<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a snapshot lacks something');
  return value;
}

/** Whether `viewUsersOrg` is among the privileges of a user; everybody has the role `org`. */
export function viewsEverybody({ viewingRoles }: Tenant, { roles }: TenantUser): boolean {
  return [...roles, 'org'].some((key) => viewingRoles.includes(key));
}

/** One of a list; nothing of an empty one. */
export function pick<T>(list: readonly [T, ...T[]], n: number): T;
export function pick<T>(list: readonly T[], n: number): T | undefined;
export function pick<T>(list: readonly T[], n: number): T | undefined {
  return list[n % list.length];
}
