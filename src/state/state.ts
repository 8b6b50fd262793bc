import { foldCase } from '../text/fold-case.ts';
import { type Operation, type Operations, operationOf, type TableChange } from './changes.ts';
import type { AccountRecord, OrganizationRecord, Sequences, TokenRecord, UserRecord } from './records.ts';
import { type Keys, Table } from './table.ts';

/** The key of an external id, which counts within one organisation. */
export function externalKey(organizationId: number, externalId: string): string {
  return `${organizationId} ${externalId}`;
}

const keyOf = (account: AccountRecord) => externalKey(account.organizationId, account.externalId);

const organizationKeys: Keys<OrganizationRecord, 'secret', never> = {
  unique: { secret: (organization) => organization.secret },
  groups: {},
};

type AccountGroup = 'organization' | 'activeInOrganization' | 'default' | 'externalId';

const accountKeys: Keys<AccountRecord, 'externalId', AccountGroup> = {
  // Unique among active accounts only: the external id of a deleted one is free (spec section 3).
  unique: { externalId: (account) => (account.active ? keyOf(account) : undefined) },
  groups: {
    organization: (account) => account.organizationId,
    activeInOrganization: (account) => (account.active ? account.organizationId : undefined),
    default: (account) => (account.defaultAccount ? account.organizationId : undefined),
    externalId: keyOf,
  },
};

type UserGroup = 'organization' | 'activeInOrganization' | 'account' | 'activeInAccount' | 'externalId';

const userKeys: Keys<UserRecord, 'email' | 'username' | 'secret', UserGroup> = {
  unique: {
    // Emails are one over the whole platform, in any case of letters (spec section 4.3).
    email: (user) => foldCase(user.email),
    // So are user names, with which people log in as well; most are the email.
    username: ({ username }) => (username === undefined ? undefined : foldCase(username)),
    secret: (user) => user.secret,
  },
  groups: {
    organization: (user) => user.organizationId,
    activeInOrganization: (user) => (user.active ? user.organizationId : undefined),
    account: (user) => user.accountId,
    activeInAccount: (user) => (user.active ? user.accountId : undefined),
    externalId: ({ organizationId, externalId }) =>
      externalId === undefined ? undefined : externalKey(organizationId, externalId),
  },
};

const tokenKeys: Keys<TokenRecord, 'token', 'user'> = {
  unique: { token: ({ token }) => token },
  groups: { user: ({ userId }) => userId },
};

/** What counts on, and is changed as one. */
interface Counters {
  readonly next: Sequences;
  /** Ids of deleted users that counting has still to pass, so that they are not given again. */
  readonly deletedUsers: ReadonlySet<number>;
  /** How many tokens there have been: what keeps those of a user in their order. */
  readonly tokens: number;
}

/** Changes, in the order in which they were made. */
export interface ChangeSet extends Operations {
  readonly isEmpty: boolean;
  /** Takes them back, the latest first. */
  undo(): void;
}

/** All that the platform knows, with the indexes that answer without a scan. */
export class State {
  readonly organizations: Table<OrganizationRecord, 'secret', never>;
  readonly accounts: Table<AccountRecord, 'externalId', AccountGroup>;
  readonly users: Table<UserRecord, 'email' | 'username' | 'secret', UserGroup>;
  readonly tokens: Table<TokenRecord, 'token', 'user'>;
  #counters: Counters;
  /** What has been changed since the last `takeChanges`; absent while nobody asks. */
  #changes: TableChange[] | undefined;
  #countersBefore: Counters;

  /** @param origin another state, which this one begins as; neither sees what the other changes. */
  constructor(next: Partial<Sequences> = {}, deletedUsers: readonly number[] = [], origin?: State) {
    this.organizations = new Table(organizationKeys, origin?.organizations);
    this.accounts = new Table(accountKeys, origin?.accounts);
    this.users = new Table(userKeys, origin?.users);
    this.tokens = new Table(tokenKeys, origin?.tokens);
    const { organization = 1, account = 1, user = 1, secret = 1 } = next;
    const counters = { next: { organization, account, user, secret }, deletedUsers: new Set(deletedUsers), tokens: 0 };
    this.#counters = origin === undefined ? counters : origin.#counters;
    this.#countersBefore = this.#counters;
  }

  /** Another state that begins as this one, at no cost that grows with it. */
  fork(): State {
    return new State(undefined, undefined, this);
  }

  get sequences(): Sequences {
    return this.#counters.next;
  }

