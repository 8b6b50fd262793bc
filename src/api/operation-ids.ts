/** The names of all operations, as the table of operations has them. */
export const operationIds = [
  'getAccounts',
  'createAccount',
  'getAccountById',
  'updateAccount',
  'replaceAccount',
  'deleteAccount',
  'getAccountUsers',
  'createAccountUser',
  'getAccountUserByEmailOrId',
  'updateAccountUser',
  'replaceAccountUser',
  'deleteAccountUser',
  'getOrganizationUsers',
  'createOrganizationUser',
  'getOrganizationUserByEmailOrId',
  'updateOrganizationUser',
  'deleteOrganizationUser',
  'getOrganization',
  'updateOrganization',
] as const;

/** The name of an operation, such as `createAccount`. */
export type OperationId = (typeof operationIds)[number];
