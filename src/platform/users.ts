import type { UserRecord } from '../store/records.ts';
import { administers, isOrganizationAdministrator } from './access.ts';
import type { List, ListQuery } from './lists.ts';
import { isPassword } from './passwords.ts';
import { findUser, listUsers, removeUser, type UserUpdate, updateUser } from './user-rules.ts';
import { userSecretView, userView } from './user-views.ts';
import type { Body } from './view.ts';
import type { Caller, World } from './world.ts';

/**
 * The rules of /users (spec section 6): whom the caller administers, everybody of the
 * organisation or the users of the own account. All others are unknown.
 */

export function getUsers(
  world: World,
  caller: Caller,
  query: ListQuery,
  includeInactive: boolean,
): List | Promise<List> {
  const findScope = () =>
    isOrganizationAdministrator(caller) ? { organization: caller.organization } : { account: caller.account };
  return listUsers(world, findScope, userView, query, includeInactive);
}

/** With the user's own password the body has the secret. */
export function getUser(world: World, caller: Caller, emailOrId: string, password: string | undefined): Body {
  const user = findAdministered(world, caller, emailOrId);
  return (isPassword(user, password) ? userSecretView : userView).show(user);
}

/** A password given here is not expired, as with /accounts/{id}/users. */
export function changeUser(world: World, caller: Caller, id: string, body: UserUpdate): Body {
  return userView.show(updateUser(world, caller, findAdministered(world, caller, id), body));
}

/** Deactivates a user, or removes one for good. */
export function deleteUser(world: World, caller: Caller, id: string, permanent: boolean): void {
  const user = findAdministered(world, caller, id);
  if (permanent) removeUser(world, caller, user);
  else updateUser(world, caller, user, { active: false });
}

function findAdministered(world: World, caller: Caller, emailOrId: string): UserRecord {
  return findUser(world, emailOrId, (user) => administers(caller, user));
}
