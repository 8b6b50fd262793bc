import type { AccountRecord, OrganizationRecord, PasswordPolicy, UserRecord } from '../../state/records.ts';
import { externalKey, type State } from '../../state/state.ts';
import { UniqueError } from '../../state/table.ts';
import { foldCase } from '../../text/fold-case.ts';
import type { Caller, Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { isId } from '../is-id.ts';
import { type List, type ListQuery, list, type Source } from '../lists.ts';
import { presentOrganization, presentUser } from '../present.ts';
import { requireCovered } from '../roles/cover.ts';
import { grantRoles, requireNotAbove, requireSameRoles } from '../roles/roles.ts';
import type { View } from '../view.ts';
import { maxPreviousPasswords, requirePassword } from './passwords.ts';

/** What the rules of /accounts/{id}/users, /organizations/users and /users have in common. */

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

/** "A placeholder for the user's secure password" (seed 001); sent back in a change it means "unchanged". */
const placeholder = 'secured';

/** Adds an active user to an account, with a new secret. */
export function createUser(context: Context, caller: Caller, account: AccountRecord, body: UserCreate): UserRecord {
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
 * A password unlocks who has been locked out by wrong ones.
 *
 * @param expired whether the credentials have expired from now on. Default: they have not when a
 *   password is given, and are as they were else.
 */
export function updateUser(
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
 * A user by id or email (in any case of letters), among those that `belongs` lets through.
 *
 * @param includeInactive seed 000 finds inactive ones too.
 * @throws {NotFoundError} for one who does not exist and one who does not belong alike.
 */
export function findUser(
  { state }: Context,
  emailOrId: string,
  belongs: (user: UserRecord) => boolean,
  includeInactive = true,
): UserRecord {
  const user = lookUpUser(state, emailOrId);
  if (user === undefined || !belongs(user) || !(includeInactive || user.active)) {
    throw new NotFoundError(`No user found with ${isId(emailOrId) ? 'ID' : 'email'} ${emailOrId}`);
  }
  return user;
}

/** The user with this id or email, whichever the organization. */
export function lookUpUser(state: State, emailOrId: string): UserRecord | undefined {
  return isId(emailOrId) ? state.users.get(Number(emailOrId)) : state.users.find('email', foldCase(emailOrId));
}

/** Whose users a list shows. */
export type UserScope = { readonly account: AccountRecord } | { readonly organization: OrganizationRecord };

/**
 * The users of an account or an organization, newest id first (seed 002 lists 413 before 412).
 *
 * @param includeInactive seed 000 lists inactive ones too.
 * @throws {NotFoundError} when none matches (seed 000).
 */
export function listUsers(
  { state }: Context,
  findScope: () => UserScope,
  view: View<UserRecord>,
  query: ListQuery,
  includeInactive = true,
): List {
  const source = (scope: UserScope): Source<UserRecord> => {
    const [group, activeGroup, id, organizationId] =
      'account' in scope
        ? (['account', 'activeInAccount', scope.account.id, scope.account.organizationId] as const)
        : (['organization', 'activeInOrganization', scope.organization.id, scope.organization.id] as const);
    const { users } = state;
    return {
      ids: users.group(includeInactive ? group : activeGroup, id),
      order: 'descending',
      get: (user) => users.get(user),
      lookUp: (field, value) => {
        if (field === 'id') return [users.get(Number(value))];
        if (field === 'email') return [users.find('email', foldCase(value))];
        if (field !== 'externalId') return undefined;
        return users.group('externalId', externalKey(organizationId, value)).map((user) => users.get(user));
      },
      isListed: (user) =>
        (group === 'account' ? user.accountId : user.organizationId) === id && (includeInactive || user.active),
    };
  };
  const found = list(() => source(findScope()), view, query);
  if (found.total === 0) throw new NotFoundError('No users found');
  return found;
}

/**
 * Gives the caller a password of their own choice; their credentials have not expired any more.
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

/** A user without a lock, of whom no wrong passwords are known. */
export function unlocked({ accountLocked: _locked, failedLogins: _failed, ...user }: UserRecord): UserRecord {
  return user;
}

function newPassword(user: UserRecord, password: string, policy: PasswordPolicy): Partial<UserRecord> {
  const before = [...(user.password === undefined ? [] : [user.password]), ...(user.previousPasswords ?? [])];
  requirePassword(password, policy, user, before);
  const previousPasswords = before.slice(0, maxPreviousPasswords - 1);
  return { password, ...(previousPasswords.length === 0 ? {} : { previousPasswords }) };
}

/** Removes a user for good. @throws {ForbiddenError} for one above the caller. */
export function removeUser(context: Context, caller: Caller, user: UserRecord): void {
  requireNotAbove(user, context.state.accountOf(user), caller);
  context.state.deleteUser(user.id);
}

/** Deactivates a user; their tokens end with it. */
export function deactivateUser(context: Context, user: UserRecord): void {
  if (user.active) putUser(context, { ...user, active: false });
}

/**
 * Keeps a user. Bearer tokens end with the password or the secret they were given for, and when
 * the user is deactivated (spec section 6).
 */
export function putUser({ state }: Context, user: UserRecord): void {
  const before = state.users.get(user.id);
  requireOwnNames(state, user, before);
  try {
    state.users.put(user);
  } catch (error) {
    if (!(error instanceof UniqueError)) throw error;
    throw error.constraint === 'username' ? inUse('Username', user.username) : inUse('Email', user.email);
  }
  // Every password that is set makes another list of those before it.
  const hasPassword = user.password === before?.password && user.previousPasswords === before?.previousPasswords;
  if (!user.active || !hasPassword || user.secret !== before?.secret) state.endTokens(user.id);
}

/** People log in by either: nobody's user name is another one's email. */
function requireOwnNames({ users }: State, user: UserRecord, before: UserRecord | undefined): void {
  const { id, email, username } = user;
  const isOther = (found: UserRecord | undefined) => found !== undefined && found.id !== id;
  if (email !== before?.email && isOther(users.find('username', foldCase(email)))) throw inUse('Email', email);
  if (username === undefined || username === before?.username) return;
  if (isOther(users.find('email', foldCase(username)))) throw inUse('Username', username);
}

/** Who has it may be a user of another organization: nothing of them is told. */
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
