import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import type { Client } from './client.ts';
import { NotRun } from './difference.ts';
import { RefusedError } from './errors.ts';
import { findUsers } from './find-users.ts';
import type { JsonRecord } from './json.ts';
import { persistently } from './persistently.ts';
import { listOf, numberOf, objectOf, prepared, succeeded } from './read.ts';
import { removeStrays } from './remove-strays.ts';

/** How many milliseconds a server has for a request that was given up, before cleaning up. */
const settleMs = 1000;

/** The account of a run. */
export interface RunAccount {
  readonly id: number;
  /** The answer to `POST /accounts`, whose body had only an externalId. */
  readonly created: Answer;
}

/**
 * What a run makes on the server: one account, named so that anybody sees whose it is, and users. It finds them
 * by their names, because the answer to the call that makes them can get lost.
 */
export class Workspace {
  /** The externalId, name and description of the account. */
  readonly name: string;
  /** How the emails of all users of this run begin. */
  readonly emailPrefix: string;
  readonly #administrator: Caller;
  readonly #undo: ((caller: Caller) => Promise<void>)[] = [];
  #account: RunAccount | undefined;
  #hasAskedForAccount = false;
  /** Whether the server may have made an account without this run having received its id. */
  #mayHaveAccount = false;
  #hasUsersOfOrganization = false;
  #isUntidy = false;
  /** Whether the account had no users at first, so that all that are in its list now are of this run. */
  #wasEmpty = false;
  readonly #client: Pick<Client, 'takeWrites' | 'hasLostWrite' | 'made'>;

  /** `run` is in the names of all that the run makes; `client` sends the requests of the run. */
  constructor(administrator: Caller, run: string, client: Pick<Client, 'takeWrites' | 'hasLostWrite' | 'made'>) {
    this.#administrator = administrator;
    this.#client = client;
    this.name = `cloud-elements-emulator compare ${run}`;
    this.emailPrefix = `compare-${run}-`;
  }

  /** The account, which is made at the first call. @throws {NotRun} when the server does not make it. */
  async account(): Promise<RunAccount> {
    if (this.#account !== undefined) return this.#account;
    if (this.#hasAskedForAccount) throw new NotRun('the account of this run could not be made');
    this.#hasAskedForAccount = true;
    const created = prepared(await this.#createAccount());
    const id = numberOf(objectOf(created), 'id', created.call);
    await this.#requireOwn(this.#administrator, id);
    this.#account = { id, created };
    this.#wasEmpty = await this.#hasNoUsers(id);
    return this.#account;
  }

  /** A server that lists the users of others here must not make a run remove them. */
  async #hasNoUsers(id: number): Promise<boolean> {
    const { status, body } = await this.#administrator.get(`/accounts/${id}/users`, {
      query: { includeInactive: true },
    });
    return status === 404 || (status === 200 && Array.isArray(body) && body.length === 0);
  }

