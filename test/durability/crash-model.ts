import type { Fixture } from '../../src/index.ts';

/**
 * The fields of a user that the harness knows; those that the emulator chooses are `undefined` until an answer has
 * them.
 */
export interface ModelUser {
  readonly id: number | undefined;
  readonly email: string;
  readonly secret: string | undefined;
  readonly password: string;
  readonly previousPasswords: readonly string[];
  readonly tokens: readonly (string | undefined)[];
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly loggedIn: boolean;
  /** One text in four fields, so that half a change shows. */
  readonly stamps: readonly (string | undefined)[];
}

export interface ModelAccount {
  readonly id: number | undefined;
  readonly externalId: string;
  readonly name: string;
  readonly description: string;
  readonly active: boolean;
  readonly users: readonly ModelUser[];
}

/** The accounts of the writers in a file, by external id, and the rest of the file as text. */
export interface Read {
  readonly accounts: ReadonlyMap<string, ModelAccount>;
  readonly rest: string;
}

type FixtureOrganization = Fixture['organizations'][number];
type FixtureAccount = NonNullable<FixtureOrganization['accounts']>[number];
type FixtureUser = NonNullable<FixtureAccount['users']>[number];

/** Whether an external id belongs to the writers. */
const isWriters = ({ externalId = '' }: FixtureAccount) => externalId.startsWith('writer-');

/** Reads a data file into the model. */
export function read(fixture: Fixture): Read {
  const accounts = fixture.organizations.flatMap((organization) => organization.accounts ?? []);
  const others = fixture.organizations.map((organization) => ({
    ...organization,
    accounts: organization.accounts?.filter((account) => !isWriters(account)),
  }));
  const models = accounts.filter(isWriters).map(readAccount);
  return {
    accounts: new Map(models.map((account) => [account.externalId, account])),
    rest: JSON.stringify(others),
  };
}

function readAccount({ id, externalId = '', name = '', description = '', active = true, users = [] }: FixtureAccount) {
  return { id, externalId, name, description, active, users: users.map(readUser) };
}

function readUser(user: FixtureUser): ModelUser {
  return {
    id: user.id,
    email: user.email,
    secret: user.secret,
    password: user.password ?? '',
    previousPasswords: user.previousPasswords ?? [],
    tokens: user.tokens ?? [],
    active: user.active ?? true,
    roles: user.roles ?? [],
    loggedIn: user.lastLoginDate !== undefined,
    stamps: [user.firstName, user.lastName, user.city, user.phone],
  };
}

/** The content of an answer. */
export interface Answer {
  readonly id?: number;
  readonly secret?: string;
  readonly token?: string;
  readonly message?: string;
}

/** A request that changes one account. */
export interface Change {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** The external id of the account that it changes. */
  readonly account: string;
  /** The account after the change; without an answer, its unknown fields are left open. */
  apply(answer?: Answer): ModelAccount;
}

/** Whether a found account has the known fields of the expected one. */
export function isSame(expected: ModelAccount | undefined, found: ModelAccount | undefined): boolean {
  if (expected === undefined || found === undefined) return expected === found;
  return JSON.stringify(fillIn(expected, found)) === JSON.stringify(found);
}

/** Takes unknown fields from the found record; without a number or secret the record does not match. */
function fillIn(expected: ModelAccount, found: ModelAccount): ModelAccount {
  const users = expected.users.map((user) => {
    const other = found.users.find(({ email }) => email === user.email);
    return {
      ...user,
      id: user.id ?? other?.id ?? 0,
      secret: user.secret ?? other?.secret ?? '',
      tokens: user.tokens.map((token, index) => token ?? other?.tokens[index] ?? ''),
    };
  });
  // A file lists users by id, which for the newest one may be unknown.
  return { ...expected, id: expected.id ?? found.id ?? 0, users: users.sort((one, two) => one.id - two.id) };
}

/** Everything in an account that must never be given twice. */
export function given({ id, secret, token }: Answer, path: string): string[] {
  const kind = path === '/accounts' ? 'account' : 'user';
  return [
    ...(token === undefined && id !== undefined ? [`${kind} ${id}`] : []),
    ...(secret === undefined ? [] : [`secret ${secret}`]),
    ...(token === undefined ? [] : [`token ${token}`]),
  ];
}

