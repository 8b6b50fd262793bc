import { type ChangeStep, type ChangeSteps, stepOf, type TableChange } from './change-steps.ts';
import { ForkMap } from './fork-map.ts';
import { type AccountGroup, accountKeys, organizationKeys, tokenKeys, type UserGroup, userKeys } from './keys.ts';
import type { AccountRecord, OrganizationRecord, Sequences, TokenRecord, UserRecord } from './records.ts';
import { Table } from './table.ts';

/** The counters of the state, which are replaced together. */
interface Counters {
  readonly next: Sequences;
  /** How many tokens have been added: the id of the last one, so that a user's tokens keep their order. */
  readonly tokens: number;
}

/** Changes since the last call of `takeChanges`. */
export interface ChangeSet extends ChangeSteps {
  readonly isEmpty: boolean;
  /** Undoes the changes, the latest first. */
  undo(): void;
}

/** All records of the platform, with indexes that find them. */
export class State {
  readonly organizations: Table<OrganizationRecord, 'secret', never>;
  readonly accounts: Table<AccountRecord, 'externalId', AccountGroup>;
  readonly users: Table<UserRecord, 'email' | 'username' | 'secret', UserGroup>;
  readonly tokens: Table<TokenRecord, 'token', 'user'>;
  /** Ids of deleted users that `next.user` had not passed when they were deleted, so that no new user gets one of them. */
  readonly #deletedUsers: ForkMap<number, true>;
  /** No id from the next one up to this one is free. Only undoing a change makes an id free again. */
  #firstFree = { organization: 0, account: 0, user: 0 };
  #counters: Counters;
  /** What has changed since the last `takeChanges`; `undefined` until `track()` is called. */
  #changes: TableChange[] | undefined;
  #countersBefore: Counters;

  /** @param origin the state to begin as; neither sees later changes of the other. */
  constructor(next: Partial<Sequences> = {}, deletedUsers: readonly number[] = [], origin?: State) {
    this.organizations = new Table(organizationKeys, origin?.organizations);
    this.accounts = new Table(accountKeys, origin?.accounts);
    this.users = new Table(userKeys, origin?.users);
    this.tokens = new Table(tokenKeys, origin?.tokens);
    const { organization = 1, account = 1, user = 1, secret = 1 } = next;
    const counters = { next: { organization, account, user, secret }, tokens: 0 };
    this.#deletedUsers = origin === undefined ? new ForkMap() : origin.#deletedUsers.fork();
    for (const id of deletedUsers) this.#deletedUsers.set(id, true);
    this.#counters = origin === undefined ? counters : origin.#counters;
    this.#countersBefore = this.#counters;
  }

  /** A state that begins as this one; the cost of a fork does not grow with the state. */
  fork(): State {
    return new State(undefined, undefined, this);
  }

  get sequences(): Sequences {
    return this.#counters.next;
  }

  /** Ids of deleted users that `sequences.user` has not passed. */
  get deletedUsers(): readonly number[] {
    return [...this.#deletedUsers.keys()].filter((id) => id >= this.sequences.user);
  }

  /** @throws {Error} when the user has no account, which is a bug. */
  accountOf(user: UserRecord): AccountRecord {
    const account = this.accounts.get(user.accountId);
    if (account === undefined) throw new Error(`user ${user.id} has no account`);
    return account;
  }

  /** Removes a user for good. */
  deleteUser(id: number): void {
    this.endTokens(id);
    this.users.remove(id);
    this.#rememberDeleted(id);
  }

  /** Ids that the sequence has passed are not given again anyway. */
  #rememberDeleted(id: number): void {
    if (id >= this.sequences.user) this.#deletedUsers.set(id, true);
  }

  /** Adds a token of a user. @throws {UniqueError} when a user already has it. */
  addToken(userId: number, token: string): void {
    const tokens = this.#counters.tokens + 1;
    this.tokens.put({ id: tokens, userId, token });
    this.#count({ tokens });
  }

