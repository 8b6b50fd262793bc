import { accountUserOperations } from './account-users/operations.ts';
import { accountOperations } from './accounts/operations.ts';
import { organizationAccountOperations } from './accounts/organization-operations.ts';
import { authenticationOperations } from './authentication/operations.ts';
import type { Operation } from './operation.ts';
import { organizationUserOperations } from './organization-users/operations.ts';
import { organizationOperations } from './organizations/operations.ts';
import { passwordPolicyOperations } from './password-policies/operations.ts';
import { accountRoleOperations } from './roles/account-operations.ts';
import { organizationRoleOperations } from './roles/organization-operations.ts';
import { userOperations } from './users/operations.ts';

/**
 * Every operation of the platform that is emulated, a file a resource. The router, the 405s, the
 * table in docs/operations.md and the coverage test all come from here.
 */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...accountUserOperations,
  ...accountRoleOperations,
  ...userOperations,
  ...organizationUserOperations,
  ...organizationOperations,
  ...organizationAccountOperations,
  ...organizationRoleOperations,
  ...passwordPolicyOperations,
  ...authenticationOperations,
];
