import { listQuery, operation, type Resource } from '../operation.ts';
import {
  listOrganizationRoles,
  resetOrganizationRoles,
  updateOrganizationRole,
  updateOrganizationRoles,
} from './organization-rules.ts';
import { grantedRole, grantedRoles, rolesUpdate, roleUpdate } from './schemas.ts';

/** /organizations/roles. */
export const organizationRoles: Resource = {
  tag: 'organization roles',
  description: 'The roles and their privileges in the organization.',
  operations: [
    operation({
      operationId: 'getOrganizationRoles',
      method: 'GET',
      path: '/organizations/roles',
      summary: 'Find the roles of the organization with their privileges',
      description: 'All roles with their privileges in this organization.',
      source: 'vendor docs',
      access: { organization: 'configureRoles', errorStatus: 403 },
      query: listQuery,
      answer: grantedRoles,
      success: 'One page of the roles.',
      handler: ({ context, caller, query }) => listOrganizationRoles(context, caller, query),
    }),
    operation({
      operationId: 'updateOrganizationRoles',
      method: 'PUT',
      path: '/organizations/roles',
      summary: 'Set the privileges of several roles',
      description:
        'A change applies from the next call of the users with the role on. A refused request changes no role of the list.',
      source: 'vendor docs',
      access: { organization: 'configureRoles', errorStatus: 403 },
      body: rolesUpdate,
      answer: grantedRoles,
      success: 'All roles of the organization, in one answer.',
      handler: ({ context, caller, body }) => updateOrganizationRoles(context, caller, body),
    }),
    operation({
      operationId: 'resetOrganizationRoles',
      method: 'PUT',
      path: '/organizations/roles/reset',
      summary: "Give all roles the privileges of the platform's catalog",
      description: 'All changes of their privileges are undone.',
      source: 'vendor docs',
      access: { organization: 'configureRoles', errorStatus: 403 },
      answer: grantedRoles,
      success: 'All roles of the organization, in one answer.',
      handler: ({ context, caller }) => resetOrganizationRoles(context, caller),
    }),
    operation({
      operationId: 'updateOrganizationRole',
      method: 'PUT',
      path: '/organizations/roles/{id}',
      summary: 'Set the privileges of a role',
      description: 'The list replaces the privileges of the role and applies from the next call of its users on.',
      source: 'vendor docs',
      access: { organization: 'configureRoles', errorStatus: 403 },
      body: roleUpdate,
      answer: grantedRole,
      success: 'The role, with its privileges.',
      handler: ({ context, caller, parameters, body }) => updateOrganizationRole(context, caller, parameters.id, body),
    }),
  ],
};
