import type { UserRecord } from '../../state/records.ts';
import { reaches, reachOf } from '../access.ts';
import type { Caller, Context } from '../context.ts';
import type { List, ListQuery } from '../lists.ts';
import type { UserAct } from '../roles/privileges.ts';
import type { Body } from '../view.ts';
import { isPassword } from './passwords.ts';
import { findUser, listUsers, removeUser, type UserUpdate, updateUser } from './user-rules.ts';
import { userSecretView, userView } from './views.ts';

/**
 * The rules of /users: whom the caller's privileges reach, everybody of the organization or the
 * users of the own account. All others are unknown.
 */

export function getUsers(context: Context, caller: Caller, query: ListQuery, includeInactive: boolean): List {
  const findScope = () =>
    reachOf(caller, 'view') === 'organization' ? { organization: caller.organization } : { account: caller.account };
  return listUsers(context, findScope, userView, query, includeInactive);
}

/** With the user's own password the body has the secret. */
export function getUser(
  context: Context,
  caller: Caller,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Body {
  const user = findReached(context, caller, emailOrId, 'view', includeInactive);
  return (isPassword(user, password) ? userSecretView : userView).show(user);
}

/** From here on the user's credentials have expired, even when a password is given. */
export function changeUser(context: Context, caller: Caller, id: string, body: UserUpdate): Body {
  return userView.show(updateUser(context, caller, findReached(context, caller, id, 'edit'), body, true));
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
