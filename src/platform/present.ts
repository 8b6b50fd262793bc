import type { OrganizationRecord, UserRecord } from '../state/records.ts';
import type { Caller, Context } from './context.ts';

/**
 * The caller's organization as it is when the rule runs. Another request may have changed it since the caller was
 * admitted, and a change that starts from the caller's copy would undo that.
 */
export function presentOrganization({ state }: Context, { organization }: Caller): OrganizationRecord {
  const present = state.organizations.get(organization.id);
  if (present === undefined) throw new Error(`organization ${organization.id} is gone, with a caller of it under way`);
  return present;
}

/** The caller's own record as it is when the rule runs, as with `presentOrganization`. */
export function presentUser({ state }: Context, { user }: Caller): UserRecord {
  const present = state.users.get(user.id);
  if (present === undefined) throw new Error(`user ${user.id} is gone, with a call of theirs under way`);
  return present;
}
