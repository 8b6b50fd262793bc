import { privilegeKeys } from '../../state/privileges.ts';
import type { AccountRecord, RoleKey } from '../../state/records.ts';
import { holds } from '../access.ts';
import type { Caller } from '../context.ts';
import { ForbiddenError } from '../errors.ts';
import { openingPrivileges } from './privileges.ts';

/**
 * Checks that callers do not gain privileges: a caller who adds a user, or sets a user's password, can log in as that
 * user (row `privileges-above-own`).
 *
 * @param roles all roles of a user of the account, or the role to grant there.
 * @param what begins the message.
 * @throws {ForbiddenError} when the roles bring a privilege in the account that the caller's roles do not cover.
 */
export function requireCovered(roles: readonly RoleKey[], account: AccountRecord, caller: Caller, what: string): void {
  const user = { roles, account, organization: caller.organization };
  for (const privilege of openingPrivileges) {
    if (!holds(user, privilege)) continue;
    const ofOrganization = privilegeKeys.find((key) => key === privilege.replace(/Account$/, 'Org')) ?? privilege;
    if (holds(caller, ofOrganization)) continue;
    // A privilege for the caller's own account says nothing about other accounts.
    if (privilege !== ofOrganization && account.id === caller.account.id && holds(caller, privilege)) continue;
    throw new ForbiddenError(`${what} the privilege '${privilege}', which the caller lacks.`);
  }
}
