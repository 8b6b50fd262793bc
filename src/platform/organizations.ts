import type { OrganizationRecord } from '../store/records.ts';
import { NotFoundError } from './errors.ts';
import type { Body } from './view.ts';
import { showOrganization } from './views.ts';
import type { Caller, World } from './world.ts';

/** The rules of /organizations/me (seed 003). */

export function getOrganization(caller: Caller): Body {
  return showOrganization(caller.organization, true);
}

/** Changes the name, and nothing else. */
export function renameOrganization({ state }: World, caller: Caller, name: string): Body {
  const organization = { ...caller.organization, name };
  state.organizations.put(organization);
  return showOrganization(organization, false);
}

/**
 * The caller's organisation, when it has this id.
 *
 * @throws {NotFoundError} for an unknown id and for that of another organisation alike.
 */
export function requireOrganization({ organization }: Caller, id: string): OrganizationRecord {
  if (Number(id) !== organization.id) throw new NotFoundError(`No organization found with ID ${id}`);
  return organization;
}