  /** Removes the tokens of a user, except the newest `keep` ones. */
  endTokens(userId: number, keep = 0): void {
    const ids = this.tokens.group('user', userId);
    for (const id of ids.slice(0, Math.max(ids.length - keep, 0))) this.tokens.remove(id);
  }

  /** Whether a text is the secret of a user or an organization, or a token. */
  isSecret(text: string): boolean {
    return (
      this.users.find('secret', text) !== undefined ||
      this.organizations.find('secret', text) !== undefined ||
      this.tokens.find('token', text) !== undefined
    );
  }

  /** A text with fewer characters cannot be a secret or token. */
  get shortestSecret(): number {
    return 1;
  }

  /** Starts recording changes, which `takeChanges` returns. */
  track(): void {
    this.#changes = [];
    this.#countersBefore = this.#counters;
    this.organizations.onReplace = (change) => this.#changes?.push({ table: 'organizations', change });
    this.accounts.onReplace = (change) => this.#changes?.push({ table: 'accounts', change });
    this.users.onReplace = (change) => this.#changes?.push({ table: 'users', change });
    this.tokens.onReplace = (change) => this.#changes?.push({ table: 'tokens', change });
  }

  /** The changes since the last call, or since `track()`. */
  takeChanges(): ChangeSet {
    const changes = this.#changes ?? [];
    const before = this.#countersBefore;
    const { next } = this.#counters;
    if (this.#changes !== undefined) this.#changes = [];
    this.#countersBefore = this.#counters;
    return {
      isEmpty: changes.length === 0 && next === before.next,
      operations: changes.map(stepOf),
      next: next === before.next ? undefined : next,
      undo: () => {
        for (const { table, change } of changes.reverse()) {
          change.undo();
          if (table === 'users' && change.after === undefined) this.#deletedUsers.delete(change.id);
        }
        this.#counters = before;
        this.#firstFree = { organization: 0, account: 0, user: 0 };
        // Undoing is not a change to save.
        this.takeChanges();
      },
    };
  }

  /** Repeats recorded changes. @throws {UniqueError} when they were made to another state. */
  replay({ operations, next = this.sequences }: ChangeSteps): void {
    const removed = operations.flatMap((step) => this.#redo(step) ?? []);
    this.#count({ next });
    for (const id of removed) this.#rememberDeleted(id);
  }

  /** Repeats one step. @returns the id of the user whom it removed, if any. */
  #redo(step: ChangeStep): number | undefined {
    if ('remove' in step) {
      this[step.remove].remove(step.id);
      return step.remove === 'users' ? step.id : undefined;
    }
    if ('token' in step) this.addToken(step.of, step.token);
    else if ('ended' in step) this.tokens.remove(this.tokens.find('token', step.ended)?.id ?? 0);
    else if (step.put === 'organizations') this.organizations.put(step.record);
    else if (step.put === 'accounts') this.accounts.put(step.record);
    else this.users.put(step.record);
    return undefined;
  }

  #count(counters: Partial<Counters>): void {
    this.#counters = { ...this.#counters, ...counters };
  }

  /** Runs a change that uses new ids or secrets; when it throws, they are free again. */
  attempt<T>(change: () => T): T {
    const before = this.#counters;
    try {
      return change();
    } catch (error) {
      this.#counters = before;
      throw error;
    }
  }

  /** Takes the next free id of a kind. No id of a deleted record is given again. */
  nextId(kind: 'organization' | 'account' | 'user'): number {
    const table = { organization: this.organizations, account: this.accounts, user: this.users }[kind];
    const { next } = this.#counters;
    const isTaken = (id: number) =>
      table.get(id) !== undefined || (kind === 'user' && this.#deletedUsers.get(id) !== undefined);
    let id = Math.max(next[kind], this.#firstFree[kind]);
    while (isTaken(id)) id += 1;
    this.#firstFree[kind] = id;
    this.#count({ next: { ...next, [kind]: id + 1 } });
    return id;
  }

  /**
   * Takes a new secret or token.
   *
   * @param derive makes the n-th secret; numbers whose secret is in use are skipped.
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
