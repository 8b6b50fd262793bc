import { UnauthorizedError } from './errors.ts';
import type { Caller } from './world.ts';

/** Who may call an operation (spec section 2). */
export type Access =
  /** Organisation administrators alone, "even a user that you add to the default account" is refused (seed 000). */
  | 'organization-administrator'
  /** Organisation administrators, and account administrators for the account in the path (seed 001). */
  | 'account-administrator'
  /** Every active user of the organisation. */
  | 'user';

export function isOrganizationAdministrator({ user, account }: Caller): boolean {
  return account.defaultAccount && user.roles.includes('org-admin');
}

/**
 * Refuses who may not call.
 *
 * @param accountId the account in the path; NaN when what stands there is no number.
 * @throws {UnauthorizedError} the platform answers 401, not 403, to a user without the right.
 */
export function authorize(caller: Caller, access: Access, accountId: number | undefined): void {
  if (access === 'user' || isOrganizationAdministrator(caller)) return;
  const id = caller.user.id;
  if (access === 'organization-administrator') {
    throw new UnauthorizedError(`user ${id} is not an organization administrator`);
  }
  if (!caller.user.roles.includes('admin')) {
    throw new UnauthorizedError(`user ${id} is neither an organization nor an account administrator`);
  }
  if (caller.account.id !== accountId) {
    throw new UnauthorizedError(`user ${id} administers account ${caller.account.id}, not the one in the path`);
  }
}
