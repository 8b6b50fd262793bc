import type { UserRecord } from '../../state/records.ts';
import { getAccount } from '../accounts/rules.ts';
import type { Caller, Context } from '../context.ts';
import type { List, ListQuery } from '../lists.ts';
import { findUser, listUsersOf } from '../users/find-users.ts';
import { isPassword } from '../users/passwords.ts';
import type { Retrieved } from '../users/schemas.ts';
import { addUser, changeUser, removeUser, type UserCreate, type UserUpdate } from '../users/user-rules.ts';
import { accountUserListView } from './views.ts';

/** The rules of /accounts/{id}/users (seeds 000 and 001). */

export function listAccountUsers(
  context: Context,
  caller: Caller,
  accountId: string,
  query: ListQuery,
  includeInactive: boolean,
): List {
  const findScope = () => ({ account: getAccount(context, caller, accountId) });
  return listUsersOf(context, findScope, accountUserListView, query, includeInactive);
}

export function createAccountUser(context: Context, caller: Caller, accountId: string, body: UserCreate): UserRecord {
  return addUser(context, caller, getAccount(context, caller, accountId), body);
}

/** "If you include the correct password the response body includes the user secret" (seed 001); a wrong one has no effect. */
export function getAccountUser(
  context: Context,
  caller: Caller,
  accountId: string,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Retrieved {
  const user = findAccountUser(context, caller, accountId, emailOrId, includeInactive);
  return { user, isPasswordRight: isPassword(user, password) };
}

/** A password set here ends the expiry that a change through /organizations/users or /users began. */
export function updateAccountUser(
  context: Context,
  caller: Caller,
  accountId: string,
  userId: string,
  body: UserUpdate,
): UserRecord {
  return changeUser(context, caller, findAccountUser(context, caller, accountId, userId), body);
}

/** "You cannot recover deleted users" (seed 001). */
export function deleteAccountUser(context: Context, caller: Caller, accountId: string, userId: string): void {
  removeUser(context, caller, findAccountUser(context, caller, accountId, userId));
}

function findAccountUser(
  context: Context,
  caller: Caller,
  accountId: string,
  emailOrId: string,
  includeInactive = true,
): UserRecord {
  const account = getAccount(context, caller, accountId);
  return findUser(context, emailOrId, (user) => user.accountId === account.id, includeInactive);
}
