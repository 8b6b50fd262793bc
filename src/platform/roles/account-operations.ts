import { listQuery, operation, type Resource } from '../operation.ts';
import { getAccountRole, grantAccountRole, listAccountRoles, revokeAccountRole } from './grants.ts';
import { grantedRole, grantedRoles } from './schemas.ts';

/** /accounts/{id}/roles. */
export const accountRoles: Resource = {
  tag: 'account roles',
  description: 'The roles that every user of an account has.',
  operations: [
    operation({
      operationId: 'getAccountRoles',
      method: 'GET',
      path: '/accounts/{id}/roles',
      summary: 'Find the roles that every user of an account has',
      description: 'The roles that were granted to the account: every user of it has them in addition to their own.',
      source: 'vendor docs',
      access: 'org-admin',
      query: listQuery,
      answer: grantedRoles,
      success: 'One page of the roles.',
      errors: [403],
      handler: ({ context, caller, parameters, query }) => listAccountRoles(context, caller, parameters.id, query),
    }),
    operation({
      operationId: 'getAccountRoleByKey',
      method: 'GET',
      path: '/accounts/{id}/roles/{key}',
      summary: 'Retrieve a role of an account',
      description: 'The answer is 404 for a role that was not granted to the account.',
      source: 'vendor docs',
      access: 'org-admin',
      answer: grantedRole,
      success: 'The role, with its privileges.',
      errors: [403],
      handler: ({ context, caller, parameters: { id, key } }) => getAccountRole(context, caller, id, key),
    }),
    operation({
      operationId: 'grantAccountRole',
      method: 'PUT',
      path: '/accounts/{id}/roles/{key}',
      summary: 'Grant a role to every user of an account',
      description: 'Every user of the account has the role from now on.',
      source: 'vendor docs',
      access: 'org-admin',
      answer: grantedRole,
      success: 'The role, with its privileges.',
      errors: [403],
      handler: ({ context, caller, parameters: { id, key } }) => grantAccountRole(context, caller, id, key),
    }),
    operation({
      operationId: 'revokeAccountRole',
      method: 'DELETE',
      path: '/accounts/{id}/roles/{key}',
      summary: 'Revoke a role of an account',
      description: 'Users of the account to whom the role was granted directly keep it.',
      source: 'vendor docs',
      access: 'org-admin',
      answer: grantedRole,
      success: 'The role, with its privileges.',
      errors: [403],
      handler: ({ context, caller, parameters: { id, key } }) => revokeAccountRole(context, caller, id, key),
    }),
  ],
};
