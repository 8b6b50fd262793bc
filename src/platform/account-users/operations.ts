import { toUsers } from '../access.ts';
import { empty } from '../answer.ts';
import { listQuery, operation, passwordOperation, putFor, type Resource, readFlag } from '../operation.ts';
import { newUserNote, noneFoundNote, userChangeNote } from '../users/notes.ts';
import { userUpdate } from '../users/schemas.ts';
import { createAccountUser, deleteAccountUser, getAccountUser, listAccountUsers, updateAccountUser } from './rules.ts';
import {
  accountUser,
  accountUserCreate,
  accountUsers as accountUserList,
  createdAccountUser,
  retrievedAccountUser,
} from './schemas.ts';

const update = operation({
  operationId: 'updateAccountUser',
  method: 'PATCH',
  path: '/accounts/{id}/users/{userId}',
  summary: 'Change, deactivate or reactivate a user of an account',
  description: userChangeNote,
  source: 'seed 001',
  access: { ...toUsers('edit'), isAccountInPath: true },
  query: ['permanent'],
  body: userUpdate,
  answer: accountUser,
  success: 'The changed user.',
  errors: [403, 409],
  handler: ({ context, caller, parameters: { id, userId }, query, body }) => {
    readFlag(query, 'permanent');
    return updateAccountUser(context, caller, id, userId, body);
  },
});

/** /accounts/{id}/users (seeds 000 and 001). */
export const accountUsers: Resource = {
  tag: 'account users',
  description: 'The users of an account.',
  operations: [
    operation({
      operationId: 'getAccountUsers',
      method: 'GET',
      path: '/accounts/{id}/users',
      summary: 'Find the users of an account',
      description: `The list includes inactive users. ${noneFoundNote}`,
      source: 'seed 001',
      access: { ...toUsers('view'), isAccountInPath: true },
      query: [...listQuery, 'includeInactive'],
      answer: accountUserList,
      success: 'One page of the users, by descending id.',
      handler: ({ context, caller, parameters, query }) => {
        const includeInactive = readFlag(query, 'includeInactive', true);
        return listAccountUsers(context, caller, parameters.id, query, includeInactive);
      },
    }),
    operation({
      operationId: 'createAccountUser',
      method: 'POST',
      path: '/accounts/{id}/users',
      summary: 'Add a user to an account',
      description: newUserNote,
      source: 'seed 001',
      access: { ...toUsers('add'), isAccountInPath: true },
      body: accountUserCreate,
      answer: createdAccountUser,
      success: 'The new user, with the secret.',
      errors: [403, 409],
      handler: ({ context, caller, parameters, body }) => createAccountUser(context, caller, parameters.id, body),
    }),
    passwordOperation({
      operationId: 'getAccountUserByEmailOrId',
      method: 'GET',
      path: '/accounts/{id}/users/{emailOrId}',
      summary: 'Retrieve a user of an account, with the secret on the right password',
      description:
        "With the user's password in `Elements-User-Password` the answer has the `secret`; with another, or none, it does not.",
      source: 'seed 001',
      access: { ...toUsers('view'), isAccountInPath: true },
      query: ['includeInactive'],
      answer: retrievedAccountUser,
      success: 'The user.',
      handler: ({ context, caller, parameters: { id, emailOrId }, query, userPassword }) => {
        const includeInactive = readFlag(query, 'includeInactive', true);
        return getAccountUser(context, caller, id, emailOrId, userPassword, includeInactive);
      },
    }),
    update,
    putFor(update, 'replaceAccountUser'),
    operation({
      operationId: 'deleteAccountUser',
      method: 'DELETE',
      path: '/accounts/{id}/users/{userId}',
      summary: 'Delete a user of an account for good',
      description: 'The user is gone for good. To keep a user from the platform for a while, deactivate the user.',
      source: 'seed 001',
      access: { ...toUsers('delete'), isAccountInPath: true },
      query: ['permanent'],
      answer: empty,
      success: 'Done; the body is empty.',
      errors: [403],
      handler: ({ context, caller, parameters: { id, userId }, query }) => {
        readFlag(query, 'permanent');
        deleteAccountUser(context, caller, id, userId);
      },
    }),
  ],
};
