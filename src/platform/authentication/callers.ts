import type { OrganizationRecord, UserRecord } from '../../state/records.ts';
import type { State } from '../../state/state.ts';
import type { Caller } from '../context.ts';
import { UnauthorizedError } from '../errors.ts';
import { effectiveRoles } from '../roles/roles.ts';
import { readAuthorization } from './authorization.ts';

/**
 * Finds the caller of a request.
 *
 * @param authorization the value of its `Authorization` header.
 * @throws {UnauthorizedError} when a secret or token is missing or unknown, the secrets do not belong together, or the
 *   user, the account or the organization is not active.
 */
export function authenticate(authorization: string | undefined, state: State): Caller {
  const credentials = readAuthorization(authorization);
  if ('token' in credentials) return byToken(credentials.token, state);
  const organization = state.organizations.find('secret', credentials.organizationSecret);
  if (organization === undefined) throw new UnauthorizedError('unknown organization secret');
  const user = state.users.find('secret', credentials.userSecret);
  if (user === undefined) throw new UnauthorizedError('unknown user secret');
  if (user.organizationId !== organization.id) {
    throw new UnauthorizedError(`user ${user.id} is not of organization ${organization.id}`);
  }
  return callerOf(user, organization, state);
}

function byToken(token: string, state: State): Caller {
  const known = state.tokens.find('token', token);
  const user = known && state.users.get(known.userId);
  const organization = user && state.organizations.get(user.organizationId);
  if (user === undefined || organization === undefined) {
    throw new UnauthorizedError('unknown Bearer token, or one that has ended');
  }
  return callerOf(user, organization, state);
}

/**
 * A user as a caller.
 *
 * @throws {UnauthorizedError} when the user or the organization is not active, or the user has expired or is locked.
 */
export function callerOf(user: UserRecord, organization: OrganizationRecord, state: State): Caller {
  if (!organization.active) throw new UnauthorizedError(`organization ${organization.id} is inactive`);
  if (!user.active) throw new UnauthorizedError(`user ${user.id} is inactive`);
  if (user.accountExpired) throw new UnauthorizedError(`user ${user.id} has expired`);
  if (user.accountLocked)
    throw new UnauthorizedError(`user ${user.id} is locked until an administrator sets a password`);
  const account = state.accountOf(user);
  return { user, organization, account, roles: effectiveRoles(user, account) };
}

/**
 * Whether the records by which a caller was admitted are unchanged. Secrets are fields of these records, and a change
 * of the user ends the user's tokens.
 */
export function isUnchanged({ user, organization, account }: Caller, state: State): boolean {
  return (
    state.users.get(user.id) === user &&
    state.organizations.get(organization.id) === organization &&
    state.accounts.get(account.id) === account
  );
}
