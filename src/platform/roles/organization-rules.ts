import { type PrivilegeKey, privilegeKeys } from '../../state/privileges.ts';
import type { OrganizationRecord, RoleKey } from '../../state/records.ts';
import type { Caller, Context } from '../context.ts';
import { BadRequestError, ForbiddenError, NotFoundError } from '../errors.ts';
import { type List, type ListQuery, list, type Source } from '../lists.ts';
import { presentOrganization } from '../present.ts';
import { isPrivilege, privilegesOf } from './privileges.ts';
import { roles } from './roles.ts';
import { type RoleRecord, roleView } from './views.ts';

/** The rules of /organizations/roles: the privileges of the roles in one organization (row `organization-roles`). */

/** A change of the privileges of a role. */
export interface RoleChange {
  readonly id?: number;
  readonly key?: string;
  readonly privileges: readonly { readonly key: string }[];
}

export function listOrganizationRoles(context: Context, caller: Caller, query: ListQuery): List {
  return listRoles(presentOrganization(context, caller), () => roles.map(({ key }) => key), query);
}

/** Sets the privileges of several roles; when one of the changes is refused, no role changes. */
export function updateOrganizationRoles(context: Context, caller: Caller, changes: readonly RoleChange[]): List {
  const named = changes.map((change) => ({ key: nameRole(change), privileges: change.privileges }));
  named.forEach(({ key }, index) => {
    if (named.findIndex((other) => other.key === key) !== index) {
      throw new BadRequestError(`Role '${key}' is in the list more than once.`);
    }
  });
  setPrivileges(context, caller, named);
  return listOrganizationRoles(context, caller, {});
}

/**
 * Sets the privileges of one role.
 *
 * Checks, in this order: unknown privilege 400, unknown role 404, a privilege that the role must
 * not have 403.
 */
export function updateOrganizationRole(
  context: Context,
  caller: Caller,
  id: string,
  privileges: RoleChange['privileges'],
): RoleRecord {
  for (const { key } of privileges) requirePrivilege(key);
  const role = roles.find((known) => known.id === Number(id));
  if (role === undefined) throw new NotFoundError(`No role found with ID ${id}`);
  return roleIn(setPrivileges(context, caller, [{ key: role.key, privileges }]), role.key);
}

/** Returns to the privileges of the platform's catalog. */
export function resetOrganizationRoles(context: Context, caller: Caller): List {
  const { roles: _roles, ...organization } = presentOrganization(context, caller);
  context.state.organizations.put(organization);
  return listOrganizationRoles(context, caller, {});
}

/** Lists some of the roles of an organization, by ascending id. */
export function listRoles(
  organization: OrganizationRecord,
  findKeys: () => readonly RoleKey[],
  query: ListQuery,
): List {
  const findSource = () => {
    const keys = findKeys();
    const shown = roles.filter(({ key }) => keys.includes(key)).map(({ key }) => roleIn(organization, key));
    const source: Source<RoleRecord> = {
      ids: shown.map(({ id }) => id),
      order: 'ascending',
      get: (id) => shown.find((role) => role.id === id),
      lookUp: () => undefined,
      isListed: () => true,
    };
    return source;
  };
  return list(findSource, roleView, query);
}

/**
 * The name and description of `admin` in role endpoints (row `role-admin-name`); bodies of users have those of seed
 * 000.
 */
const adminWords = { name: 'Account', description: 'Account Administrator' };

/** A role with the privileges that it has in an organization. */
export function roleIn(organization: OrganizationRecord, key: RoleKey): RoleRecord {
  const role = roles.find((known) => known.key === key);
  if (role === undefined) throw new Error(`the catalog has no role '${key}'`);
  return { ...role, ...(key === 'admin' ? adminWords : {}), privileges: privilegesOf(organization, key) };
}

/** The role of a change, which has its key, its id, or both. */
function nameRole({ id, key }: RoleChange): RoleKey {
  const role = roles.find((known) => (key === undefined ? known.id === id : known.key === key));
  if (role !== undefined && (id === undefined || id === role.id)) return role.key;
  if (role !== undefined) throw new BadRequestError(`Role '${role.key}' has the id ${role.id}, not ${id}.`);
  const known = roles.map((each) => `${each.key} (${each.id})`).join(', ');
  const name = key ?? id;
  if (name === undefined) throw new BadRequestError(`Each role needs its 'key' or 'id': the roles are ${known}.`);
  throw new BadRequestError(`Role '${name}' is unknown: the roles are ${known}.`);
}

function setPrivileges(
  context: Context,
  caller: Caller,
  changes: readonly { readonly key: RoleKey; readonly privileges: RoleChange['privileges'] }[],
): OrganizationRecord {
  for (const { privileges } of changes) for (const { key } of privileges) requirePrivilege(key);
  const changed = changes.map(({ key, privileges }) => ({
    key,
    privileges: [...new Set(privileges.map((privilege) => requireAllowed(privilege.key, key)))],
  }));
  const organization = presentOrganization(context, caller);
  const kept = (organization.roles ?? []).filter(({ key }) => changed.every((change) => change.key !== key));
  const record = { ...organization, roles: Object.freeze([...kept, ...changed]) };
  context.state.organizations.put(record);
  return record;
}

function requirePrivilege(key: string): void {
  if (key === 'system' || isPrivilege(key)) return;
  throw new BadRequestError(`Privilege '${key}' is unknown: the privileges are ${privilegeKeys.join(', ')}.`);
}

/** The texts are the platform's. */
function requireAllowed(privilege: string, role: RoleKey): PrivilegeKey {
  if (!isPrivilege(privilege)) {
    throw new ForbiddenError(`User can not add the '${privilege}' privilege to any role.`);
  }
  if (privilege === 'intelligence' && role === 'default-user') {
    throw new ForbiddenError(`User can not add the '${privilege}' privilege to the '${role}' role.`);
  }
  return privilege;
}
