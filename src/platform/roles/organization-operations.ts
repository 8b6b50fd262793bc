import * as answers from '../answer.ts';
import { rolesUpdate, roleUpdate } from '../fields.ts';
import { listQuery, type Operation, operation } from '../operation.ts';
import * as catalogue from './organization-rules.ts';

/** /organizations/roles. */
export const organizationRoleOperations: readonly Operation[] = [
  operation({
    operationId: 'getOrganizationRoles',
    method: 'GET',
    path: '/organizations/roles',
    summary: 'Find the roles of the organization with their privileges',
    source: 'vendor docs',
    access: { organization: 'configureRoles', refusal: 403 },
    query: listQuery,
    answer: answers.grantedRoles,
    handler: ({ context, caller, query }) => ({ list: catalogue.listOrganizationRoles(context, caller, query) }),
  }),
  operation({
    operationId: 'updateOrganizationRoles',
    method: 'PUT',
    path: '/organizations/roles',
    summary: 'Set the privileges of several roles',
    source: 'vendor docs',
    access: { organization: 'configureRoles', refusal: 403 },
    body: rolesUpdate,
    answer: answers.grantedRoles,
    handler: ({ context, caller, body }) => ({ list: catalogue.updateOrganizationRoles(context, caller, body) }),
  }),
  operation({
    operationId: 'resetOrganizationRoles',
    method: 'PUT',
    path: '/organizations/roles/reset',
    summary: "Give all roles the privileges of the platform's catalogue",
    source: 'vendor docs',
    access: { organization: 'configureRoles', refusal: 403 },
    answer: answers.grantedRoles,
    handler: ({ context, caller }) => ({ list: catalogue.resetOrganizationRoles(context, caller) }),
  }),
  operation({
    operationId: 'updateOrganizationRole',
    method: 'PUT',
    path: '/organizations/roles/{id}',
    summary: 'Set the privileges of a role',
    source: 'vendor docs',
    access: { organization: 'configureRoles', refusal: 403 },
    body: roleUpdate,
    answer: answers.grantedRole,
    handler: ({ context, caller, parameters, body }) => ({
      body: catalogue.updateOrganizationRole(context, caller, parameters.id, body),
    }),
  }),
];
