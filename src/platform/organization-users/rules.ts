import type { AccountRecord, UserRecord } from '../../state/records.ts';
import type { Caller, Context } from '../context.ts';
import type { List, ListQuery } from '../lists.ts';
import { findUser, listUsersOf } from '../users/find-users.ts';
import { isPassword } from '../users/passwords.ts';
import type { Retrieved } from '../users/schemas.ts';
import { addUser, changeUser, removeUser, type UserCreate, type UserUpdate } from '../users/user-rules.ts';
import { organizationUserView } from './views.ts';

/** The rules of /organizations/users (seed 002). */

/** Lists the users of the default account. */
export function listOrganizationUsers(
  context: Context,
  caller: Caller,
  query: ListQuery,
  includeInactive: boolean,
): List {
  const findScope = () => ({ account: defaultAccountOf(context, caller) });
  return listUsersOf(context, findScope, organizationUserView, query, includeInactive);
}

/** "Create a user under the default organization account." */
export function createOrganizationUser(context: Context, caller: Caller, body: UserCreate): UserRecord {
  return addUser(context, caller, defaultAccountOf(context, caller), body);
}

export function getOrganizationUser(
  context: Context,
  caller: Caller,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Retrieved {
  const user = findOrganizationUser(context, caller, emailOrId, includeInactive);
  return { user, isPasswordRight: isPassword(user, password) };
}

/** The user's credentials count as expired from now on, until a password is set (seed 002). */
export function updateOrganizationUser(context: Context, caller: Caller, id: string, body: UserUpdate): UserRecord {
  return changeUser(context, caller, findOrganizationUser(context, caller, id), body, true);
}

export function deleteOrganizationUser(context: Context, caller: Caller, id: string): void {
  removeUser(context, caller, findOrganizationUser(context, caller, id));
}

/** Any user "within your organization", whichever the account. */
function findOrganizationUser(context: Context, caller: Caller, emailOrId: string, includeInactive = true): UserRecord {
  return findUser(context, emailOrId, (user) => user.organizationId === caller.organization.id, includeInactive);
}

/** Not the caller's account: privileges open these operations to callers of other accounts too. */
function defaultAccountOf({ state }: Context, { organization }: Caller): AccountRecord {
  const [id = Number.NaN] = state.accounts.group('default', organization.id);
  const account = state.accounts.get(id);
  if (account === undefined) throw new Error(`organization ${organization.id} has no default account`);
  return account;
}
