import { unauthorized } from '../support/client.ts';
import { Client, type Method } from './client.ts';

/** The provisioning organization administrator, and the domain of the new emails. */
export interface Administrator {
  readonly username: string;
  readonly password: string;
  readonly domain: string;
}

export interface User {
  readonly id: number;
  readonly email: string;
  readonly secret: string;
}

/** The first two are good under the platform's default policy and under that of the flow, the third under no one. */
export const passwords = { first: 'Gr8-Expectations-2', second: 'Bl3ak-H0use-2', weak: 'Sh0rt-1' };

/** A client that has an account for a customer, and keeps what it knows of its users. */
export class Customer extends Client {
  protected readonly login: Administrator;
  protected organizationSecret = '';
  /** The path of the account. */
  protected account = '';
  /** All users of the account by name, its administrator first. */
  protected readonly users = new Map<string, User>();
  protected readonly tokens = new Map<string, string>();
  /** A secret that was replaced. */
  protected oldSecret = '';

  constructor(baseUrl: string, login: Administrator) {
    super(baseUrl);
    this.login = login;
  }

  /** Neither secrets nor tokens nor passwords let these in. */
  protected async areDead(...names: string[]) {
    for (const name of names) {
      await this.isUnauthorized(this.secretOf(name));
      await this.isUnauthorized(this.tokenOf(name));
      await this.refuseLogIn(this.user(name).email, name === 'eve' ? passwords.second : passwords.first);
    }
    await this.isUnauthorized(this.by(this.oldSecret));
  }

  protected async isUnauthorized(as: string, method: Method = 'GET', path = '/organizations/me') {
    const { call, status, body } = await this.send(as, method, path);
    expect({ as, call, status, body }).toEqual({ as, call, status: 401, body: unauthorized });
  }

  protected async refuseLogIn(username: string, password: string) {
    const { status, body } = await this.send('', 'POST', '/authentication', { body: { username, password } });
    expect({ username, status, body }).toEqual({ username, status: 401, body: unauthorized });
  }

  protected async logInAs(name: string, password = passwords.first): Promise<string> {
    const body = { username: this.user(name).email, password };
    return `Bearer ${(await this.ok<{ token: string }>('', 'POST', '/authentication', { body })).token}`;
  }

  protected async create(as: string, name: string, more: object): Promise<User> {
    const email = `${name}@${this.login.domain}`;
    const body = { firstName: name, lastName: 'Ofcustomer', email, password: passwords.first, ...more };
    const user = await this.ok<User>(as, 'POST', `${this.account}/users`, { body });
    expect(user).toMatchObject({ email, active: true, secret: expect.stringMatching(/^.{44}$/) });
    this.users.set(name, user);
    return user;
  }

  protected user(name: string): User {
    const user = this.users.get(name);
    if (user === undefined) throw new Error(`there is no ${name} yet`);
    return user;
  }

  /** The `Authorization` of the token that a user was given. */
  protected tokenOf(name: string): string {
    const token = this.tokens.get(name);
    if (token === undefined) throw new Error(`${name} has not logged in yet`);
    return token;
  }

  protected at(name: string): string {
    return `${this.account}/users/${this.user(name).id}`;
  }

  protected secretOf(name: string): string {
    return this.by(this.user(name).secret);
  }

  protected by(userSecret: string): string {
    return `User ${userSecret}, Organization ${this.organizationSecret}`;
  }
}
