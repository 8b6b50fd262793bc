import * as answers from '../answer.ts';
import { organizationUserCreate, organizationUserUpdate } from '../fields.ts';
import { listQuery, type Operation, operation, readFlag } from '../operation.ts';
import * as organizationUsers from './rules.ts';

/** /organizations/users (seed 002). */
export const organizationUserOperations: readonly Operation[] = [
  operation({
    operationId: 'getOrganizationUsers',
    method: 'GET',
    path: '/organizations/users',
    summary: 'Find the users of the default account',
    source: 'seed 002',
    access: { organization: 'viewUsersOrg' },
    query: [...listQuery, 'includeInactive'],
    answer: answers.organizationUsers,
    refusals: [404],
    handler: ({ context, caller, query }) => {
      const includeInactive = readFlag(query, 'includeInactive', true);
      return { list: organizationUsers.listOrganizationUsers(context, caller, query, includeInactive) };
    },
  }),
  operation({
    operationId: 'createOrganizationUser',
    method: 'POST',
    path: '/organizations/users',
    summary: 'Add a user to the default account',
    source: 'seed 002',
    access: { organization: 'addUsersOrg' },
    body: organizationUserCreate,
    answer: answers.createdOrganizationUser,
    refusals: [403, 409],
    handler: ({ context, caller, body }) => ({ body: organizationUsers.createOrganizationUser(context, caller, body) }),
  }),
  operation({
    operationId: 'getOrganizationUserByEmailOrId',
    method: 'GET',
    path: '/organizations/users/{emailOrId}',
    summary: 'Retrieve any user of the organization, with the secret on the right password',
    source: 'seed 002',
    access: { organization: 'viewUsersOrg' },
    query: ['includeInactive'],
    readsPassword: true,
    answer: answers.retrievedOrganizationUser,
    handler: ({ context, caller, parameters: { emailOrId }, query, userPassword }) => {
      const includeInactive = readFlag(query, 'includeInactive', true);
      return { body: organizationUsers.getOrganizationUser(context, caller, emailOrId, userPassword, includeInactive) };
    },
  }),
  operation({
    operationId: 'updateOrganizationUser',
    method: 'PATCH',
    path: '/organizations/users/{id}',
    summary: 'Change any user of the organization; the credentials expire with it',
    source: 'seed 002',
    access: { organization: 'editUsersOrg' },
    query: ['permanent'],
    body: organizationUserUpdate,
    answer: answers.changedOrganizationUser,
    refusals: [403, 409],
    handler: ({ context, caller, parameters, query, body }) => {
      readFlag(query, 'permanent');
      return { body: organizationUsers.updateOrganizationUser(context, caller, parameters.id, body) };
    },
  }),
  operation({
    operationId: 'deleteOrganizationUser',
    method: 'DELETE',
    path: '/organizations/users/{id}',
    summary: 'Delete any user of the organization for good',
    source: 'seed 002',
    access: { organization: 'deleteUsersOrg' },
    query: ['permanent'],
    answer: answers.empty,
    refusals: [403],
    handler: ({ context, caller, parameters, query }) => {
      readFlag(query, 'permanent');
      organizationUsers.deleteOrganizationUser(context, caller, parameters.id);
      return { empty: true };
    },
  }),
];
