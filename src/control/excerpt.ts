import { fillFixture } from '../fixtures/fill-fixture.ts';
import type { Fixture } from '../fixtures/fixture-types.ts';
import { loadFixture } from '../fixtures/load-fixture.ts';
import { writeAccounts, writeOrganizations, writeUsers } from '../fixtures/write-fixture.ts';
import { lookUpUser } from '../platform/users/find-users.ts';
import { Clock } from '../state/clock.ts';
import { createIds } from '../state/ids.ts';
import type { State } from '../state/state.ts';
import { decode } from './decode.ts';

/** The request that an excerpt is for. */
export interface ExcerptQuery {
  /** Below the base path, without the query. */
  readonly path: string;
  /** The caller, by email or id. */
  readonly user?: string | undefined;
  /** An external id in the body, which an account may have already. */
  readonly externalId?: string | undefined;
  /** An email in the body, which a user may have already. */
  readonly email?: string | undefined;
}

/** The records that a request depends on. */
export interface Excerpt {
  /** A small fixture with them, without secrets; absent when the documentation fixture has them as they are. */
  readonly fixture?: Fixture;
  /** What the path names and is not there, such as `account 4030`. */
  readonly missing: readonly string[];
}

/** How many users of a listed account an excerpt has. */
const maxListed = 3;

/** The records of the present state that a request depends on. */
export function excerpt(state: State, query: ExcerptQuery): Excerpt {
  const { fixture, missing } = cut(state, query);
  const { fixture: written, source } = loadFixture('documentation');
  const clock = new Clock(0);
  const documented = cut(fillFixture(written, source, clock, createIds(clock, 'excerpt')).state, query);
  const isDocumented = JSON.stringify(fixture) === JSON.stringify(documented.fixture);
  return isDocumented ? { missing } : { fixture, missing };
}

function cut(state: State, { path, user, externalId, email }: ExcerptQuery): { fixture: Fixture; missing: string[] } {
  const accounts = new Set<number>();
  const users = new Set<number>();
  const missing: string[] = [];
  const addUser = (emailOrId: string): boolean => {
    const found = lookUpUser(state, emailOrId);
    if (found === undefined) return false;
    users.add(found.id);
    accounts.add(found.accountId);
    return true;
  };
  if (user !== undefined) addUser(user);
  if (email !== undefined) addUser(email);
  const [, account] = /\/accounts\/(\d+)/.exec(path) ?? [];
  if (account !== undefined) {
    if (state.accounts.get(Number(account)) === undefined) missing.push(`account ${account}`);
    else accounts.add(Number(account));
  }
  const [, named] = /\/users\/([^/]+)/.exec(path) ?? [];
  if (named !== undefined && !addUser(decode(named))) missing.push(`user ${decode(named)}`);
  const isList = path.endsWith('/users') && account !== undefined;
  if (isList) for (const id of state.users.group('account', Number(account)).slice(0, maxListed)) users.add(id);
  const organizationOf = (id: number) => state.accounts.get(id)?.organizationId;
  if (externalId !== undefined) {
    for (const record of state.accounts.values()) if (record.externalId === externalId) accounts.add(record.id);
  }
  const organizations = new Set([...accounts].map(organizationOf));
  return { fixture: write(state, organizations, accounts, users), missing };
}

function write(
  state: State,
  organizations: ReadonlySet<number | undefined>,
  accounts: ReadonlySet<number>,
  users: ReadonlySet<number>,
): Fixture {
  const all = [...writeOrganizations(state)].filter(({ id }) => organizations.has(id));
  return {
    organizations: all.map(({ id, fixture: { name, active, roles, passwordPolicy } }) => ({
      ...{ id, name },
      ...(active ? {} : { active }),
      ...(roles === undefined ? {} : { roles }),
      ...(passwordPolicy === undefined ? {} : { passwordPolicy }),
      accounts: [...writeAccounts(state, id)]
        .filter(({ id: own, fixture: { defaultAccount } }) => accounts.has(own) || defaultAccount)
        .map(({ id: own, fixture: { name: title, externalId, defaultAccount, active: isActive, roles: granted } }) => {
          const shown = [...writeUsers(state, own)].filter((each) => users.has(each.id));
          return {
            ...{ id: own, name: title, externalId },
            ...(defaultAccount ? { defaultAccount } : {}),
            ...(isActive ? {} : { active: isActive }),
            ...(granted === undefined ? {} : { roles: granted }),
            ...(shown.length === 0
              ? {}
              : { users: shown.map((each) => withoutSecrets(each, defaultAccount === true)) }),
          };
        }),
    })),
  };
}

type WrittenUser = ReturnType<typeof writeUsers> extends Generator<infer U, void> ? U : never;

function withoutSecrets(user: WrittenUser, isInDefault: boolean) {
  const { id, email, username, firstName, lastName, externalId, active, roles } = user;
  return {
    ...{ id, email },
    ...(username === undefined || username === email ? {} : { username }),
    ...{ firstName, lastName },
    ...(externalId === undefined ? {} : { externalId }),
    ...(active ? {} : { active }),
    // A default account whose users have no roles written would get its first user as administrator.
    ...(roles.length === 0 && !isInDefault ? {} : { roles }),
  };
}
