import type { Caller } from './caller.ts';
import { NotRun } from './difference.ts';
import type { JsonRecord } from './json.ts';
import { passwordFor } from './password.ts';
import { listOf, numberOf, objectOf, prepared, textOf } from './read.ts';
import type { RunAccount, Workspace } from './workspace.ts';

/** A user whom a check has made. */
export interface TestUser {
  readonly id: number;
  readonly email: string;
  readonly password: string;
  /** The answer to the call that made the user. */
  readonly body: JsonRecord;
  /** `/accounts/{id}/users/{userId}` */
  readonly path: string;
  /** Calls in the user's name. */
  readonly caller: Caller;
}

/** What a check works with. Its functions can be used without it: `({ createUser }) => …`. */
export class Context {
  /** Calls in the name of the organization's administrator, whose credentials the run was given. */
  readonly admin: Caller;
  /** Calls in nobody's name. */
  readonly anyone: Caller;
  /** The organization, as `GET /organizations/me` answers it. */
  readonly organization: JsonRecord;
  readonly workspace: Workspace;
  readonly userSecret: string;
  readonly organizationSecret: string;
  #users = 0;

  constructor(
    fields: Pick<Context, 'admin' | 'anyone' | 'organization' | 'workspace' | 'userSecret' | 'organizationSecret'>,
  ) {
    this.admin = fields.admin;
    this.anyone = fields.anyone;
    this.organization = fields.organization;
    this.workspace = fields.workspace;
    this.userSecret = fields.userSecret;
    this.organizationSecret = fields.organizationSecret;
  }

  /** The account of this run. */
  readonly account = (): Promise<RunAccount> => this.workspace.account();

  /** The path of the account of this run. */
  readonly accountPath = async (): Promise<string> => `/accounts/${(await this.account()).id}`;

  /** An email that nobody has, and that shows who has made it. */
  readonly email = (): string => {
    this.#users += 1;
    return `${this.workspace.emailPrefix}${this.#users}@example.com`;
  };

  /** A password that the organization's policy accepts; another one for each `n`. */
  readonly password = (n = 0): string => passwordFor(this.organization.passwordPolicy, n);

  /** The body of a request that makes a user. */
  readonly newUser = (fields: JsonRecord = {}): JsonRecord => ({
    firstName: 'Compare',
    lastName: 'User',
    email: this.email(),
    password: this.password(),
    ...fields,
  });

  /** Makes a user of the account of this run. @throws {NotRun} when the server does not. */
  readonly createUser = async (fields: JsonRecord = {}): Promise<TestUser> => {
    const path = `${await this.accountPath()}/users`;
    const sent = this.newUser(fields);
    const answer = prepared(await this.admin.post(path, sent));
    return this.#testUser(objectOf(answer), sent, path, answer.call);
  };

  /** Makes a user of the default account. @throws {NotRun} when the server does not. */
  readonly createOrganizationUser = async (fields: JsonRecord = {}): Promise<TestUser> => {
    this.workspace.willCreateOrganizationUsers();
    const sent = this.newUser(fields);
    const answer = prepared(await this.admin.post('/organizations/users', sent));
    return this.#testUser(objectOf(answer), sent, '/organizations/users', answer.call);
  };

  /** Logs a user in. @throws {NotRun} when the server does not let them in. */
  readonly logIn = async ({ email, password }: Pick<TestUser, 'email' | 'password'>): Promise<Caller> => {
    const answer = prepared(await this.anyone.post('/authentication', { username: email, password }));
    return this.admin.as(`Bearer ${textOf(objectOf(answer), 'token', answer.call)}`);
  };

  /** An id that no account and no user has. */
  readonly unknownId = 999_999_999;

  /** The default account, or another one for `false`. @throws {NotRun} when there is none. */
  readonly someAccount = async (isDefault: boolean): Promise<JsonRecord> => {
    const accounts = listOf(await this.admin.get('/accounts', { query: { pageSize: 200 } }));
    const found = accounts.find((account) => account.defaultAccount === isDefault);
    if (found === undefined) throw new NotRun(`there is no ${isDefault ? 'default' : 'other'} account in the list`);
    return found;
  };

  #testUser(body: JsonRecord, { email, password }: JsonRecord, path: string, call: string): TestUser {
    const id = numberOf(body, 'id', call);
    const secret = typeof body.secret === 'string' ? body.secret : '';
    const authorization = `User ${secret}, Organization ${this.organizationSecret}`;
    const caller = this.admin.as(authorization);
    return { id, email: String(email), password: String(password), body, path: `${path}/${id}`, caller };
  }
}
