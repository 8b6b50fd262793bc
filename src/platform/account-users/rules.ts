import type { UserRecord } from '../../state/records.ts';
import { findAccount } from '../accounts/rules.ts';
import type { Caller, Context } from '../context.ts';
import type { List, ListQuery } from '../lists.ts';
import { isPassword } from '../users/passwords.ts';
import {
  createUser,
  findUser,
  listUsers,
  removeUser,
  type UserCreate,
  type UserUpdate,
  updateUser,
} from '../users/user-rules.ts';
import { accountUserListView, accountUserSecretView, accountUserView, createdAccountUserView } from '../users/views.ts';
import type { Body } from '../view.ts';

/** The rules of /accounts/{id}/users (seeds 000 and 001). */

export function listAccountUsers(
  context: Context,
  caller: Caller,
  accountId: string,
  query: ListQuery,
  includeInactive: boolean,
): List {
  const findScope = () => ({ account: findAccount(context, caller, accountId) });
  return listUsers(context, findScope, accountUserListView, query, includeInactive);
}

/** The answer has the new user's secret; it is shown no more without the password. */
export function createAccountUser(context: Context, caller: Caller, accountId: string, body: UserCreate): Body {
  const account = findAccount(context, caller, accountId);
  return createdAccountUserView.show(createUser(context, caller, account, body));
}

/** "If you include the correct password the response body includes the user secret" (seed 001); a wrong one has no effect. */
export function getAccountUser(
  context: Context,
  caller: Caller,
  accountId: string,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Body {
  const user = findAccountUser(context, caller, accountId, emailOrId, includeInactive);
  return (isPassword(user, password) ? accountUserSecretView : accountUserView).show(user);
}

/** A password given here ends what a change through /organizations/users or /users began. */
export function updateAccountUser(
  context: Context,
  caller: Caller,
  accountId: string,
  userId: string,
  body: UserUpdate,
): Body {
  const user = findAccountUser(context, caller, accountId, userId);
  return accountUserView.show(updateUser(context, caller, user, body));
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
  const account = findAccount(context, caller, accountId);
  return findUser(context, emailOrId, (user) => user.accountId === account.id, includeInactive);
}
