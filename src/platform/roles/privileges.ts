import { type PrivilegeKey, privilegeKeys } from '../../state/privileges.ts';
import type { OrganizationRecord, RoleKey } from '../../state/records.ts';

/** The actions on users. */
export type UserAct = 'view' | 'add' | 'edit' | 'delete';

/** Privileges for users, the organization's settings and logs; the others are for parts that are not emulated. */
const identity = /Users(Account|Org)$|^viewLogs|^(modifySecurity|configureRoles|manageUiBranding)$/;

/**
 * The privileges that open an emulated operation; the others are stored and shown (row `privileges-without-effect`).
 */
export const openingPrivileges = privilegeKeys.filter((key) =>
  /Users(Account|Org)$|^(modifySecurity|configureRoles)$/.test(key),
);

const others = privilegeKeys.filter((key) => !identity.test(key));
const ofAccounts = privilegeKeys.filter((key) => key.endsWith('UsersAccount') || key === 'viewLogsAccount');

/** The privileges of each role until the organization changes them: the emulator's choice (row `privileges-by-role`). */
const defaults: Readonly<Record<RoleKey, readonly PrivilegeKey[]>> = {
  'org-admin': privilegeKeys,
  admin: [...ofAccounts, ...others],
  org: others,
  // `PUT /organizations/roles` cannot add it to this role either.
  'default-user': others.filter((key) => key !== 'intelligence'),
};

/** The privileges that a role has in an organization. */
export function privilegesOf({ roles }: OrganizationRecord, key: RoleKey): readonly PrivilegeKey[] {
  return roles?.find((changed) => changed.key === key)?.privileges ?? defaults[key];
}

/** Whether a key is in the catalog. */
export function isPrivilege(key: string): key is PrivilegeKey {
  return privilegeKeys.some((known) => known === key);
}
