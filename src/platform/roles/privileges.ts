import { type PrivilegeKey, privilegeKeys } from '../../state/privileges.ts';
import type { OrganizationRecord, RoleKey } from '../../state/records.ts';

/** What can be done to users. */
export type UserAct = 'view' | 'add' | 'edit' | 'delete';

/** Of users, of the organization's settings and of logs: the rest is of what is not emulated. */
const identity = /Users(Account|Org)$|^viewLogs|^(modifySecurity|configureRoles|manageUiBranding)$/;

/** Those that open an operation here; the rest is kept and shown. */
export const openingPrivileges = privilegeKeys.filter((key) =>
  /Users(Account|Org)$|^(modifySecurity|configureRoles)$/.test(key),
);

const others = privilegeKeys.filter((key) => !identity.test(key));
const ofAccounts = privilegeKeys.filter((key) => key.endsWith('UsersAccount') || key === 'viewLogsAccount');

/** The privileges of each role until the organization changes them: the emulator's choice (docs/fidelity.md). */
const defaults: Readonly<Record<RoleKey, readonly PrivilegeKey[]>> = {
  'org-admin': privilegeKeys,
  admin: [...ofAccounts, ...others],
  org: others,
  // Nobody can add it to this role either.
  'default-user': others.filter((key) => key !== 'intelligence'),
};

/** The privileges that a role has in an organization. */
export function privilegesOf({ roles }: OrganizationRecord, key: RoleKey): readonly PrivilegeKey[] {
  return roles?.find((changed) => changed.key === key)?.privileges ?? defaults[key];
}

/** Whether a key is in the catalogue. */
export function isPrivilege(key: string): key is PrivilegeKey {
  return privilegeKeys.some((known) => known === key);
}
