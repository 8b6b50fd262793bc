import { toUsers } from '../access.ts';
import * as answers from '../answer.ts';
import { accountUserUpdate } from '../fields.ts';
import { listQuery, type Operation, operation, readFlag } from '../operation.ts';
import * as roleGrants from '../roles/grants.ts';
import * as users from './rules.ts';

/** /users. */
export const userOperations: readonly Operation[] = [
  operation({
    operationId: 'getUsers',
    method: 'GET',
    path: '/users',
    summary: 'Find the users of all accounts, or of the own one',
    source: 'vendor docs',
    access: toUsers('view'),
    query: [...listQuery, 'includeInactive'],
    answer: answers.users,
    refusals: [404],
    handler: ({ context, caller, query }) => ({
      list: users.getUsers(context, caller, query, readFlag(query, 'includeInactive')),
    }),
  }),
  operation({
    operationId: 'getUserByEmailOrId',
    method: 'GET',
    path: '/users/{emailOrId}',
    summary: 'Retrieve a user, with the secret on the right password',
    source: 'vendor docs',
    access: { ...toUsers('view'), orOneself: true },
    query: ['includeInactive'],
    readsPassword: true,
    answer: answers.retrievedUser,
    handler: ({ context, caller, parameters: { emailOrId }, query, userPassword }) => ({
      body: users.getUser(context, caller, emailOrId, userPassword, readFlag(query, 'includeInactive', true)),
    }),
  }),
  operation({
    operationId: 'updateUser',
    method: 'PATCH',
    path: '/users/{id}',
    summary: 'Change, deactivate or reactivate a user; the credentials expire with it',
    source: 'vendor docs',
    access: toUsers('edit'),
    query: ['permanent'],
    body: accountUserUpdate,
    answer: answers.user,
    refusals: [403, 409],
    handler: ({ context, caller, parameters, query, body }) => {
      readFlag(query, 'permanent');
      return { body: users.changeUser(context, caller, parameters.id, body) };
    },
  }),
  operation({
    operationId: 'deleteUser',
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Delete a user for good',
    source: 'vendor docs',
    access: toUsers('delete'),
    query: ['permanent'],
    answer: answers.empty,
    refusals: [403],
    handler: ({ context, caller, parameters, query }) => {
      // It changes nothing, and is checked all the same.
      readFlag(query, 'permanent');
      users.deleteUser(context, caller, parameters.id);
      return { empty: true };
    },
  }),
  operation({
    operationId: 'getUserRoles',
    method: 'GET',
    path: '/users/{id}/roles',
    summary: "Find a user's roles, the own ones and the account's",
    source: 'vendor docs',
    access: { ...toUsers('view'), orOneself: true },
    query: listQuery,
    answer: answers.grantedRoles,
    refusals: [403],
    handler: ({ context, caller, parameters, query }) => ({
      list: roleGrants.listUserRoles(context, caller, parameters.id, query),
    }),
  }),
  operation({
    operationId: 'grantUserRole',
    method: 'PUT',
    path: '/users/{id}/roles/{key}',
    summary: 'Grant a role to a user',
    source: 'vendor docs',
    access: toUsers('edit'),
    answer: answers.grantedRole,
    refusals: [403, 409],
    handler: ({ context, caller, parameters: { id, key } }) => ({
      body: roleGrants.grantUserRole(context, caller, id, key),
    }),
  }),
  operation({
    operationId: 'revokeUserRole',
    method: 'DELETE',
    path: '/users/{id}/roles/{key}',
    summary: 'Revoke a role of a user',
    source: 'vendor docs',
    access: toUsers('edit'),
    answer: answers.grantedRole,
    refusals: [403],
    handler: ({ context, caller, parameters: { id, key } }) => ({
      body: roleGrants.revokeUserRole(context, caller, id, key),
    }),
  }),
];
