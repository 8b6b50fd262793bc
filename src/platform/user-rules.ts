import { createHash, timingSafeEqual } from 'node:crypto';
import { foldCase } from '../fold-case.ts';
import type { AccountRecord, UserRecord } from '../store/records.ts';
import { externalKey, type State } from '../store/state.ts';
import { UniqueError } from '../store/table.ts';
import { ConflictError, NotFoundError } from './errors.ts';
import { type List, type ListQuery, list } from './lists.ts';
import { grantRoles } from './roles.ts';
import type { View } from './views.ts';
import type { Caller, World } from './world.ts';

/** What the rules of /accounts/{id}/users and /organizations/users have in common. */

/** The fields of a user that a request can set; one that is absent stays as it is. */
export interface UserFields {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly password?: string;
  readonly username?: string;
  readonly roles?: readonly { readonly key: string }[];
  readonly city?: string;
  readonly country?: string;
  readonly phone?: string;
  readonly postalCode?: string;
  readonly stateProvince?: string;
  readonly street1?: string;
  readonly street2?: string;
  /** Epoch milliseconds. */
  readonly createdDate?: number;
}

/** A request for a new user. */
export interface UserCreate extends UserFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** A request that changes a user. */
export interface UserUpdate extends UserFields {
  readonly active?: boolean;
  readonly externalId?: string;
}

/** What stands for every password in a body; echoed in a change it means "unchanged". */
const placeholder = 'secured';

/** Adds an active user to an account, with a new secret. */
export function createUser(world: World, caller: Caller, account: AccountRecord, body: UserCreate): UserRecord {
  const { state, clock, ids } = world;
  requireActive(account);
  const { roles = [], ...fields } = body;
  const granted = grantRoles(keysOf(roles), caller.user.roles, [], account.defaultAccount);
  return state.attempt(() => {
    const user: UserRecord = {
      createdDate: clock.now(),
      ...fields,
      id: state.nextId('user'),
      organizationId: account.organizationId,
      accountId: account.id,
      active: true,
      secret: state.nextSecret(ids.userSecret),
      roles: granted,
      credentialsExpired: false,
    };
    putUser(world, user);
    return user;
  });
}

/**
 * Changes a user.
 *
 * @param expired whether the credentials have expired from now on; unchanged when absent.
 */
export function updateUser(
  world: World,
  caller: Caller,
  user: UserRecord,
  body: UserUpdate,
  expired = user.credentialsExpired,
): UserRecord {
  const account = accountOf(world, user);
  if (body.active === true && !user.active) requireActive(account);
  const { roles, password, ...fields } = body;
  const changed: UserRecord = {
    ...user,
    ...fields,
    ...(setsPassword(body) ? { password } : {}),
    roles:
      roles === undefined
        ? user.roles
        : grantRoles(keysOf(roles), caller.user.roles, user.roles, account.defaultAccount),
    credentialsExpired: expired,
  };
  putUser(world, changed);
  return changed;
}

/** Whether a change gives the user a password. */
export function setsPassword(body: UserUpdate): body is UserUpdate & { readonly password: string } {
  return body.password !== undefined && body.password !== placeholder;
}

/**
 * A user by id or email (in any case of letters), among those that `belongs` lets through.
 *
 * @throws {NotFoundError} for one who does not exist and one who does not belong alike.
 */
export function findUser({ state }: World, emailOrId: string, belongs: (user: UserRecord) => boolean): UserRecord {
  const user = lookUpUser(state, emailOrId);
  if (user === undefined || !belongs(user)) {
    throw new NotFoundError(`No user found with ${isId(emailOrId) ? 'ID' : 'email'} ${emailOrId}`);
  }
  return user;
}

/** The user with this id or email, whichever the organisation. */
export function lookUpUser(state: State, emailOrId: string): UserRecord | undefined {
  return isId(emailOrId) ? state.users.get(Number(emailOrId)) : state.users.find('email', foldCase(emailOrId));
}

function isId(emailOrId: string): boolean {
  return /^-?\d+$/.test(emailOrId);
}

/**
 * The users of an account, newest id first (seed 002 lists 413 before 412), inactive ones too.
 *
 * @throws {NotFoundError} when none matches (seed 000).
 */
export function listUsers({ state }: World, account: AccountRecord, view: View<UserRecord>, query: ListQuery): List {
  const { users } = state;
  const source = {
    ids: users.group('account', account.id),
    order: 'descending' as const,
    get: (id: number) => users.get(id),
    lookUp: (field: string, value: string) => {
      if (field === 'id') return [users.get(Number(value))];
      if (field === 'email') return [users.find('email', foldCase(value))];
      if (field !== 'externalId') return undefined;
      return users.group('externalId', externalKey(account.organizationId, value)).map((id) => users.get(id));
    },
    belongs: (user: UserRecord) => user.accountId === account.id,
  };
  const found = list(source, view, query);
  if (found.total === 0) throw new NotFoundError('No users found');
  return found;
}

/** Whether this is the user's password; how long the answer takes tells nothing of it. */
export function isPassword(user: UserRecord, password: string | undefined): boolean {
  if (password === undefined || user.password === undefined) return false;
  return timingSafeEqual(digest(password), digest(user.password));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function putUser({ state }: World, user: UserRecord): void {
  try {
    state.users.put(user);
  } catch (error) {
    if (!(error instanceof UniqueError)) throw error;
    // Who has the email may be a user of another organisation: nothing of them is told.
    throw new ConflictError(`Email '${user.email}' is in use already.`);
  }
}

function requireActive(account: AccountRecord): void {
  if (account.active) return;
  throw new ConflictError(`Account ${account.id} is not active: reactivate it before its users.`);
}

function accountOf({ state }: World, user: UserRecord): AccountRecord {
  const account = state.accounts.get(user.accountId);
  if (account === undefined) throw new Error(`user ${user.id} has no account`);
  return account;
}

function keysOf(roles: readonly { readonly key: string }[]): string[] {
  return roles.map(({ key }) => key);
}
