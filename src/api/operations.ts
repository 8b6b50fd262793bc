import type { Operation } from './operation.ts';
import { accountRoleOperations } from './operations/account-roles.ts';
import { accountUserOperations } from './operations/account-users.ts';
import { accountOperations } from './operations/accounts.ts';
import { authenticationOperations } from './operations/authentication.ts';
import { organizationAccountOperations } from './operations/organization-accounts.ts';
import { organizationRoleOperations } from './operations/organization-roles.ts';
import { organizationUserOperations } from './operations/organization-users.ts';
import { organizationOperations } from './operations/organizations.ts';
import { passwordPolicyOperations } from './operations/password-policies.ts';
import { userOperations } from './operations/users.ts';

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