/** The next random change of a writer to one of its own accounts. */
export function nextChange(own: readonly ModelAccount[], writer: string, count: number, random: () => number): Change {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const stamp = `s${writer}x${count}`;
  const open = own.filter(({ active, id }) => active && id !== undefined);
  const account = pick(open);
  if (account === undefined || open.length < 2) return createAccount(`writer-${writer}-${count}`, stamp);
  const users = account.users.filter(({ active }) => active);
  const user = pick(users);
  const change = (replace: (user: ModelUser, answer?: Answer) => ModelUser | undefined, of: ModelUser) => ({
    account: account.externalId,
    apply: (answer?: Answer): ModelAccount => ({
      ...account,
      users: account.users.flatMap((each) => (each === of ? (replace(each, answer) ?? []) : [each])),
    }),
  });
  const path = `/accounts/${account.id}`;
  if (user === undefined || users.length < 3) return createUser(account, `u${stamp}@writer.example`, stamp);

  const die = random();
  if (die < 0.2) {
    const body = { firstName: stamp, lastName: stamp, city: stamp, phone: stamp };
    const stamps = [stamp, stamp, stamp, stamp];
    return { method: 'PATCH', path: `${path}/users/${user.id}`, body, ...change((old) => ({ ...old, stamps }), user) };
  }
  if (die < 0.4) {
    const body = { username: user.email, password: user.password };
    const logIn = (old: ModelUser, answer?: Answer) => ({
      ...old,
      loggedIn: true,
      tokens: [...old.tokens, answer?.token],
    });
    return { method: 'POST', path: '/authentication', body, ...change(logIn, user) };
  }
  if (die < 0.5) {
    const password = `Pw!${count}-${Math.floor(random() * 1e9)}`;
    const set = (old: ModelUser) => ({
      ...old,
      password,
      tokens: [],
      previousPasswords: [old.password, ...old.previousPasswords].slice(0, 8),
    });
    return { method: 'PATCH', path: `${path}/users/${user.id}`, body: { password }, ...change(set, user) };
  }
  if (die < 0.6) {
    const has = user.roles.includes('default-user');
    const roles = has ? user.roles.filter((role) => role !== 'default-user') : [...user.roles, 'default-user'];
    const method = has ? 'DELETE' : 'PUT';
    return { method, path: `/users/${user.id}/roles/default-user`, ...change((old) => ({ ...old, roles }), user) };
  }
  if (die < 0.68) return { method: 'DELETE', path: `${path}/users/${user.id}`, ...change(() => undefined, user) };
  if (die < 0.76) return createUser(account, `u${stamp}@writer.example`, stamp);
  if (die < 0.84) {
    const body = { name: stamp, description: stamp };
    return { method: 'PATCH', path, body, account: account.externalId, apply: () => ({ ...account, ...body }) };
  }
  if (die < 0.92) {
    const closed = account.users.map((each) => ({ ...each, active: false, tokens: [] }));
    const apply = () => ({ ...account, active: false, users: closed });
    return { method: 'DELETE', path, account: account.externalId, apply };
  }
  return {
    method: 'PATCH',
    path: `${path}?permanent=true`,
    body: { active: false },
    account: account.externalId,
    apply: () => ({ ...account, active: false, users: [] }),
  };
}

function createAccount(externalId: string, stamp: string): Change {
  const body = { externalId, name: stamp, description: stamp };
  const apply = (answer?: Answer) => ({ id: answer?.id, ...body, active: true, users: [] });
  const ordered = (answer?: Answer): ModelAccount => {
    const { id, name, description, active, users } = apply(answer);
    return { id, externalId, name, description, active, users };
  };
  return { method: 'POST', path: '/accounts', body, account: externalId, apply: ordered };
}

function createUser(account: ModelAccount, email: string, stamp: string): Change {
  const password = 'Pw!0';
  const body = { firstName: stamp, lastName: stamp, city: stamp, phone: stamp, email, password };
  const apply = (answer?: Answer): ModelAccount => {
    const user: ModelUser = {
      id: answer?.id,
      email,
      secret: answer?.secret,
      password,
      previousPasswords: [],
      tokens: [],
      active: true,
      roles: [],
      loggedIn: false,
      stamps: [stamp, stamp, stamp, stamp],
    };
    return { ...account, users: [...account.users, user] };
  };
  return { method: 'POST', path: `/accounts/${account.id}/users`, body, account: account.externalId, apply };
}
