import type { AccountRecord, UserRecord } from '../../state/records.ts';
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
import { organizationUserSecretView, organizationUserView } from '../users/views.ts';
import type { Body } from '../view.ts';

/** The rules of /organizations/users (seed 002). */

/** The users of the default account. */
export function listOrganizationUsers(
  context: Context,
  caller: Caller,
  query: ListQuery,
  includeInactive: boolean,
): List {
  const account = () => ({ account: defaultAccountOf(context, caller) });
  return listUsers(context, account, organizationUserView, query, includeInactive);
}

/** "Create a user under the default organization account." */
export function createOrganizationUser(context: Context, caller: Caller, body: UserCreate): Body {
  const user = createUser(context, caller, defaultAccountOf(context, caller), body);
  return withCreatedDate(organizationUserSecretView.show(user), user, body);
}

export function getOrganizationUser(
  context: Context,
  caller: Caller,
  emailOrId: string,
  password: string | undefined,
  includeInactive: boolean,
): Body {
  const user = findOrganizationUser(context, caller, emailOrId, includeInactive);
  return (isPassword(user, password) ? organizationUserSecretView : organizationUserView).show(user);
}

/** From here on the user's credentials have expired, until a password is set (seed 002). */
export function updateOrganizationUser(context: Context, caller: Caller, id: string, body: UserUpdate): Body {
  const user = updateUser(context, caller, findOrganizationUser(context, caller, id), body, true);
  return withCreatedDate(organizationUserView.show(user), user, body);
}

export function deleteOrganizationUser(context: Context, caller: Caller, id: string): void {
  removeUser(context, caller, findOrganizationUser(context, caller, id));
}

/** Any user "within your organization", whichever the account. */
function findOrganizationUser(context: Context, caller: Caller, emailOrId: string, includeInactive = true): UserRecord {
  return findUser(context, emailOrId, (user) => user.organizationId === caller.organization.id, includeInactive);
}

/** Not the caller's: privileges bring callers of other accounts here too. */
function defaultAccountOf({ state }: Context, { organization }: Caller): AccountRecord {
  const [id = Number.NaN] = state.accounts.group('default', organization.id);
  const account = state.accounts.get(id);
  if (account === undefined) throw new Error(`organization ${organization.id} has no default account`);
  return account;
}

/** Seed 002 answers epoch milliseconds where the request carried a date. */
function withCreatedDate(body: Body, user: UserRecord, request: UserUpdate): Body {
  return request.createdDate === undefined ? body : { ...body, createdDate: user.createdDate };
}
