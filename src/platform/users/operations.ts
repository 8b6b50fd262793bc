import { toUsers } from '../access.ts';
import { empty } from '../answer.ts';
import { listQuery, operation, passwordOperation, type Resource, readFlag } from '../operation.ts';
import { noneFoundNote, userChangeNote } from './notes.ts';
import { deleteUser, getUser, listUsers, updateUser } from './rules.ts';
import { retrievedUser, user, users as userList, userUpdate } from './schemas.ts';

/** /users. */
export const users: Resource = {
  tag: 'users',
  description: 'Users across accounts.',
  operations: [
    operation({
      operationId: 'getUsers',
      method: 'GET',
      path: '/users',
      summary: "Find the users of all accounts, or of the caller's own",
      description: `With \`viewUsersOrg\` all users of the organization, with \`viewUsersAccount\` those of the caller's account. Inactive users are left out unless \`includeInactive\` asks for them. ${noneFoundNote}`,
      source: 'vendor docs',
      access: toUsers('view'),
      query: [...listQuery, 'includeInactive'],
      answer: userList,
      success: 'One page of the users, by descending id.',
      errors: [404],
      handler: ({ context, caller, query }) => listUsers(context, caller, query, readFlag(query, 'includeInactive')),
    }),
    passwordOperation({
      operationId: 'getUserByEmailOrId',
      method: 'GET',
      path: '/users/{emailOrId}',
      summary: 'Retrieve a user, with the secret on the right password',
      description: "With the user's password in `Elements-User-Password` the answer has the `secret`.",
      source: 'vendor docs',
      access: { ...toUsers('view'), orOneself: true },
      query: ['includeInactive'],
      answer: retrievedUser,
      success: 'The user.',
      handler: ({ context, caller, parameters: { emailOrId }, query, userPassword }) =>
        getUser(context, caller, emailOrId, userPassword, readFlag(query, 'includeInactive', true)),
    }),
    operation({
      operationId: 'updateUser',
      method: 'PATCH',
      path: '/users/{id}',
      summary: 'Change, deactivate or reactivate a user; the credentials expire with it',
      description: `It takes an id, not an email. The user's credentials count as expired from now on, even when a password is given, until the user sets one. ${userChangeNote}`,
      source: 'vendor docs',
      access: toUsers('edit'),
      query: ['permanent'],
      body: userUpdate,
      answer: user,
      success: 'The changed user.',
      errors: [403, 409],
      handler: ({ context, caller, parameters, query, body }) => {
        readFlag(query, 'permanent');
        return updateUser(context, caller, parameters.id, body);
      },
    }),
    operation({
      operationId: 'deleteUser',
      method: 'DELETE',
      path: '/users/{id}',
      summary: 'Delete a user for good',
      description: 'It takes an id, not an email. The user is gone for good, and the email is free again.',
      source: 'vendor docs',
      access: toUsers('delete'),
      query: ['permanent'],
      answer: empty,
      success: 'Done; the body is empty.',
      errors: [403],
      handler: ({ context, caller, parameters, query }) => {
        // It has no effect, but its value is checked (row `user-permanent`).
        readFlag(query, 'permanent');
        deleteUser(context, caller, parameters.id);
      },
    }),
  ],
};
