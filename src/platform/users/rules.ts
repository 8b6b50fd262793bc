import type { UserRecord } from '../../state/records.ts';
import { reaches, reachOf } from '../access.ts';
import type { Caller, World } from '../context.ts';
import type { List, ListQuery } from '../lists.ts';
import type { UserAct } from '../roles/privileges.ts';
import type { Body } from '../view.ts';
import { isPassword } from './passwords.ts';
import { findUser, listUsers, removeUser, type UserUpdate, updateUser } from './user-rules.ts';
import { userSecretView, userView } from './user-views.ts';

/**
 * The rules of /users: whom the caller's privileges reach, everybody of the organization or the
 * users of the own account. All others are unknown.
 */

export function getUsers(world: World, caller: Caller, query: ListQuery, includeInactive: boolean): List {
  const findScope = () =>
    reachOf(caller, 'view') === 'organization' ? { organization: caller.organization } : { account: caller.account };
  return listUsers(world, findScope, userView, query, includeInactive);
}

/** With the user's own password the body has the secret. */
export function getUser(
  world: World,
  caller: Caller,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Body {
  const user = findReached(world, caller, emailOrId, 'view', includeInactive);
  return (isPassword(user, password) ? userSecretView : userView).show(user);
}

/** From here on the user's credentials have expired, even when a password is given. */
export function changeUser(world: World, caller: Caller, id: string, body: UserUpdate): Body {
  return userView.show(updateUser(world, caller, findReached(world, caller, id, 'edit'), body, true));
}

/** Removes a user for good. */
export function deleteUser(world: World, caller: Caller, id: string): void {
  removeUser(world, caller, findReached(world, caller, id, 'delete'));
}

function findReached(
  world: World,
  caller: Caller,
  emailOrId: string,
  act: UserAct,
  includeInactive = true,
): UserRecord {
  return findUser(world, emailOrId, (user) => reaches(caller, act, user), includeInactive);
}
