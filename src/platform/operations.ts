import { accountUsers } from './account-users/operations.ts';
import { accounts } from './accounts/operations.ts';
import { organizationAccounts } from './accounts/organization-operations.ts';
import { authentication } from './authentication/operations.ts';
import type { Operation, Resource } from './operation.ts';
import { organizationUsers } from './organization-users/operations.ts';
import { organization } from './organizations/operations.ts';
import { passwordPolicies } from './password-policies/operations.ts';
import { accountRoles } from './roles/account-operations.ts';
import { organizationRoles } from './roles/organization-operations.ts';
import { userRoles } from './roles/user-operations.ts';
import { users } from './users/operations.ts';

/** The resources of the platform that are emulated. */
export const resources: readonly Resource[] = [
  accounts,
  accountUsers,
  accountRoles,
  users,
  userRoles,
  organizationUsers,
  organization,
  organizationAccounts,
  organizationRoles,
  passwordPolicies,
  authentication,
];

/**
 * The table of operations. The router, the 405s, the OpenAPI document, docs/operations.md and the tests of every
 * operation come from it.
 */
export const operations: readonly Operation[] = resources.flatMap(({ operations }) => operations);
