import { foldCase } from '../fold-case.ts';
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

const accountKeys: Keys<AccountRecord, 'externalId', 'organization' | 'activeInOrganization' | 'externalId'> = {
  // Unique among active accounts only: the external id of a deleted one is free (spec section 3).
  unique: { externalId: (account) => (account.active ? keyOf(account) : undefined) },
  groups: {
    organization: (account) => account.organizationId,
    activeInOrganization: (account) => (account.active ? account.organizationId : undefined),
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

/** All that the platform knows, with the indexes that answer without a scan. */
export class State {
  readonly organizations: Table<OrganizationRecord, 'secret', never>;
  readonly accounts: Table<AccountRecord, 'externalId', 'organization' | 'activeInOrganization' | 'externalId'>;
  readonly users: Table<UserRecord, 'email' | 'username' | 'secret', UserGroup>;
  readonly tokens: Table<TokenRecord, 'token', 'user'>;
  #next: Sequences;
  /** How many tokens there have been: what keeps those of a user in their order. */
  #tokenCount: number;
  /** Ids of deleted users that counting has still to pass, so that they are not given again. */
  readonly #deletedUsers: Set<number>;

  /** @param fork another state, which this one begins as; neither sees what the other changes. */
  constructor(next: Partial<Sequences> = {}, fork?: State, deletedUsers: readonly number[] = []) {
    this.organizations = new Table(organizationKeys, fork?.organizations);
    this.accounts = new Table(accountKeys, fork?.accounts);
    this.users = new Table(userKeys, fork?.users);
    this.tokens = new Table(tokenKeys, fork?.tokens);
    this.#tokenCount = fork?.tokenCount ?? 0;
    const { organization = 1, account = 1, user = 1, secret = 1 } = next;
    this.#next = { organization, account, user, secret };
    this.#deletedUsers = new Set(deletedUsers);
  }

  /** Another state that begins as this one, at no cost that grows with it. */
  fork(): State {
    return new State(this.#next, this, this.deletedUsers);
  }

  get sequences(): Sequences {
    return this.#next;
  }

  get deletedUsers(): readonly number[] {
    return [...this.#deletedUsers];
  }

  get tokenCount(): number {
    return this.#tokenCount;
  }

  /** Removes a user for good. */
  deleteUser(id: number): void {
    this.endTokens(id);
    this.users.remove(id);
    if (id >= this.#next.user) this.#deletedUsers.add(id);
  }

  /** Adds a token to those of a user. @throws {UniqueError} when it is somebody's already. */
  addToken(userId: number, token: string): void {
    this.tokens.put({ id: this.#tokenCount + 1, userId, token });
    this.#tokenCount += 1;
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

  /** Runs a change that takes numbers; when it throws, the numbers are free again. */
  attempt<T>(change: () => T): T {
    const before = this.#next;
    try {
      return change();
    } catch (error) {
      this.#next = before;
      throw error;
    }
  }

  /** Takes the next free id of a kind; the id of a deleted record is not given again. */
  nextId(kind: 'organization' | 'account' | 'user'): number {
    const table = { organization: this.organizations, account: this.accounts, user: this.users }[kind];
    let id = this.#next[kind];
    while (table.get(id) !== undefined || (kind === 'user' && this.#deletedUsers.delete(id))) id += 1;
    this.#next = { ...this.#next, [kind]: id + 1 };
    return id;
  }

  /**
   * Takes a secret or token that nobody has.
   *
   * @param derive makes the secret of a number.
   */
  nextSecret(derive: (n: number) => string): string {
    for (;;) {
      const number = this.#next.secret;
      this.#next = { ...this.#next, secret: number + 1 };
      const secret = derive(number);
      if (!this.isSecret(secret)) return secret;
    }
  }
}
