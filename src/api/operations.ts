import * as accountUsers from '../platform/account-users.ts';
import * as accounts from '../platform/accounts.ts';
import * as organizationUsers from '../platform/organization-users.ts';
import * as organizations from '../platform/organizations.ts';
import {
  accountCreate,
  accountUpdate,
  accountUserCreate,
  accountUserUpdate,
  organizationUpdate,
  organizationUserCreate,
  organizationUserUpdate,
} from './bodies.ts';
import { type Operation, operation, readFlag } from './operation.ts';

const listQuery = ['where', 'offset', 'pageSize', 'page', 'nextPage'] as const;

/**
 * Every operation of the platform that is emulated. The router, the 405s, the README's table and
 * the coverage test all come from here.
 */
export const operations: readonly Operation[] = [
  operation({
    operationId: 'getAccounts',
    method: 'GET',
    path: '/accounts',
    summary: 'Find the accounts of the organization',
    source: 'seed 000',
    access: 'organization-administrator',
    query: [...listQuery, 'includeInactive'],
    handler: ({ world, caller, query }) => ({
      list: accounts.listAccounts(world, caller, query, readFlag(query, 'includeInactive')),
    }),
  }),
  operation({
    operationId: 'createAccount',
    method: 'POST',
    path: '/accounts',
    summary: 'Add an account',
    source: 'seed 000',
    access: 'organization-administrator',
    body: accountCreate,
    handler: ({ world, caller, body }) => ({ body: accounts.createAccount(world, caller, body) }),
  }),
  operation({
    operationId: 'getAccountById',
    method: 'GET',
    path: '/accounts/{id}',
    summary: 'Retrieve an account, also an inactive one',
    source: 'seed 000',
    access: 'organization-administrator',
    handler: ({ world, caller, parameters }) => ({ body: accounts.getAccount(world, caller, parameters.id) }),
  }),
  operation({
    operationId: 'updateAccount',
    method: 'PATCH',
    path: '/accounts/{id}',
    summary: 'Change, deactivate or reactivate an account',
    source: 'seed 000',
    access: 'organization-administrator',
    query: ['permanent'],
    body: accountUpdate,
    handler: ({ world, caller, parameters, query, body }) => ({
      body: accounts.updateAccount(world, caller, parameters.id, body, readFlag(query, 'permanent')),
    }),
  }),
  operation({
    operationId: 'replaceAccount',
    method: 'PUT',
    path: '/accounts/{id}',
    summary: 'The same as PATCH',
    source: 'vendor docs',
    access: 'organization-administrator',
    query: ['permanent'],
    body: accountUpdate,
    handler: ({ world, caller, parameters, query, body }) => ({
      body: accounts.updateAccount(world, caller, parameters.id, body, readFlag(query, 'permanent')),
    }),
  }),
  operation({
    operationId: 'deleteAccount',
    method: 'DELETE',
    path: '/accounts/{id}',
    summary: 'Deactivate an account and its users',
    source: 'seed 000',
    access: 'organization-administrator',
    handler: ({ world, caller, parameters }) => {
      accounts.deleteAccount(world, caller, parameters.id);
      return { empty: true };
    },
  }),
  operation({
    operationId: 'getAccountUsers',
    method: 'GET',
    path: '/accounts/{id}/users',
    summary: 'Find the users of an account',
    source: 'seed 001',
    access: 'account-administrator',
    query: listQuery,
    handler: ({ world, caller, parameters, query }) => ({
      list: accountUsers.listAccountUsers(world, caller, parameters.id, query),
    }),
  }),
  operation({
    operationId: 'createAccountUser',
    method: 'POST',
    path: '/accounts/{id}/users',
    summary: 'Add a user to an account',
    source: 'seed 001',
    access: 'account-administrator',
    body: accountUserCreate,
    handler: ({ world, caller, parameters, body }) => ({
      body: accountUsers.createAccountUser(world, caller, parameters.id, body),
    }),
  }),
  operation({
    operationId: 'getAccountUserByEmailOrId',
    method: 'GET',
    path: '/accounts/{id}/users/{emailOrId}',
    summary: 'Retrieve a user of an account, with the secret on the right password',
    source: 'seed 001',
    access: 'account-administrator',
    handler: ({ world, caller, parameters: { id, emailOrId }, userPassword }) => ({
      body: accountUsers.getAccountUser(world, caller, id, emailOrId, userPassword),
    }),
  }),
  operation({
    operationId: 'updateAccountUser',
    method: 'PATCH',
    path: '/accounts/{id}/users/{userId}',
    summary: 'Change, deactivate or reactivate a user of an account',
    source: 'seed 001',
    access: 'account-administrator',
    body: accountUserUpdate,
    handler: ({ world, caller, parameters: { id, userId }, body }) => ({
      body: accountUsers.updateAccountUser(world, caller, id, userId, body),
    }),
  }),
  operation({
    operationId: 'replaceAccountUser',
    method: 'PUT',
    path: '/accounts/{id}/users/{userId}',
    summary: 'The same as PATCH',
    source: 'vendor docs',
    access: 'account-administrator',
    body: accountUserUpdate,
    handler: ({ world, caller, parameters: { id, userId }, body }) => ({
      body: accountUsers.updateAccountUser(world, caller, id, userId, body),
    }),
  }),
  operation({
    operationId: 'deleteAccountUser',
    method: 'DELETE',
    path: '/accounts/{id}/users/{userId}',
    summary: 'Delete a user of an account for good',
    source: 'seed 001',
    access: 'account-administrator',
    handler: ({ world, caller, parameters: { id, userId } }) => {
      accountUsers.deleteAccountUser(world, caller, id, userId);
      return { empty: true };
    },
  }),
  operation({
    operationId: 'getOrganizationUsers',
    method: 'GET',
    path: '/organizations/users',
    summary: 'Find the users of the default account',
    source: 'seed 002',
    access: 'organization-administrator',
    query: listQuery,
    handler: ({ world, caller, query }) => ({ list: organizationUsers.listOrganizationUsers(world, caller, query) }),
  }),
  operation({
    operationId: 'createOrganizationUser',
    method: 'POST',
    path: '/organizations/users',
    summary: 'Add a user to the default account',
    source: 'seed 002',
    access: 'organization-administrator',
    body: organizationUserCreate,
    handler: ({ world, caller, body }) => ({ body: organizationUsers.createOrganizationUser(world, caller, body) }),
  }),
  operation({
    operationId: 'getOrganizationUserByEmailOrId',
    method: 'GET',
    path: '/organizations/users/{emailOrId}',
    summary: 'Retrieve any user of the organization, with the secret on the right password',
    source: 'seed 002',
    access: 'organization-administrator',
    handler: ({ world, caller, parameters: { emailOrId }, userPassword }) => ({
      body: organizationUsers.getOrganizationUser(world, caller, emailOrId, userPassword),
    }),
  }),
  operation({
    operationId: 'updateOrganizationUser',
    method: 'PATCH',
    path: '/organizations/users/{id}',
    summary: 'Change any user of the organization; the credentials expire with it',
    source: 'seed 002',
    access: 'organization-administrator',
    body: organizationUserUpdate,
    handler: ({ world, caller, parameters, body }) => ({
      body: organizationUsers.updateOrganizationUser(world, caller, parameters.id, body),
    }),
  }),
  operation({
    operationId: 'deleteOrganizationUser',
    method: 'DELETE',
    path: '/organizations/users/{id}',
    summary: 'Delete any user of the organization for good',
    source: 'seed 002',
    access: 'organization-administrator',
    handler: ({ world, caller, parameters }) => {
      organizationUsers.deleteOrganizationUser(world, caller, parameters.id);
      return { empty: true };
    },
  }),
  operation({
    operationId: 'getOrganization',
    method: 'GET',
    path: '/organizations/me',
    summary: 'Retrieve the organization, with its password policy',
    source: 'seed 003',
    access: 'user',
    handler: ({ caller }) => ({ body: organizations.getOrganization(caller) }),
  }),
  operation({
    operationId: 'updateOrganization',
    method: 'PUT',
    path: '/organizations/me',
    summary: 'Rename the organization',
    source: 'seed 003',
    access: 'organization-administrator',
    body: organizationUpdate,
    handler: ({ world, caller, body }) => ({ body: organizations.renameOrganization(world, caller, body) }),
  }),
];
