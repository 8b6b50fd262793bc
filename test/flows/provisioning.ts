import { Customer, passwords, type User } from './customer.ts';

/** A provisioning client as one would write it against the platform, with nothing but a host and a login. */

type Secrets = { readonly userSecret: string; readonly organizationSecret: string };

const ids = (...list: number[]) => list.map((id) => expect.objectContaining({ id }));
const anyMessage = expect.any(String);

export class Provisioning extends Customer {
  /** The `Authorization` of the organization administrator, and of that of the account. */
  #boss = '';
  #chief = '';

  /** Plays the whole life of a customer; every name is that of a step that has been made. */
  async *play(): AsyncGenerator<string, void> {
    const steps: [string, () => Promise<void>][] = [
      ['logs in by password', () => this.#logIn()],
      ['fetches the secrets', () => this.#fetchSecrets()],
      ['creates an account', () => this.#createAccount()],
      ['creates its administrator', () => this.#createChief()],
      ['creates users as that administrator', () => this.#createUsers()],
      ['lists them page by page', () => this.#listUsers()],
      ['finds one by where', () => this.#findUser()],
      ['assigns and revokes a role', () => this.#assignRole()],
      ['assigns and revokes a role of the account', () => this.#assignAccountRole()],
      ['changes the password policy', () => this.#changePolicy()],
      ['changes a password', () => this.#changePassword()],
      ['rotates a secret', () => this.#rotateSecret()],
      ['logs in as everybody', () => this.#logInAll()],
      ['deactivates the account', () => this.#deactivate()],
      ['reactivates the account', () => this.#reactivate()],
      ['reactivates one user', () => this.#reactivateUser()],
      ['removes the users for good', () => this.#remove()],
    ];
    for (const [name, step] of steps) {
      await step();
      yield name;
    }
  }

  async #logIn() {
    const { username, password } = this.login;
    await this.refuseLogIn(username, `${password}?`);
    const body = { username, password };
    const session = await this.ok<{ token: string }>('', 'POST', '/authentication', { body });
    expect(session).toMatchObject({ username, organizationAdmin: true, accountAdmin: false });
    this.#boss = `Bearer ${session.token}`;
  }

  async #fetchSecrets() {
    const secrets = await this.ok<Secrets>(this.#boss, 'GET', '/authentication/secrets');
    const seenByToken = await this.ok(this.#boss, 'GET', '/organizations/me');
    this.organizationSecret = secrets.organizationSecret;
    this.#boss = this.by(secrets.userSecret);
    expect(await this.ok(this.#boss, 'GET', '/organizations/me')).toEqual(seenByToken);
  }

  async #createAccount() {
    const body = { externalId: 'customer-7', name: 'Customer Seven' };
    const account = await this.ok<{ id: number }>(this.#boss, 'POST', '/accounts', { body });
    expect(account).toMatchObject({ ...body, description: 'customer-7', active: true, defaultAccount: false });
    this.account = `/accounts/${account.id}`;
    await this.refused(409, expect.stringContaining("'customer-7'"), this.#boss, 'POST', '/accounts', { body });
    const found = await this.ok(this.#boss, 'GET', "/accounts?where=externalId='customer-7'");
    expect(found).toEqual(ids(account.id));
  }

  async #createChief() {
    const chief = await this.create(this.#boss, 'chief', { roles: [{ key: 'admin' }] });
    expect(this.last.body).toMatchObject({ roles: [{ key: 'admin' }, { key: 'org' }], password: 'secured' });
    this.#chief = await this.logInAs('chief');
    expect(this.last.body).toMatchObject({ accountAdmin: true, organizationAdmin: false });
    await this.isUnauthorized(this.#chief, 'GET', '/accounts');
    expect(await this.ok(this.#chief, 'GET', `${this.account}/users`)).toEqual(ids(chief.id));
  }

  async #createUsers() {
    for (const name of ['ada', 'bea', 'cyd', 'dot', 'eve']) await this.create(this.#chief, name, {});
    const again = { firstName: 'A', lastName: 'B', email: `ADA@${this.login.domain}`, password: passwords.first };
    const inUse = expect.stringContaining(again.email);
    await this.refused(409, inUse, this.#chief, 'POST', `${this.account}/users`, { body: again });
  }

  async #listUsers() {
    const newestFirst = [...this.users.values()].map(({ id }) => id).reverse();
    for (const list of [`${this.account}/users`, '/users']) {
      const found: unknown[] = [];
      let next: string | null = '';
      while (next !== null && found.length < 100) {
        found.push(
          ...(await this.ok<unknown[]>(this.#chief, 'GET', `${list}?pageSize=4${next && `&nextPage=${next}`}`)),
        );
        expect(this.last.total).toBe('6');
        next = this.last.next;
      }
      expect(found).toEqual(ids(...newestFirst));
    }
  }

  async #findUser() {
    const { id, email } = this.user('bea');
    const where = (ceql: string) => `${this.account}/users?where=${encodeURIComponent(ceql)}`;
    expect(await this.ok(this.#chief, 'GET', where(`email='${email}'`))).toEqual(ids(id));
    expect(await this.ok(this.#chief, 'GET', where("firstName LIKE 'b%' AND active=true"))).toEqual(ids(id));
    await this.refused(404, 'No users found', this.#chief, 'GET', where("firstName='Nobody'"));
    expect(await this.ok(this.#chief, 'GET', `/users/${email}`)).toMatchObject({ id });
  }

  async #assignRole() {
    const { id, secret } = this.user('bea');
    const role = `/users/${id}/roles/admin`;
    await this.isUnauthorized(this.by(secret), 'GET', '/users');
    expect(await this.ok(this.#chief, 'PUT', role)).toMatchObject({ id: 3, key: 'admin' });
    await this.refused(409, anyMessage, this.#chief, 'PUT', role);
    expect(await this.ok(this.#chief, 'GET', `/users/${id}/roles`)).toEqual(ids(3, 2717));
    expect(await this.ok(this.by(secret), 'GET', '/users')).toHaveLength(6);
    expect(await this.ok(this.#chief, 'DELETE', role)).toMatchObject({ key: 'admin' });
    await this.isUnauthorized(this.by(secret), 'GET', '/users');
    await this.refused(403, anyMessage, this.#chief, 'PUT', `/users/${id}/roles/org-admin`);
  }

  async #assignAccountRole() {
    const role = `${this.account}/roles/default-user`;
    const roles = `/users/${this.user('cyd').id}/roles`;
    expect(await this.ok(this.#boss, 'PUT', role)).toMatchObject({ key: 'default-user' });
    expect(await this.ok(this.#chief, 'GET', roles)).toEqual(ids(2717, 16339));
    await this.isUnauthorized(this.#chief, 'DELETE', role);
    await this.ok(this.#boss, 'DELETE', role);
    expect(await this.ok(this.#chief, 'GET', roles)).toEqual(ids(2717));
  }

  async #changePolicy() {
    const path = '/organizations/password-policies';
    const policy = { minLength: 12, minNumbers: 2 };
    const isWeak = expect.stringMatching(/at least 12 characters/);
    await this.refused(403, anyMessage, this.#chief, 'PUT', path, { body: policy });
    expect(await this.ok(this.#boss, 'PUT', path, { body: policy })).toMatchObject(policy);
    expect(await this.ok(this.#chief, 'GET', '/organizations/me')).toMatchObject({ passwordPolicy: policy });
    const weak = { password: passwords.weak };
    const fay = { body: { firstName: 'Fay', lastName: 'New', email: `fay@${this.login.domain}`, ...weak } };
    await this.refused(400, isWeak, this.#chief, 'POST', `${this.account}/users`, fay);
    await this.refused(400, isWeak, this.#chief, 'PATCH', this.at('dot'), { body: weak });
    await this.refused(400, isWeak, this.secretOf('dot'), 'POST', '/authentication/passwords', { body: weak });
    // A refused call changed nothing.
    await this.refused(404, anyMessage, this.#chief, 'GET', `/users/${fay.body.email}`);
    await this.logInAs('dot');
  }

  async #changePassword() {
    const body = { password: passwords.second };
    await this.ok(this.secretOf('eve'), 'POST', '/authentication/passwords', { body });
    await this.refuseLogIn(this.user('eve').email, passwords.first);
    await this.logInAs('eve', passwords.second);
  }

  async #rotateSecret() {
    const old = this.user('cyd');
    const as = this.by(old.secret);
    const { userSecret } = await this.ok<Secrets>(as, 'POST', '/authentication/user-secret-reset');
    await this.isUnauthorized(as);
    await this.ok(this.by(userSecret), 'GET', '/organizations/me');
    const shown = await this.ok(this.#chief, 'GET', this.at('cyd'), { password: passwords.first });
    expect(shown).toMatchObject({ secret: userSecret });
    this.oldSecret = old.secret;
    this.users.set('cyd', { ...old, secret: userSecret });
  }

  async #logInAll() {
    for (const name of this.users.keys()) {
      const token = await this.logInAs(name, name === 'eve' ? passwords.second : passwords.first);
      this.tokens.set(name, token);
      for (const as of [token, this.secretOf(name)]) await this.ok(as, 'GET', '/organizations/me');
    }
  }

  async #deactivate() {
    expect(await this.ok(this.#boss, 'PATCH', this.account, { body: { active: false } })).toMatchObject({
      active: false,
    });
    expect(await this.ok(this.#boss, 'GET', "/accounts?where=externalId='customer-7'")).toEqual([]);
    await this.areDead(...this.users.keys());
  }

  async #reactivate() {
    expect(await this.ok(this.#boss, 'PATCH', this.account, { body: { active: true } })).toMatchObject({
      active: true,
    });
    await this.areDead(...this.users.keys());
  }

  async #reactivateUser() {
    await this.ok(this.#boss, 'PATCH', this.at('cyd'), { body: { active: true } });
    await this.ok(this.secretOf('cyd'), 'GET', '/organizations/me');
    await this.isUnauthorized(this.by(this.oldSecret));
    await this.isUnauthorized(this.tokenOf('cyd'));
    await this.ok(await this.logInAs('cyd'), 'GET', '/organizations/me');
    await this.areDead(...[...this.users.keys()].filter((name) => name !== 'cyd'));
  }

  async #remove() {
    await this.ok(this.#boss, 'PATCH', `${this.account}?permanent=true`, { body: { active: false } });
    await this.refused(404, 'No users found', this.#boss, 'GET', `${this.account}/users`);
    await this.areDead(...this.users.keys());
    // The emails are free again.
    const { email } = this.user('ada');
    const body = { firstName: 'Ada', lastName: 'Again', email };
    const { id } = await this.ok<User>(this.#boss, 'POST', '/organizations/users', { body });
    await this.ok(this.#boss, 'DELETE', `/organizations/users/${id}`);
  }
}
