import { foldCase } from '../fold-case.ts';
import type { AccountRecord, OrganizationRecord, Sequences, UserRecord } from './records.ts';
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

const userKeys: Keys<UserRecord, 'email' | 'secret', 'account' | 'externalId'> = {
  // Emails are one over the whole platform, in any case of letters (spec section 4.3).
  unique: { email: (user) => foldCase(user.email), secret: (user) => user.secret },
  groups: {
    account: (user) => user.accountId,
    externalId: ({ organizationId, externalId }) =>
      externalId === undefined ? undefined : externalKey(organizationId, externalId),
  },
};

/** All that the platform knows, with the indexes that answer without a scan. */
export class State {
  readonly organizations: Table<OrganizationRecord, 'secret', never>;
  readonly accounts: Table<AccountRecord, 'externalId', 'organization' | 'activeInOrganization' | 'externalId'>;
  readonly users: Table<UserRecord, 'email' | 'secret', 'account' | 'externalId'>;
  #next: Sequences;
  /** Ids of deleted users that counting has still to pass, so that they are not given again. */
  readonly #deletedUsers: Set<number>;

  /** @param fork another state, which this one begins as; neither sees what the other changes. */
  constructor(next: Partial<Sequences> = {}, fork?: State, deletedUsers: readonly number[] = []) {
    this.organizations = new Table(organizationKeys, fork?.organizations);
    this.accounts = new Table(accountKeys, fork?.accounts);
    this.users = new Table(userKeys, fork?.users);
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

  /** Removes a user for good. */
  deleteUser(id: number): void {
    this.users.remove(id);
    if (id >= this.#next.user) this.#deletedUsers.add(id);
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
   * Takes a secret that nobody has.
   *
   * @param derive makes the secret of a number.
   */
  nextSecret(derive: (n: number) => string): string {
    for (;;) {
      const number = this.#next.secret;
      this.#next = { ...this.#next, secret: number + 1 };
      const secret = derive(number);
      const taken = this.users.find('secret', secret) ?? this.organizations.find('secret', secret);
      if (taken === undefined) return secret;
    }
  }
}
