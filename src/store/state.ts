import { foldCase } from '../fold-case.ts';
import type { AccountRecord, OrganizationRecord, Sequences, UserRecord } from './records.ts';
import { Table } from './table.ts';

/** The key of an external id, which counts within one organisation. */
export function externalKey(organizationId: number, externalId: string): string {
  return `${organizationId} ${externalId}`;
}

/** All that the platform knows, with the indexes that answer without a scan. */
export class State {
  readonly organizations = new Table<OrganizationRecord, 'secret', never>(
    { secret: (organization) => organization.secret },
    {},
  );

  readonly accounts = new Table<AccountRecord, 'externalId', 'organization' | 'activeInOrganization' | 'externalId'>(
    // Unique among active accounts only: the external id of a deleted one is free (spec section 3).
    { externalId: (account) => (account.active ? keyOf(account) : undefined) },
    {
      organization: (account) => account.organizationId,
      activeInOrganization: (account) => (account.active ? account.organizationId : undefined),
      externalId: keyOf,
    },
  );

  readonly users = new Table<UserRecord, 'email' | 'secret', 'account' | 'externalId'>(
    // Emails are one over the whole platform, in any case of letters (spec section 4.3).
    { email: (user) => foldCase(user.email), secret: (user) => user.secret },
    {
      account: (user) => user.accountId,
      externalId: (user) =>
        user.externalId === undefined ? undefined : externalKey(user.organizationId, user.externalId),
    },
  );

  #next: Sequences;

  constructor(next: Partial<Sequences> = {}) {
    this.#next = { organization: 1, account: 1, user: 1, secret: 1, ...next };
  }

  get sequences(): Sequences {
    return this.#next;
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
    while (table.get(id) !== undefined) id += 1;
    this.#next = { ...this.#next, [kind]: id + 1 };
    return id;
  }

  /** Takes the next number to derive a secret from. */
  nextSecret(): number {
    const secret = this.#next.secret;
    this.#next = { ...this.#next, secret: secret + 1 };
    return secret;
  }
}

function keyOf(account: AccountRecord): string {
  return externalKey(account.organizationId, account.externalId);
}
