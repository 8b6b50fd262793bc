import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AccountRecord, TokenRecord, UserRecord } from '../../src/state/records.ts';
import type { State } from '../../src/state/state.ts';
import type { Table } from '../../src/state/table.ts';
import { foldCase } from '../../src/text/fold-case.ts';
import { createSubject, type Subject } from './subject.ts';

/** What holds of the state after every request, written anew and not with the store's own code. */

type Key = string | number;
type KeyOf<R> = (record: R) => Key | undefined;

const inOrganization = (record: AccountRecord | UserRecord, externalId: string | undefined) =>
  externalId === undefined ? undefined : `${record.organizationId} ${externalId}`;

/** Every index of a table as what it is: a key of each record. */
interface Indexes<R, U extends string, G extends string> {
  readonly unique: Readonly<Record<U, (record: R) => string | undefined>>;
  readonly groups: Readonly<Record<G, KeyOf<R>>>;
}

/** Watches one emulator from its beginning. */
export class Invariants {
  readonly #subject: Subject;
  /** Every key that an index has ever had: one that no record has any more must find nothing. */
  readonly #keys = new Map<string, Set<Key>>();
  /** The ids that there have been, by table. */
  readonly #ids = new Map<string, Set<number>>();
  readonly #goneIds = new Map<string, Set<number>>();
  readonly #first: ReadonlyMap<string, ReadonlySet<number>>;
  #before: readonly unknown[];
  #text: string;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#before = parts(subject.state);
    this.#text = fingerprint(subject.state);
    this.#first = new Map(tablesOf(subject.state).map(([name, table]) => [name, new Set(idsOf(table).keys())]));
  }

  /** Whether anything is not as it was the last time somebody asked. */
  hasChanged(): boolean {
    const { state } = this.#subject;
    const now = parts(state);
    // Records are frozen: the same ones are the same state.
    if (now.length === this.#before.length && now.every((part, index) => part === this.#before[index])) return false;
    this.#before = now;
    const text = fingerprint(state);
    const isOther = text !== this.#text;
    this.#text = text;
    return isOther;
  }

  /** @throws {Error} that says what does not hold. */
  check(): void {
    const { state } = this.#subject;
    this.#checkIndexes('organizations', state.organizations, {
      unique: { secret: ({ secret }) => secret },
      groups: {},
    });
    this.#checkIndexes('accounts', state.accounts, {
      unique: { externalId: (account) => (account.active ? inOrganization(account, account.externalId) : undefined) },
      groups: {
        all: () => 0,
        organization: ({ organizationId }) => organizationId,
        activeInOrganization: ({ active, organizationId }) => (active ? organizationId : undefined),
        default: ({ defaultAccount, organizationId }) => (defaultAccount ? organizationId : undefined),
        externalId: (account) => inOrganization(account, account.externalId),
      },
    });
    this.#checkIndexes('users', state.users, {
      unique: {
        email: ({ email }) => foldCase(email),
        username: ({ username }) => (username === undefined ? undefined : foldCase(username)),
        secret: ({ secret }) => secret,
      },
      groups: {
        all: () => 0,
        organization: ({ organizationId }) => organizationId,
        activeInOrganization: ({ active, organizationId }) => (active ? organizationId : undefined),
        account: ({ accountId }) => accountId,
        activeInAccount: ({ active, accountId }) => (active ? accountId : undefined),
        externalId: (user) => inOrganization(user, user.externalId),
      },
    });
    this.#checkIndexes('tokens', state.tokens, {
      unique: { token: ({ token }) => token },
      groups: { user: ({ userId }) => userId },
    });
    for (const table of tablesOf(state)) this.#checkIds(...table);
    checkSecrets(state);
    for (const organization of state.organizations.values()) {
      const accounts = [...state.accounts.values()].filter((account) => account.organizationId === organization.id);
      const defaults = accounts.filter(({ defaultAccount }) => defaultAccount);
      ensure(defaults.length === 1, `organization ${organization.id} has ${defaults.length} default accounts`);
    }
    for (const account of state.accounts.values()) checkAccount(account, state);
    for (const user of state.users.values()) checkUser(user, state);
    for (const token of state.tokens.values()) checkToken(token, state);
  }

  /** What is written out is a fixture, of which the same state comes, written out the same. */
  checkSnapshot(): void {
    const snapshot = JSON.parse(JSON.stringify(this.#subject.snapshot()));
    const again = createSubject(snapshot);
    const isWhole = isDeepStrictEqual(contents(again.state), contents(this.#subject.state));
    ensure(
      isWhole && isDeepStrictEqual(again.snapshot(), snapshot),
      `a snapshot that is loaded gives another state: ${JSON.stringify(snapshot)}`,
    );
  }

  #checkIndexes<R extends { readonly id: number }, U extends string, G extends string>(
    table: string,
    records: Table<R, U, G>,
    { unique, groups }: Indexes<R, U, G>,
  ): void {
    for (const name in unique) {
      for (const [key, ids] of this.#scan(`${table}.${name}`, records, unique[name])) {
        ensure(ids.length < 2, `${table} ${ids} have the same ${name}: ${key}`);
        const found = records.find(name, String(key))?.id;
        ensure(found === ids[0], `${table}: ${name} ${key} is of ${ids[0]}, the index says ${found}`);
      }
    }
    for (const name in groups) {
      for (const [key, ids] of this.#scan(`${table}.${name}`, records, groups[name])) {
        const found = records.group(name, key);
        const isSame = found.length === ids.length && found.every((id, index) => id === ids[index]);
        ensure(isSame, `${table}: ${name} ${key} is of ${ids}, the index says ${found}`);
      }
    }
  }

  /** The ids, ascending, by key: of the records that are there, and none for the keys of those that were. */
  #scan<R extends { readonly id: number }>(
    name: string,
    records: { values(): Iterable<R> },
    keyOf: KeyOf<R>,
  ): Map<Key, number[]> {
    const known = this.#keys.get(name) ?? new Set();
    this.#keys.set(name, known);
    const found = new Map<Key, number[]>([...known].map((key) => [key, []]));
    for (const record of records.values()) {
      const key = keyOf(record);
      if (key === undefined) continue;
      known.add(key);
      const ids = found.get(key) ?? [];
      ids.push(record.id);
      found.set(key, ids);
    }
    for (const ids of found.values()) ids.sort((a, b) => a - b);
    return found;
  }

  /** The id of a record that is gone is not given again, and those that are given are counted. */
  #checkIds(name: string, table: AnyTable): void {
    const seen = this.#ids.get(name) ?? new Set();
    const { sequences } = this.#subject.state;
    const next = { organizations: sequences.organization, accounts: sequences.account, users: sequences.user }[name];
    const present = idsOf(table);
    for (const [id, record] of present) {
      ensure(record.id === id && Object.isFrozen(record), `${name} ${id} is not frozen, or not in its place`);
      ensure(!this.#gone(name).has(id), `${name} ${id} is there again`);
      const isCounted = next === undefined || id < next || this.#first.get(name)?.has(id) === true;
      ensure(isCounted, `${name} ${id} is not below the next id, ${next}`);
      seen.add(id);
    }
    for (const id of seen) if (!present.has(id)) this.#gone(name).add(id);
    this.#ids.set(name, seen);
  }

  #gone(name: string): Set<number> {
    const gone = this.#goneIds.get(name) ?? new Set();
    this.#goneIds.set(name, gone);
    return gone;
  }
}

