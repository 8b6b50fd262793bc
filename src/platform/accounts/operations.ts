import { empty } from '../answer.ts';
import { listQuery, operation, putFor, type Resource, readFlag } from '../operation.ts';
import { createAccount, deleteAccount, getAccount, listAccounts, updateAccount } from './rules.ts';
import { account, accountCreate, accounts as accountList, accountUpdate, createdAccount } from './schemas.ts';

const change =
  'Deactivating an account is the same as deleting it, and deactivates its users as well. Reactivating an account ' +
  'leaves its users inactive: reactivate each of them. Absent fields stay unchanged.';

const update = operation({
  operationId: 'updateAccount',
  method: 'PATCH',
  path: '/accounts/{id}',
  summary: 'Change, deactivate or reactivate an account',
  description: change,
  source: 'seed 000',
  access: 'org-admin',
  query: ['permanent'],
  body: accountUpdate,
  answer: account,
  success: 'The changed account.',
  errors: [409],
  handler: ({ context, caller, parameters, query, body }) =>
    updateAccount(context, caller, parameters.id, body, readFlag(query, 'permanent')),
});

/** /accounts (seed 000). */
export const accounts: Resource = {
  tag: 'accounts',
  description: 'The accounts of the organization.',
  operations: [
    operation({
      operationId: 'getAccounts',
      method: 'GET',
      path: '/accounts',
      summary: 'Find the accounts of the organization',
      description: 'Inactive accounts are left out unless `includeInactive` asks for them.',
      source: 'seed 000',
      access: 'org-admin',
      query: [...listQuery, 'includeInactive'],
      answer: accountList,
      success: 'One page of the accounts, by ascending id.',
      handler: ({ context, caller, query }) =>
        listAccounts(context, () => caller.organization, query, readFlag(query, 'includeInactive')),
    }),
    operation({
      operationId: 'createAccount',
      method: 'POST',
      path: '/accounts',
      summary: 'Add an account',
      description:
        'Without `name` and `description`, both are the `externalId`. The answer is 409 for the `externalId` of another active account.',
      source: 'seed 000',
      access: 'org-admin',
      body: accountCreate,
      answer: createdAccount,
      success: 'The new account, without its `createdDate`.',
      errors: [409],
      handler: ({ context, caller, body }) => createAccount(context, caller, body),
    }),
    operation({
      operationId: 'getAccountById',
      method: 'GET',
      path: '/accounts/{id}',
      summary: 'Retrieve an account, also an inactive one',
      description: 'Inactive accounts are found as well.',
      source: 'seed 000',
      access: 'org-admin',
      query: ['includeInactive'],
      answer: account,
      success: 'The account.',
      handler: ({ context, caller, parameters, query }) =>
        getAccount(context, caller, parameters.id, readFlag(query, 'includeInactive', true)),
    }),
    update,
    putFor(update, 'replaceAccount'),
    operation({
      operationId: 'deleteAccount',
      method: 'DELETE',
      path: '/accounts/{id}',
      summary: 'Deactivate an account and its users',
      description:
        'The account and its users become inactive. PATCH with `active: true` recovers the account, and leaves its users inactive.',
      source: 'seed 000',
      access: 'org-admin',
      answer: empty,
      success: 'Done; the body is empty.',
      handler: ({ context, caller, parameters }) => deleteAccount(context, caller, parameters.id),
    }),
  ],
};
