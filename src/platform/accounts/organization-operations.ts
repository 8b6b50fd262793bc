import * as answers from '../answer.ts';
import { accountCreate } from '../fields.ts';
import { listQuery, type Operation, operation, readFlag } from '../operation.ts';
import { requireOrganization } from '../organizations/rules.ts';
import * as accounts from './rules.ts';

/** /organizations/{id}/accounts: /accounts under the caller's own organization. */
export const organizationAccountOperations: readonly Operation[] = [
  operation({
    operationId: 'getOrganizationAccounts',
    method: 'GET',
    path: '/organizations/{id}/accounts',
    summary: 'Find the accounts of the organization',
    source: 'vendor docs',
    access: 'org-admin',
    query: [...listQuery, 'includeInactive'],
    answer: answers.accounts,
    handler: ({ context, caller, parameters, query }) => {
      const findOrganization = () => requireOrganization(caller, parameters.id);
      return { list: accounts.listAccounts(context, findOrganization, query, readFlag(query, 'includeInactive')) };
    },
  }),
  operation({
    operationId: 'createOrganizationAccount',
    method: 'POST',
    path: '/organizations/{id}/accounts',
    summary: 'Add an account',
    source: 'vendor docs',
    access: 'org-admin',
    body: accountCreate,
    answer: answers.createdAccount,
    refusals: [409],
    handler: ({ context, caller, parameters, body }) => {
      requireOrganization(caller, parameters.id);
      return { body: accounts.createAccount(context, caller, body) };
    },
  }),
  operation({
    operationId: 'getOrganizationAccountById',
    method: 'GET',
    path: '/organizations/{id}/accounts/{accountId}',
    summary: 'Retrieve an account, also an inactive one',
    source: 'vendor docs',
    access: 'org-admin',
    query: ['includeInactive'],
    answer: answers.account,
    handler: ({ context, caller, parameters: { id, accountId }, query }) => {
      const includeInactive = readFlag(query, 'includeInactive', true);
      requireOrganization(caller, id);
      return { body: accounts.getAccount(context, caller, accountId, includeInactive) };
    },
  }),
];