  get deletedUsers(): readonly number[] {
    return [...this.#counters.deletedUsers];
  }

  /** @throws {Error} for a user without one, which there is not. */
  accountOf(user: UserRecord): AccountRecord {
    const account = this.accounts.get(user.accountId);
    if (account === undefined) throw new Error(`user ${user.id} has no account`);
    return account;
  }

  /** Removes a user for good. */
  deleteUser(id: number): void {
    this.endTokens(id);
    this.users.remove(id);
    if (id >= this.sequences.user) this.#count({ deletedUsers: new Set([...this.#counters.deletedUsers, id]) });
  }

  /** Adds a token to those of a user. @throws {UniqueError} when it is somebody's already. */
  addToken(userId: number, token: string): void {
    const tokens = this.#counters.tokens + 1;
    this.tokens.put({ id: tokens, userId, token });
    this.#count({ tokens });
  }

  /** Ends the tokens of a user, all but the newest ones. */
  endTokens(userId: number, keep = 0): void {
    const ids = this.tokens.group('user', userId);
    for (const id of ids.slice(0, Math.max(ids.length - keep, 0))) this.tokens.remove(id);
  }

  /** Whether a text is the secret of a user or an organisation, or a token. */
  isSecret(text: string): boolean {
    return (
      this.users.find('secret', text) !== undefined ||
      this.organizations.find('secret', text) !== undefined ||
      this.tokens.find('token', text) !== undefined
    );
  }

  /** A text with fewer characters is nobody's secret or token. */
  get shortestSecret(): number {
    return 1;
  }

  /** From here on changes are noted, and can be taken back. */
  track(): void {
    this.#changes = [];
    this.#countersBefore = this.#counters;
    this.organizations.onReplace = (change) => this.#changes?.push({ table: 'organizations', change });
    this.accounts.onReplace = (change) => this.#changes?.push({ table: 'accounts', change });
    this.users.onReplace = (change) => this.#changes?.push({ table: 'users', change });
    this.tokens.onReplace = (change) => this.#changes?.push({ table: 'tokens', change });
  }

  /** What has been changed since the last time, or since `track()`. */
  takeChanges(): ChangeSet {
    const changes = this.#changes ?? [];
    const before = this.#countersBefore;
    const { next } = this.#counters;
    if (this.#changes !== undefined) this.#changes = [];
    this.#countersBefore = this.#counters;
    return {
      isEmpty: changes.length === 0 && next === before.next,
      operations: changes.map(operationOf),
      next: next === before.next ? undefined : next,
      undo: () => {
        for (const { change } of changes.reverse()) change.undo();
        this.#counters = before;
        // Taking back is no change of its own.
        this.takeChanges();
      },
    };
  }

  /** Makes changes again that were written down. @throws {UniqueError} when they do not belong to this state. */
  replay({ operations, next = this.sequences }: Operations): void {
    const removed = operations.flatMap((operation) => this.#redo(operation) ?? []);
    // As if users had been deleted and counting had passed them, in whichever order.
    const isAhead = (id: number) => id >= next.user;
    const known = next.user === this.sequences.user ? this.deletedUsers : this.deletedUsers.filter(isAhead);
    this.#count({ next, deletedUsers: new Set([...known, ...removed.filter(isAhead)]) });
  }

  /** Makes one step of a change again; the id of a user who was removed by it. */
  #redo(operation: Operation): number | undefined {
    if ('remove' in operation) {
      this[operation.remove].remove(operation.id);
      return operation.remove === 'users' ? operation.id : undefined;
    }
    if ('token' in operation) this.addToken(operation.of, operation.token);
    else if ('ended' in operation) this.tokens.remove(this.tokens.find('token', operation.ended)?.id ?? 0);
    else if (operation.put === 'organizations') this.organizations.put(operation.record);
    else if (operation.put === 'accounts') this.accounts.put(operation.record);
    else this.users.put(operation.record);
    return undefined;
  }

  #count(counters: Partial<Counters>): void {
    this.#counters = { ...this.#counters, ...counters };
  }

  /** Runs a change that takes numbers; when it throws, the numbers are free again. */
  attempt<T>(change: () => T): T {
    const before = this.#counters;
    try {
      return change();
    } catch (error) {
      this.#counters = before;
      throw error;
    }
  }

  /** Takes the next free id of a kind; the id of a deleted record is not given again. */
  nextId(kind: 'organization' | 'account' | 'user'): number {
    const table = { organization: this.organizations, account: this.accounts, user: this.users }[kind];
    const { next, deletedUsers } = this.#counters;
    const isTaken = (id: number) => table.get(id) !== undefined || (kind === 'user' && deletedUsers.has(id));
    let id = next[kind];
    while (isTaken(id)) id += 1;
    const isPassed = kind === 'user' && deletedUsers.size > 0;
    this.#count({
      next: { ...next, [kind]: id + 1 },
      ...(isPassed ? { deletedUsers: new Set([...deletedUsers].filter((deleted) => deleted > id)) } : {}),
    });
    return id;
  }

  /**
   * Takes a secret or token that nobody has.
   *
   * @param derive makes the secret of a number.
   */
  nextSecret(derive: (n: number) => string): string {
    for (;;) {
      const { next } = this.#counters;
      const number = next.secret;
      this.#count({ next: { ...next, secret: number + 1 } });
      const secret = derive(number);
      if (!this.isSecret(secret)) return secret;
    }
  }
}
