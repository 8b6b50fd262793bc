import accountUsers from './account-users/examples.json' with { type: 'json' };
import accounts from './accounts/examples.json' with { type: 'json' };
import authentication from './authentication/examples.json' with { type: 'json' };
import type { Example } from './operation.ts';
import organizationUsers from './organization-users/examples.json' with { type: 'json' };
import organizations from './organizations/examples.json' with { type: 'json' };
import passwordPolicies from './password-policies/examples.json' with { type: 'json' };
import roles from './roles/examples.json' with { type: 'json' };
import users from './users/examples.json' with { type: 'json' };

/** The examples of all operations, by operationId. Only the OpenAPI document imports them, which a start does not load. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  ...accountUsers,
  ...accounts,
  ...authentication,
  ...organizationUsers,
  ...organizations,
  ...passwordPolicies,
  ...roles,
  ...users,
};
