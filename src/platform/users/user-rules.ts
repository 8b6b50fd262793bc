import type { AccountRecord, PasswordPolicy, UserRecord } from '../../state/records.ts';
import type { State } from '../../state/state.ts';
import { UniqueError } from '../../state/table.ts';
import { foldCase } from '../../text/fold-case.ts';
import type { Caller, Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { presentOrganization, presentUser } from '../present.ts';
import { requireCovered } from '../roles/cover.ts';
import { grantRoles, requireNotAbove, requireSameRoles } from '../roles/roles.ts';
import { maxPreviousPasswords, requirePassword } from './passwords.ts';

/** How the rules of /accounts/{id}/users, /organizations/users and /users change users. */

type Settable = 'firstName' | 'lastName' | 'email' | 'password' | 'username' | 'createdDate';
type Address = 'city' | 'country' | 'phone' | 'postalCode' | 'stateProvince' | 'street1' | 'street2';

/** The fields of a user that a request can set; absent fields stay unchanged. */
export interface UserFields extends Partial<Pick<UserRecord, Settable | Address>> {
  readonly roles?: readonly { readonly key: string }[];
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

/** "A placeholder for the user's secure password" (seed 001); sent back in a change it means "unchanged". */
const placeholder = 'secured';

/** Adds an active user to an account, with a new secret. */
export function addUser(context: Context, caller: Caller, account: AccountRecord, body: UserCreate): UserRecord {
  const { state, clock, ids } = context;
  const { roles = [], ...fields } = body;
  if (fields.password !== undefined) {
    requirePassword(fields.password, presentOrganization(context, caller).passwordPolicy, fields);
  }
  const granted = grantRoles(keysOf(roles), caller, [], account);
  requireCovered(account.roles, account, caller, `Users of account ${account.id} have`);
  requireActive(account);
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
    putUser(context, user);
    return user;
  });
}

/**
 * Changes a user.
 *
 * A new password unlocks a user who was locked by wrong ones.
 *
 * @param expired whether the credentials count as expired from now on. Default: false when a password is given,
 *   otherwise as before.
 */
export function changeUser(
  context: Context,
  caller: Caller,
  user: UserRecord,
  body: UserUpdate,
  expired = setsPassword(body) ? false : user.credentialsExpired,
): UserRecord {
  const account = context.state.accountOf(user);
  requireNotAbove(user, account, caller);
  const { roles, password: _password, ...fields } = body;
  const before = setsPassword(body) ? unlocked(user) : user;
  const renamed: UserRecord = { ...before, ...fields, credentialsExpired: expired };
  const changed: UserRecord = {
    ...renamed,
    ...(setsPassword(body)
      ? newPassword(renamed, body.password, presentOrganization(context, caller).passwordPolicy)
      : {}),
    ...(roles === undefined ? {} : { roles: grantRoles(keysOf(roles), caller, user.roles, account) }),
  };
  if (user.id === caller.user.id) requireSameRoles(user.roles, changed.roles);
  if (body.active === true && !user.active) requireActive(account);
  putUser(context, changed);
  return changed;
}

/** Whether a change gives the user a password. */
function setsPassword(body: UserUpdate): body is UserUpdate & { readonly password: string } {
  return body.password !== undefined && body.password !== placeholder;
}

/**
 * Sets the password that callers chose for themselves; their credentials are not expired any more.
 *
 * @throws {BadRequestError} for one that the organization's policy does not allow.
 */
export function setPassword(context: Context, caller: Caller, password: string): UserRecord {
  const user = presentUser(context, caller);
  const changed = {
    ...unlocked(user),
    ...newPassword(user, password, presentOrganization(context, caller).passwordPolicy),
    credentialsExpired: false,
  };
  putUser(context, changed);
  return changed;
}

/** The user without a lock, and with the count of wrong passwords at zero. */
export function unlocked({ accountLocked: _locked, failedLogins: _failed, ...user }: UserRecord): UserRecord {
  return user;
}

function newPassword(user: UserRecord, password: string, policy: PasswordPolicy): Partial<UserRecord> {
  const before = [...(user.password === undefined ? [] : [user.password]), ...(user.previousPasswords ?? [])];
  requirePassword(password, policy, user, before);
  const previousPasswords = before.slice(0, maxPreviousPasswords - 1);
  return { password, ...(previousPasswords.length === 0 ? {} : { previousPasswords }) };
}

/** Removes a user for good. @throws {ForbiddenError} for a user above the caller. */
export function removeUser(context: Context, caller: Caller, user: UserRecord): void {
  requireNotAbove(user, context.state.accountOf(user), caller);
  context.state.deleteUser(user.id);
}

/** Deactivates a user, whose tokens become invalid. */
export function deactivateUser(context: Context, user: UserRecord): void {
  if (user.active) putUser(context, { ...user, active: false });
}

/**
 * Stores a user. The user's Bearer tokens become invalid when the password or the secret changes, or the user is
 * deactivated (row `token-end`).
 */
export function putUser({ state }: Context, user: UserRecord): void {
  const before = state.users.get(user.id);
  requireUniqueNames(state, user, before);
  try {
    state.users.put(user);
  } catch (error) {
    if (!(error instanceof UniqueError)) throw error;
    throw error.constraint === 'username' ? inUse('Username', user.username) : inUse('Email', user.email);
  }
  // Setting the same password again changes the list of previous ones.
  const hasPassword = user.password === before?.password && user.previousPasswords === before?.previousPasswords;
  if (!user.active || !hasPassword || user.secret !== before?.secret) state.endTokens(user.id);
}

/** A username cannot be the email of another user, because users log in by either. */
function requireUniqueNames({ users }: State, user: UserRecord, before: UserRecord | undefined): void {
  const { id, email, username } = user;
  const isOther = (found: UserRecord | undefined) => found !== undefined && found.id !== id;
  if (email !== before?.email && isOther(users.find('username', foldCase(email)))) throw inUse('Email', email);
  if (username === undefined || username === before?.username) return;
  if (isOther(users.find('email', foldCase(username)))) throw inUse('Username', username);
}

/** The other user may be of another organization, so that the message says nothing about them. */
function inUse(what: string, value: string | undefined): ConflictError {
  return new ConflictError(`${what} '${value}' is in use already.`);
}

function requireActive(account: AccountRecord): void {
  if (account.active) return;
  throw new ConflictError(`Account ${account.id} is not active: reactivate it before its users.`);
}

function keysOf(roles: readonly { readonly key: string }[]): string[] {
  return roles.map(({ key }) => key);
}
