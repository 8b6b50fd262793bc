import type { UserRecord } from '../store/records.ts';
import { UnauthorizedError } from './errors.ts';
import type { Caller } from './world.ts';

/** Who may call an operation (spec sections 2 and 6). */
export type Access =
  /** Organisation administrators alone, "even a user that you add to the default account" is refused (seed 000). */
  | 'organization-administrator'
  /** Organisation administrators, and account administrators for the account in the path (seed 001). */
  | 'account-administrator'
  /** Organisation administrators for everybody, account administrators for the users of their account. */
  | 'administrator'
  /** Every active user of the organisation. */
  | 'user'
  /** Everybody, without credentials. */
  | 'anyone';

export function isOrganizationAdministrator({ roles, account }: Caller): boolean {
  return account.defaultAccount && roles.includes('org-admin');
}

/** Whether a user is one of those whom an administrator administers. */
export function administers(caller: Caller, user: UserRecord): boolean {
  if (user.organizationId !== caller.organization.id) return false;
  return isOrganizationAdministrator(caller) || user.accountId === caller.account.id;
}

/**
 * Refuses who may not call.
 *
 * @param accountId the account in the path; NaN when what stands there is no number.
 * @throws {UnauthorizedError} the platform answers 401, not 403, to a user without the right.
 */
export function authorize(caller: Caller, access: Access, accountId: number | undefined): void {
  if (access === 'anyone' || access === 'user' || isOrganizationAdministrator(caller)) return;
  const id = caller.user.id;
  if (access === 'organization-administrator') {
    throw new UnauthorizedError(`user ${id} is not an organization administrator`);
  }
  if (!caller.roles.includes('admin')) {
    throw new UnauthorizedError(`user ${id} is neither an organization nor an account administrator`);
  }
  if (access === 'account-administrator' && caller.account.id !== accountId) {
    throw new UnauthorizedError(`user ${id} administers account ${caller.account.id}, not the one in the path`);
  }
}
