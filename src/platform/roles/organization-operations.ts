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
  description: 'What the roles may do in the organization.',
  operations: [
    operation({
      operationId: 'getOrganizationRoles',
      method: 'GET',
      path: '/organizations/roles',
      summary: 'Find the roles of the organization with their privileges',
      description: 'Every role there is, with what it may do in this organization.',
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
        'What a role gains or loses counts from the next call of its users on. A refused change changes nothing, not even the other roles of the list.',
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
      description: 'It undoes every change of their privileges.',
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
      description: 'The list replaces the privileges that the role has, and counts from the next call of its users on.',
      source: 'vendor docs',
      access: { organization: 'configureRoles', errorStatus: 403 },
      body: roleUpdate,
      answer: grantedRole,
      success: 'The role, with its privileges.',
      handler: ({ context, caller, parameters, body }) => updateOrganizationRole(context, caller, parameters.id, body),
    }),
  ],
};
