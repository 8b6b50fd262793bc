import { authorizationOf } from '../platform/authentication/authorization.ts';
import { effectiveRoles } from '../platform/roles/roles.ts';
import { lookUpUser } from '../platform/users/find-users.ts';
import type { UserRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';

/** The secrets of a user, and the header value made of them. */
export interface Credentials {
  readonly userSecret: string;
  readonly organizationSecret: string;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
}

/** The credentials of a user, of the administrator by default; `undefined` when there is none. */
export function findCredentials(state: State, emailOrId?: string): Credentials | undefined {
  const user = emailOrId === undefined ? findAdministrator(state) : lookUpUser(state, emailOrId);
  const organization = user && state.organizations.get(user.organizationId);
  if (user === undefined || organization === undefined) return undefined;
  return {
    userSecret: user.secret,
    organizationSecret: organization.secret,
    authorization: authorizationOf(user.secret, organization.secret),
  };
}

/** The administrator of an organization, by default of the first; an inactive administrator when there is no other. */
export function findAdministrator(
  state: State,
  organizationId = state.organizations.values().next().value?.id,
): UserRecord | undefined {
  if (organizationId === undefined) return undefined;
  const [accountId] = state.accounts.group('default', organizationId);
  const account = accountId === undefined ? undefined : state.accounts.get(accountId);
  if (account === undefined) return undefined;
  let inactive: UserRecord | undefined;
  for (const id of state.users.group('account', account.id)) {
    const user = state.users.get(id);
    if (user === undefined || !effectiveRoles(user, account).includes('org-admin')) continue;
    if (user.active) return user;
    inactive ??= user;
  }
  return inactive;
}
