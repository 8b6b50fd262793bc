import type { UserRecord } from '../../state/records.ts';
import { reaches, reachOf } from '../access.ts';
import type { Caller, Context } from '../context.ts';
import type { List, ListQuery } from '../lists.ts';
import type { UserAct } from '../roles/privileges.ts';
import { findUser, listUsersOf } from './find-users.ts';
import { isPassword } from './passwords.ts';
import type { Retrieved } from './schemas.ts';
import { changeUser, removeUser, type UserUpdate } from './user-rules.ts';
import { userView } from './views.ts';

/**
 * The rules of /users. The caller's privileges reach all users of the organization or those of the
 * caller's account; all other users are unknown (row `users-out-of-reach`).
 */

export function listUsers(context: Context, caller: Caller, query: ListQuery, includeInactive: boolean): List {
  const findScope = () =>
    reachOf(caller, 'view') === 'organization' ? { organization: caller.organization } : { account: caller.account };
  return listUsersOf(context, findScope, userView, query, includeInactive);
}

export function getUser(
  context: Context,
  caller: Caller,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Retrieved {
  const user = findReached(context, caller, emailOrId, 'view', includeInactive);
  return { user, isPasswordRight: isPassword(user, password) };
}

/** The user's credentials count as expired from now on, even when a password is given. */
export function updateUser(context: Context, caller: Caller, id: string, body: UserUpdate): UserRecord {
  return changeUser(context, caller, findReached(context, caller, id, 'edit'), body, true);
}

/** Removes a user for good. */
export function deleteUser(context: Context, caller: Caller, id: string): void {
  removeUser(context, caller, findReached(context, caller, id, 'delete'));
}

function findReached(
  context: Context,
  caller: Caller,
  emailOrId: string,
  act: UserAct,
  includeInactive = true,
): UserRecord {
  return findUser(context, emailOrId, (user) => reaches(caller, act, user), includeInactive);
}
