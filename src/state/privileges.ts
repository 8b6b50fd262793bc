/** The privileges that a role can have (vendor docs). The platform also knows `system`, which no role can have. */
export const privilegeKeys = [
  'viewUsersAccount',
  'addUsersAccount',
  'editUsersAccount',
  'deleteUsersAccount',
  'viewUsersOrg',
  'addUsersOrg',
  'editUsersOrg',
  'deleteUsersOrg',
  'modifySecurity',
  'configureRoles',
  'manageUiBranding',
  'viewLogsOrg',
  'viewLogsAccount',
  'viewFormulas',
  'createFormulas',
  'editFormulas',
  'deleteFormulas',
  'createFormulaInstances',
  'viewElements',
  'createElements',
  'editElements',
  'deleteElements',
  'createElementInstances',
  'viewCommonObjects',
  'createCommonObjects',
  'editCommonObjects',
  'deleteCommonObjects',
  'intelligence',
] as const;

/** The key of a privilege. */
export type PrivilegeKey = (typeof privilegeKeys)[number];
