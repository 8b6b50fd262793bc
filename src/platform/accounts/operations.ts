import * as answers from '../answer.ts';
import { accountCreate, accountUpdate } from '../fields.ts';
import { listQuery, type Operation, operation, readFlag } from '../operation.ts';
import * as accounts from './rules.ts';

/** /accounts (seed 000). */
export const accountOperations: readonly Operation[] = [
  operation({
    operationId: 'getAccounts',
    method: 'GET',
    path: '/accounts',
    summary: 'Find the accounts of the organization',
    source: 'seed 000',
    access: 'org-admin',
    query: [...listQuery, 'includeInactive'],
    answer: answers.accounts,
    handler: ({ context, caller, query }) => ({
      list: accounts.listAccounts(context, () => caller.organization, query, readFlag(query, 'includeInactive')),
    }),
  }),
  operation({
    operationId: 'createAccount',
    method: 'POST',
    path: '/accounts',
    summary: 'Add an account',
    source: 'seed 000',
    access: 'org-admin',
    body: accountCreate,
    answer: answers.createdAccount,
    refusals: [409],
    handler: ({ context, caller, body }) => ({ body: accounts.createAccount(context, caller, body) }),
  }),
  operation({
    operationId: 'getAccountById',
    method: 'GET',
    path: '/accounts/{id}',
    summary: 'Retrieve an account, also an inactive one',
    source: 'seed 000',
    access: 'org-admin',
    query: ['includeInactive'],
    answer: answers.account,
    handler: ({ context, caller, parameters, query }) => ({
      body: accounts.getAccount(context, caller, parameters.id, readFlag(query, 'includeInactive', true)),
    }),
  }),
  operation({
    operationId: 'updateAccount',
    method: 'PATCH',
    path: '/accounts/{id}',
    summary: 'Change, deactivate or reactivate an account',
    source: 'seed 000',
    access: 'org-admin',
    query: ['permanent'],
    body: accountUpdate,
    answer: answers.account,
    refusals: [409],
    handler: ({ context, caller, parameters, query, body }) => ({
      body: accounts.updateAccount(context, caller, parameters.id, body, readFlag(query, 'permanent')),
    }),
  }),
  operation({
    operationId: 'replaceAccount',
    method: 'PUT',
    path: '/accounts/{id}',
    summary: 'The same as PATCH',
    source: 'vendor docs',
    access: 'org-admin',
    query: ['permanent'],
    body: accountUpdate,
    answer: answers.account,
    refusals: [409],
    handler: ({ context, caller, parameters, query, body }) => ({
      body: accounts.updateAccount(context, caller, parameters.id, body, readFlag(query, 'permanent')),
    }),
  }),
  operation({
    operationId: 'deleteAccount',
    method: 'DELETE',
    path: '/accounts/{id}',
    summary: 'Deactivate an account and its users',
    source: 'seed 000',
    access: 'org-admin',
    answer: answers.empty,
    handler: ({ context, caller, parameters }) => {
      accounts.deleteAccount(context, caller, parameters.id);
      return { empty: true };
    },
  }),
];
