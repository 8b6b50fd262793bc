import type { OrganizationRecord } from '../../state/records.ts';
import { showOrganization } from '../accounts/views.ts';
import type { Caller, Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { presentOrganization } from '../present.ts';
import type { Body } from '../view.ts';

/** The rules of /organizations/me (seed 003): "Retrieve your organization", "Change the name of the organization". */

export function getOrganization(context: Context, caller: Caller): Body {
  return showOrganization(presentOrganization(context, caller), true);
}

/** Changes the name, and nothing else. */
export function renameOrganization(context: Context, caller: Caller, name: string): Body {
  const organization = { ...presentOrganization(context, caller), name };
  context.state.organizations.put(organization);
  return showOrganization(organization, false);
}

/**
 * The caller's organization, when it has this id.
 *
 * @throws {NotFoundError} for an unknown id and for that of another organization alike.
 */
export function requireOrganization({ organization }: Caller, id: string): OrganizationRecord {
  if (Number(id) !== organization.id) throw new NotFoundError(`No organization found with ID ${id}`);
  return organization;
}
