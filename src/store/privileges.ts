/** The privileges that a role can have; `system` exists besides, and no role here has it. */
export const privilegeKeys = [
  'accounts',
  'users',
  'roles',
  'security',
  'elements',
  'instances',
  'formulas',
  'resources',
  'activity',
  'jobs',
  'usage',
  'intelligence',
] as const;

/** The key of a privilege. */
export type PrivilegeKey = (typeof privilegeKeys)[number];
