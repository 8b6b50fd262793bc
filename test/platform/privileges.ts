/** The privileges that roles have on a new emulator, as the vendor's pages name them; which role has which is ours. */

const verbs = ['view', 'add', 'edit', 'delete'];

export const ofUsersOfAccount = verbs.map((verb) => `${verb}UsersAccount`);
export const ofUsersOfOrganization = verbs.map((verb) => `${verb}UsersOrg`);

/** Those about parts that are not emulated. */
export const othersWithoutIntelligence = [
  ...['viewFormulas', 'createFormulas', 'editFormulas', 'deleteFormulas', 'createFormulaInstances'],
  ...['viewElements', 'createElements', 'editElements', 'deleteElements', 'createElementInstances'],
  ...['viewCommonObjects', 'createCommonObjects', 'editCommonObjects', 'deleteCommonObjects'],
];
export const others = [...othersWithoutIntelligence, 'intelligence'];

export const everything = [
  ...ofUsersOfAccount,
  ...ofUsersOfOrganization,
  ...['modifySecurity', 'configureRoles', 'manageUiBranding', 'viewLogsOrg', 'viewLogsAccount'],
  ...others,
];

export const ofAdmin = [...ofUsersOfAccount, 'viewLogsAccount', ...others];
