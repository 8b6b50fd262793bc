import * as answers from '../answer.ts';
import { listQuery, type Operation, operation } from '../operation.ts';
import * as roleGrants from './grants.ts';

/** /accounts/{id}/roles. */
export const accountRoleOperations: readonly Operation[] = [
  operation({
    operationId: 'getAccountRoles',
    method: 'GET',
    path: '/accounts/{id}/roles',
    summary: 'Find the roles that every user of an account has',
    source: 'vendor docs',
    access: 'org-admin',
    query: listQuery,
    answer: answers.grantedRoles,
    refusals: [403],
    handler: ({ context, caller, parameters, query }) => ({
      list: roleGrants.listAccountRoles(context, caller, parameters.id, query),
    }),
  }),
  operation({
    operationId: 'getAccountRoleByKey',
    method: 'GET',
    path: '/accounts/{id}/roles/{key}',
    summary: 'Retrieve a role of an account',
    source: 'vendor docs',
    access: 'org-admin',
    answer: answers.grantedRole,
    refusals: [403],
    handler: ({ context, caller, parameters: { id, key } }) => ({
      body: roleGrants.getAccountRole(context, caller, id, key),
    }),
  }),
  operation({
    operationId: 'grantAccountRole',
    method: 'PUT',
    path: '/accounts/{id}/roles/{key}',
    summary: 'Grant a role to every user of an account',
    source: 'vendor docs',
    access: 'org-admin',
    answer: answers.grantedRole,
    refusals: [403],
    handler: ({ context, caller, parameters: { id, key } }) => ({
      body: roleGrants.grantAccountRole(context, caller, id, key),
    }),
  }),
  operation({
    operationId: 'revokeAccountRole',
    method: 'DELETE',
    path: '/accounts/{id}/roles/{key}',
    summary: 'Revoke a role of an account',
    source: 'vendor docs',
    access: 'org-admin',
    answer: answers.grantedRole,
    refusals: [403],
    handler: ({ context, caller, parameters: { id, key } }) => ({
      body: roleGrants.revokeAccountRole(context, caller, id, key),
    }),
  }),
];