interface AnyTable {
  values(): Iterable<{ readonly id: number }>;
  get(id: number): unknown;
}

function tablesOf(state: State): [name: string, table: AnyTable][] {
  const { organizations, accounts, users, tokens } = state;
  return Object.entries({ organizations, accounts, users, tokens });
}

function idsOf(table: AnyTable): Map<number, { readonly id: number }> {
  const records = [...table.values()];
  for (const record of records) ensure(table.get(record.id) === record, `record ${record.id} is under another id`);
  return new Map(records.map((record) => [record.id, record]));
}

/** The state as the parts that are replaced when it changes. */
function parts(state: State): unknown[] {
  const { organization, account, user, secret } = state.sequences;
  const records = tablesOf(state).flatMap(([, table]) => [...table.values()]);
  return [organization, account, user, secret, state.deletedUsers.join(), ...records];
}

/** All records by id; what tokens are called does not count. */
function contents({ organizations, accounts, users, tokens }: State): unknown[] {
  const records = [organizations, accounts, users].flatMap((table) => [...table.values()].sort((a, b) => a.id - b.id));
  return [...records, ...[...tokens.values()].map(({ userId, token }) => `${userId} ${token}`).sort()];
}

function fingerprint(state: State): string {
  return createHash('sha256')
    .update(JSON.stringify(parts(state)))
    .digest('hex');
}

function checkSecrets({ organizations, users, tokens }: State): void {
  const holders = [...organizations.values(), ...users.values()];
  const secrets = [...holders.map(({ secret }) => secret), ...[...tokens.values()].map(({ token }) => token)];
  ensure(new Set(secrets).size === secrets.length, 'two records have one secret');
}

const grantable = ['admin', 'org-admin', 'default-user'];

function checkRoles(roles: readonly string[], account: AccountRecord, whose: string): void {
  const isSet = new Set(roles).size === roles.length && roles.every((role) => grantable.includes(role));
  ensure(isSet, `${whose} has the roles ${roles}`);
  ensure(account.defaultAccount || !roles.includes('org-admin'), `${whose}, outside the default account, is org-admin`);
}

function checkAccount(account: AccountRecord, { organizations }: State): void {
  ensure(organizations.get(account.organizationId) !== undefined, `account ${account.id} has no organization`);
  checkRoles(account.roles, account, `account ${account.id}`);
}

function checkUser(user: UserRecord, { accounts }: State): void {
  const account = accounts.get(user.accountId);
  if (account === undefined) throw new Error(`user ${user.id} has no account`);
  ensure(account.organizationId === user.organizationId, `user ${user.id} is of another organization than its account`);
  ensure(account.active || !user.active, `user ${user.id} of inactive account ${account.id} is active`);
  checkRoles(user.roles, account, `user ${user.id}`);
  ensure((user.previousPasswords ?? []).length < 9, `user ${user.id} has too many previous passwords`);
}

function checkToken({ id, userId }: TokenRecord, { users, tokens }: State): void {
  ensure(users.get(userId)?.active === true, `token ${id} is of user ${userId}, who is not there or not active`);
  ensure(tokens.group('user', userId).length <= 100, `user ${userId} has more than 100 tokens`);
}

function ensure(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
