import { toUsers } from '../access.ts';
import * as answers from '../answer.ts';
import { accountUserCreate, accountUserUpdate } from '../fields.ts';
import { listQuery, type Operation, operation, readFlag } from '../operation.ts';
import * as accountUsers from './rules.ts';

/** /accounts/{id}/users (seeds 000 and 001). */
export const accountUserOperations: readonly Operation[] = [
  operation({
    operationId: 'getAccountUsers',
    method: 'GET',
    path: '/accounts/{id}/users',
    summary: 'Find the users of an account',
    source: 'seed 001',
    access: { ...toUsers('view'), isAccountInPath: true },
    query: [...listQuery, 'includeInactive'],
    answer: answers.accountUsers,
    handler: ({ context, caller, parameters, query }) => {
      const includeInactive = readFlag(query, 'includeInactive', true);
      return { list: accountUsers.listAccountUsers(context, caller, parameters.id, query, includeInactive) };
    },
  }),
  operation({
    operationId: 'createAccountUser',
    method: 'POST',
    path: '/accounts/{id}/users',
    summary: 'Add a user to an account',
    source: 'seed 001',
    access: { ...toUsers('add'), isAccountInPath: true },
    body: accountUserCreate,
    answer: answers.createdAccountUser,
    refusals: [403, 409],
    handler: ({ context, caller, parameters, body }) => ({
      body: accountUsers.createAccountUser(context, caller, parameters.id, body),
    }),
  }),
  operation({
    operationId: 'getAccountUserByEmailOrId',
    method: 'GET',
    path: '/accounts/{id}/users/{emailOrId}',
    summary: 'Retrieve a user of an account, with the secret on the right password',
    source: 'seed 001',
    access: { ...toUsers('view'), isAccountInPath: true },
    query: ['includeInactive'],
    readsPassword: true,
    answer: answers.retrievedAccountUser,
    handler: ({ context, caller, parameters: { id, emailOrId }, query, userPassword }) => {
      const includeInactive = readFlag(query, 'includeInactive', true);
      return { body: accountUsers.getAccountUser(context, caller, id, emailOrId, userPassword, includeInactive) };
    },
  }),
  operation({
    operationId: 'updateAccountUser',
    method: 'PATCH',
    path: '/accounts/{id}/users/{userId}',
    summary: 'Change, deactivate or reactivate a user of an account',
    source: 'seed 001',
    access: { ...toUsers('edit'), isAccountInPath: true },
    query: ['permanent'],
    body: accountUserUpdate,
    answer: answers.accountUser,
    refusals: [403, 409],
    handler: ({ context, caller, parameters: { id, userId }, query, body }) => {
      readFlag(query, 'permanent');
      return { body: accountUsers.updateAccountUser(context, caller, id, userId, body) };
    },
  }),
  operation({
    operationId: 'replaceAccountUser',
    method: 'PUT',
    path: '/accounts/{id}/users/{userId}',
    summary: 'The same as PATCH',
    source: 'vendor docs',
    access: { ...toUsers('edit'), isAccountInPath: true },
    query: ['permanent'],
    body: accountUserUpdate,
    answer: answers.accountUser,
    refusals: [403, 409],
    handler: ({ context, caller, parameters: { id, userId }, query, body }) => {
      readFlag(query, 'permanent');
      return { body: accountUsers.updateAccountUser(context, caller, id, userId, body) };
    },
  }),
  operation({
    operationId: 'deleteAccountUser',
    method: 'DELETE',
    path: '/accounts/{id}/users/{userId}',
    summary: 'Delete a user of an account for good',
    source: 'seed 001',
    access: { ...toUsers('delete'), isAccountInPath: true },
    query: ['permanent'],
    answer: answers.empty,
    refusals: [403],
    handler: ({ context, caller, parameters: { id, userId }, query }) => {
      readFlag(query, 'permanent');
      accountUsers.deleteAccountUser(context, caller, id, userId);
      return { empty: true };
    },
  }),
];
