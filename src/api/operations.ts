import type { Operation } from './operation.ts';
import { accountUserOperations } from './operations/account-users.ts';
import { accountOperations } from './operations/accounts.ts';
import { organizationUserOperations } from './operations/organization-users.ts';
import { organizationOperations } from './operations/organizations.ts';

/**
 * Every operation of the platform that is emulated, a file a resource. The router, the 405s, the
 * README's table and the coverage test all come from here.
 */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...accountUserOperations,
  ...organizationUserOperations,
  ...organizationOperations,
];
