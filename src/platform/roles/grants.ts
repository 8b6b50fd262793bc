import type { AccountRecord, RoleKey, UserRecord } from '../../state/records.ts';
import { reaches } from '../access.ts';
import { unknownAccount } from '../accounts/rules.ts';
import type { Caller, Context } from '../context.ts';
import { BadRequestError, ConflictError, ForbiddenError, NotFoundError } from '../errors.ts';
import type { List, ListQuery } from '../lists.ts';
import { presentOrganization } from '../present.ts';
import { findUser } from '../users/find-users.ts';
import { putUser } from '../users/user-rules.ts';
import { listRoles, roleIn } from './organization-rules.ts';
import type { UserAct } from './privileges.ts';
import { effectiveRoles, ownRoles, requireKnown, requireNotAbove, requirePlace, requireWithin } from './roles.ts';
import type { RoleRecord } from './views.ts';

/**
 * The rules of /users/{id}/roles and /accounts/{id}/roles (vendor docs).
 *
 * They check in this order (row `role-check-order`): unknown key 400, unknown target 404, a target in another
 * organization 403, the caller as the target (or the caller's account) 403, a role above the caller's own 403, a user
 * with such a role 403, `org-admin` outside the default account 400; then, for users, a role that was granted
 * already 409, and a role to revoke that was not granted 404.
 */

/** Lists the user's own roles and the account's; callers may ask for themselves. */
export function listUserRoles(context: Context, caller: Caller, id: string, query: ListQuery): List {
  const findKeys = () => {
    const user = findTarget(context, caller, id, 'view');
    return [...effectiveRoles(user, context.state.accountOf(user)), 'org' as const];
  };
  return listRoles(presentOrganization(context, caller), findKeys, query);
}

export function grantUserRole(context: Context, caller: Caller, id: string, key: string): RoleRecord {
  const { user, role } = checkUserRole(context, caller, id, key);
  if (role === 'org' || user.roles.includes(role))
    throw new ConflictError(`User ${user.id} has role '${key}' already.`);
  putUser(context, { ...user, roles: [...user.roles, role] });
  return roleIn(presentOrganization(context, caller), role);
}

export function revokeUserRole(context: Context, caller: Caller, id: string, key: string): RoleRecord {
  const { user, role } = checkUserRole(context, caller, id, key);
  const roles = without(user.roles, role, `user ${user.id} itself`);
  putUser(context, { ...user, roles });
  return roleIn(presentOrganization(context, caller), role);
}

/** Lists the roles that were granted to the account: `org` belongs to users (row `account-roles`). */
export function listAccountRoles(context: Context, caller: Caller, id: string, query: ListQuery): List {
  return listRoles(presentOrganization(context, caller), () => findTargetAccount(context, caller, id).roles, query);
}

export function getAccountRole(context: Context, caller: Caller, id: string, key: string): RoleRecord {
  requireKnown(key);
  const account = findTargetAccount(context, caller, id);
  const role = account.roles.find((granted) => granted === key);
  if (role === undefined) throw notGranted(key, `account ${account.id}`);
  return roleIn(presentOrganization(context, caller), role);
}

/**
 * Grants a role to every user of the account. Granting `org`, or a role that the account has already, changes nothing.
 */
export function grantAccountRole(context: Context, caller: Caller, id: string, key: string): RoleRecord {
  const { account, role } = checkAccountRole(context, caller, id, key);
  if (role !== 'org' && !account.roles.includes(role)) {
    context.state.accounts.put({ ...account, roles: [...account.roles, role] });
  }
  return roleIn(presentOrganization(context, caller), role);
}

export function revokeAccountRole(context: Context, caller: Caller, id: string, key: string): RoleRecord {
  const { account, role } = checkAccountRole(context, caller, id, key);
  context.state.accounts.put({ ...account, roles: without(account.roles, role, `account ${account.id}`) });
  return roleIn(presentOrganization(context, caller), role);
}

function checkUserRole(context: Context, caller: Caller, id: string, key: string): { user: UserRecord; role: RoleKey } {
  requireKnown(key);
  const user = findTarget(context, caller, id, 'edit');
  if (user.id === caller.user.id) throw ownRoles();
  const account = context.state.accountOf(user);
  const role = requireWithin(key, caller, account);
  requireNotAbove(user, account, caller);
  requirePlace(role, account);
  return { user, role };
}

function checkAccountRole(
  context: Context,
  caller: Caller,
  id: string,
  key: string,
): { account: AccountRecord; role: RoleKey } {
  requireKnown(key);
  const account = findTargetAccount(context, caller, id);
  if (account.id === caller.account.id) throw new ForbiddenError('Users cannot change the roles of their own account.');
  const role = requireWithin(key, caller, account);
  requirePlace(role, account);
  return { account, role };
}

/** Only these operations say that an id belongs to another organization. */
function findTarget(context: Context, caller: Caller, id: string, act: UserAct): UserRecord {
  const user = findUser(context, id, (found) => isForeign(caller, found) || reaches(caller, act, found));
  if (isForeign(caller, user)) throw new ForbiddenError(`User ${id} is of another organization.`);
  return user;
}

function findTargetAccount(context: Context, caller: Caller, id: string): AccountRecord {
  const account = context.state.accounts.get(Number(id));
  if (account === undefined) throw unknownAccount(id);
  if (isForeign(caller, account)) throw new ForbiddenError(`Account ${id} is of another organization.`);
  return account;
}

function isForeign(caller: Caller, { organizationId }: UserRecord | AccountRecord): boolean {
  return organizationId !== caller.organization.id;
}

function without(granted: readonly RoleKey[], role: RoleKey, from: string): RoleKey[] {
  if (role === 'org') throw new BadRequestError("Role 'org' is everybody's and cannot be revoked.");
  if (!granted.includes(role)) throw notGranted(role, from);
  return granted.filter((key) => key !== role);
}

function notGranted(key: string, to: string): NotFoundError {
  return new NotFoundError(`Role '${key}' is not granted to ${to}.`);
}
