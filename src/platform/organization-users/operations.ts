import { empty } from '../answer.ts';
import { listQuery, operation, passwordOperation, type Resource, readFlag } from '../operation.ts';
import { newUserNote, noneFoundNote, userChangeNote } from '../users/notes.ts';
import {
  createOrganizationUser,
  deleteOrganizationUser,
  getOrganizationUser,
  listOrganizationUsers,
  updateOrganizationUser,
} from './rules.ts';
import {
  changedOrganizationUser,
  createdOrganizationUser,
  organizationUserCreate,
  organizationUsers as organizationUserList,
  organizationUserUpdate,
  retrievedOrganizationUser,
} from './schemas.ts';

/** /organizations/users (seed 002). */
export const organizationUsers: Resource = {
  tag: 'organization users',
  description: 'The users of the default account, and any user of the organization.',
  operations: [
    operation({
      operationId: 'getOrganizationUsers',
      method: 'GET',
      path: '/organizations/users',
      summary: 'Find the users of the default account',
      description: `The users of the default account. The list includes inactive users. ${noneFoundNote}`,
      source: 'seed 002',
      access: { organization: 'viewUsersOrg' },
      query: [...listQuery, 'includeInactive'],
      answer: organizationUserList,
      success: 'One page of the users, by descending id.',
      errors: [404],
      handler: ({ context, caller, query }) =>
        listOrganizationUsers(context, caller, query, readFlag(query, 'includeInactive', true)),
    }),
    operation({
      operationId: 'createOrganizationUser',
      method: 'POST',
      path: '/organizations/users',
      summary: 'Add a user to the default account',
      description: `The user joins the default account of the organization. Flags such as \`active\` in the request are ignored. ${newUserNote}`,
      source: 'seed 002',
      access: { organization: 'addUsersOrg' },
      body: organizationUserCreate,
      answer: createdOrganizationUser,
      success: 'The new user, with the secret.',
      errors: [403, 409],
      handler: ({ context, caller, body }) => ({
        user: createOrganizationUser(context, caller, body),
        request: body,
      }),
    }),
    passwordOperation({
      operationId: 'getOrganizationUserByEmailOrId',
      method: 'GET',
      path: '/organizations/users/{emailOrId}',
      summary: 'Retrieve any user of the organization, with the secret on the right password',
      description:
        "Any user of the organization. With the user's password in `Elements-User-Password` the answer has the `secret`.",
      source: 'seed 002',
      access: { organization: 'viewUsersOrg' },
      query: ['includeInactive'],
      answer: retrievedOrganizationUser,
      success: 'The user.',
      handler: ({ context, caller, parameters: { emailOrId }, query, userPassword }) => {
        const includeInactive = readFlag(query, 'includeInactive', true);
        return getOrganizationUser(context, caller, emailOrId, userPassword, includeInactive);
      },
    }),
    operation({
      operationId: 'updateOrganizationUser',
      method: 'PATCH',
      path: '/organizations/users/{id}',
      summary: 'Change any user of the organization; the credentials expire with it',
      description: `Any user of the organization, by id and not by email. The user's credentials count as expired from now on, until the user sets a password. ${userChangeNote}`,
      source: 'seed 002',
      access: { organization: 'editUsersOrg' },
      query: ['permanent'],
      body: organizationUserUpdate,
      answer: changedOrganizationUser,
      success: 'The changed user.',
      errors: [403, 409],
      handler: ({ context, caller, parameters, query, body }) => {
        readFlag(query, 'permanent');
        return { user: updateOrganizationUser(context, caller, parameters.id, body), request: body };
      },
    }),
    operation({
      operationId: 'deleteOrganizationUser',
      method: 'DELETE',
      path: '/organizations/users/{id}',
      summary: 'Delete any user of the organization for good',
      description: 'Any user of the organization, by id and not by email. The user is gone for good.',
      source: 'seed 002',
      access: { organization: 'deleteUsersOrg' },
      query: ['permanent'],
      answer: empty,
      success: 'Done; the body is empty.',
      errors: [403],
      handler: ({ context, caller, parameters, query }) => {
        readFlag(query, 'permanent');
        deleteOrganizationUser(context, caller, parameters.id);
      },
    }),
  ],
};