  async #createAccount(): Promise<Answer> {
    this.#mayHaveAccount = true;
    try {
      const answer = await this.#administrator.post('/accounts', { externalId: this.name });
      // 408 says nothing about what has become of the request.
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 408) this.#mayHaveAccount = false;
      return answer;
    } catch (error) {
      if (error instanceof RefusedError) this.#mayHaveAccount = false;
      throw error;
    }
  }

  /** Registers what puts something of the organization back. Later ones go first. */
  undoLater(undo: (caller: Caller) => Promise<void>): void {
    this.#undo.push(undo);
  }

  /** Remembers that there may be users of the default account to remove. */
  willCreateOrganizationUsers(): void {
    this.#hasUsersOfOrganization = true;
  }

  /**
   * Puts everything back to how the next check expects it: the account alone, active and without users or roles.
   *
   * Asks only about what requests can have changed since the last time, unless that time failed.
   */
  async tidy(caller = this.#administrator): Promise<void> {
    const [writes, wasUntidy] = [this.#client.takeWrites(), this.#isUntidy];
    this.#isUntidy = true;
    await this.#putBack(caller, (path) => wasUntidy || writes.some((written) => path.test(written)));
    this.#client.takeWrites();
    this.#isUntidy = false;
  }

  async #putBack(caller: Caller, isWritten: (path: RegExp) => boolean): Promise<void> {
    for (let undo = this.#undo.at(-1); undo !== undefined; undo = this.#undo.at(-1)) {
      await undo(caller);
      this.#undo.pop();
    }
    if (this.#hasUsersOfOrganization) {
      const where = `email LIKE '${this.emailPrefix}%'`;
      await this.#removeUsers(caller, '/organizations/users', (user) => this.#isOwnUser(user), where);
      this.#hasUsersOfOrganization = false;
    }
    if (this.#account === undefined) return;
    const path = `/accounts/${this.#account.id}`;
    if (isWritten(/\/users$/)) {
      const made = new Set(this.#client.made.map((record) => record.path === `${path}/users` && record.id));
      const isOwn = (user: JsonRecord) => this.#wasEmpty || this.#isOwnUser(user) || made.has(Number(user.id));
      await this.#removeUsers(caller, `${path}/users`, isOwn);
    }
    if (isWritten(/^\/accounts\/\d+$/)) await this.#restoreAccount(caller, path);
    if (isWritten(/\/roles\/[^/]+$/)) {
      const roles = await caller.get(`${path}/roles`);
      if (roles.status !== 200) return;
      for (const { key } of listOf(roles)) succeeded(await caller.delete(`${path}/roles/${String(key)}`));
    }
  }

  /**
   * Removes what there is, and deactivates the account. Tries again where the server fails.
   *
   * @returns what could not be removed, and where it is.
   */
  async cleanUp(caller: Caller): Promise<string[]> {
    const left: string[] = [];
    const attempt = async (what: string, act: () => Promise<void>) => {
      const failure = await persistently(act);
      if (failure !== undefined) left.push(`${what} (${failure})`);
    };
    this.#isUntidy = true;
    // Else what the server still makes would come after the cleaning.
    if (this.#client.hasLostWrite) await wait(settleMs);
    if (this.#undo.length > 0 || this.#hasUsersOfOrganization || this.#account !== undefined) {
      const where = this.#account === undefined ? '' : ` of account ${this.#account.id}`;
      await attempt(`users${where} whose emails begin with ${this.emailPrefix}, or changes of the organization`, () =>
        this.tidy(caller),
      );
    }
    const deactivated = new Set<number>();
    if (this.#mayHaveAccount) {
      await attempt(`the account '${this.name}', perhaps active`, async () => {
        const found = await this.#findAccounts(caller);
        if (found.length === 0 && this.#client.hasLostWrite) throw new NotRun('POST /accounts was given up');
        for (const id of found) {
          await this.#requireOwn(caller, id);
          succeeded(await caller.delete(`/accounts/${id}`));
          deactivated.add(id);
        }
      });
    }
    const known = new Set([...deactivated, this.#account?.id]);
    const isOwn = (record: JsonRecord) => this.#isOwn(record) || this.#isOwnUser(record);
    const strays = await removeStrays(caller, { made: this.#client.made, known, isOwn, attempt });
    const inactive = (id: number) => `account ${id} '${this.name}', inactive: accounts can only be deactivated`;
    return [...left, ...[...deactivated, ...strays].map(inactive)];
  }

  /** The active accounts that this run has made, also those whose ids never arrived. */
  async #findAccounts(caller: Caller): Promise<number[]> {
    const found = await caller.get('/accounts', { query: { where: `externalId LIKE '${this.name}%'` } });
    const own = listOf(found).filter((account) => this.#isOwn(account));
    const ids = own.map((account) => numberOf(account, 'id', found.call));
    return [...new Set([...ids, ...(this.#account === undefined ? [] : [this.#account.id])])];
  }

  /** A server that answers another id must not make a run change somebody else's account. @throws {NotRun} */
  async #requireOwn(caller: Caller, id: number): Promise<void> {
    const account = objectOf(succeeded(await caller.get(`/accounts/${id}`)));
    if (!this.#isOwn(account)) throw new NotRun(`account ${id} is not the one that this run made`);
  }

  #isOwn({ externalId, name, description }: JsonRecord): boolean {
    return [externalId, name, description].includes(this.name);
  }

  #isOwnUser({ email, username }: JsonRecord): boolean {
    return [email, username].some((text) => String(text).startsWith(this.emailPrefix));
  }

  async #restoreAccount(caller: Caller, path: string): Promise<void> {
    const account = objectOf(await caller.get(path));
    const { name } = this;
    const own = { name, description: name, externalId: name, active: true };
    if (Object.entries(own).some(([key, value]) => account[key] !== value)) succeeded(await caller.patch(path, own));
  }

  async #removeUsers(caller: Caller, path: string, isOwn: (user: JsonRecord) => boolean, where?: string) {
    for (const id of await findUsers(caller, path, isOwn, where)) {
      const answer = await caller.delete(`/organizations/users/${id}`);
      if (answer.status !== 404) succeeded(answer);
    }
  }
}
