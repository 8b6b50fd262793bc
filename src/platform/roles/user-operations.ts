import { toUsers } from '../access.ts';
import { listQuery, operation, type Resource } from '../operation.ts';
import { grantUserRole, listUserRoles, revokeUserRole } from './grants.ts';
import { grantedRole, grantedRoles } from './schemas.ts';

/** /users/{id}/roles. */
export const userRoles: Resource = {
  tag: 'user roles',
  description: 'The roles of a user.',
  operations: [
    operation({
      operationId: 'getUserRoles',
      method: 'GET',
      path: '/users/{id}/roles',
      summary: "Find a user's roles, also those of the account",
      description: "The roles that were granted to the user, and those of the user's account.",
      source: 'vendor docs',
      access: { ...toUsers('view'), orOneself: true },
      query: listQuery,
      answer: grantedRoles,
      success: 'One page of the roles.',
      errors: [403],
      handler: ({ context, caller, parameters, query }) => listUserRoles(context, caller, parameters.id, query),
    }),
    operation({
      operationId: 'grantUserRole',
      method: 'PUT',
      path: '/users/{id}/roles/{key}',
      summary: 'Grant a role to a user',
      description:
        'Callers cannot grant a role above their own, cannot grant any to a user who has such a role, and cannot grant any to themselves.',
      source: 'vendor docs',
      access: toUsers('edit'),
      answer: grantedRole,
      success: 'The role, with its privileges.',
      errors: [403, 409],
      handler: ({ context, caller, parameters: { id, key } }) => grantUserRole(context, caller, id, key),
    }),
    operation({
      operationId: 'revokeUserRole',
      method: 'DELETE',
      path: '/users/{id}/roles/{key}',
      summary: 'Revoke a role of a user',
      description:
        'Callers cannot revoke a role above their own, cannot revoke any of a user who has such a role, and cannot revoke any of themselves.',
      source: 'vendor docs',
      access: toUsers('edit'),
      answer: grantedRole,
      success: 'The role, with its privileges.',
      errors: [403],
      handler: ({ context, caller, parameters: { id, key } }) => revokeUserRole(context, caller, id, key),
    }),
  ],
};
