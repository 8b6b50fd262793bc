import { type Body, showOrganization } from './views.ts';
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
