import type { OrganizationRecord } from '../../state/records.ts';
import type { Caller, Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { presentOrganization } from '../present.ts';

/** The rules of /organizations/me (seed 003): "Retrieve your organization", "Change the name of the organization". */

export function getOrganization(context: Context, caller: Caller): OrganizationRecord {
  return presentOrganization(context, caller);
}

/** Changes only the name. */
export function updateOrganization(context: Context, caller: Caller, name: string): OrganizationRecord {
  const organization = { ...presentOrganization(context, caller), name };
  context.state.organizations.put(organization);
  return organization;
}

/**
 * The caller's organization, if it has this id.
 *
 * @throws {NotFoundError} for any other id, of an organization or not.
 */
export function requireOrganization({ organization }: Caller, id: string): OrganizationRecord {
  if (Number(id) !== organization.id) throw new NotFoundError(`No organization found with ID ${id}`);
  return organization;
}
