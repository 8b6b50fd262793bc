import { listQuery, operation, type Resource, readFlag } from '../operation.ts';
import { requireOrganization } from '../organizations/rules.ts';
import { createAccount, getAccount, listAccounts } from './rules.ts';
import { account, accountCreate, accounts, createdAccount } from './schemas.ts';

/** /organizations/{id}/accounts: /accounts under the caller's own organization. */
export const organizationAccounts: Resource = {
  tag: 'organization accounts',
  description: 'The accounts of the organization, below its id.',
  operations: [
    operation({
      operationId: 'getOrganizationAccounts',
      method: 'GET',
      path: '/organizations/{id}/accounts',
      summary: 'Find the accounts of the organization',
      description:
        "The id has to be that of the caller's organization. Inactive accounts are left out unless `includeInactive` asks for them.",
      source: 'vendor docs',
      access: 'org-admin',
      query: [...listQuery, 'includeInactive'],
      answer: accounts,
      success: 'One page of the accounts, by ascending id.',
      handler: ({ context, caller, parameters, query }) => {
        const findOrganization = () => requireOrganization(caller, parameters.id);
        return listAccounts(context, findOrganization, query, readFlag(query, 'includeInactive'));
      },
    }),
    operation({
      operationId: 'createOrganizationAccount',
      method: 'POST',
      path: '/organizations/{id}/accounts',
      summary: 'Add an account',
      description: 'The same as `POST /accounts`.',
      source: 'vendor docs',
      access: 'org-admin',
      body: accountCreate,
      answer: createdAccount,
      success: 'The new account, without its `createdDate`.',
      errors: [409],
      handler: ({ context, caller, parameters, body }) => {
        requireOrganization(caller, parameters.id);
        return createAccount(context, caller, body);
      },
    }),
    operation({
      operationId: 'getOrganizationAccountById',
      method: 'GET',
      path: '/organizations/{id}/accounts/{accountId}',
      summary: 'Retrieve an account, also an inactive one',
      description: 'The same as `GET /accounts/{id}`.',
      source: 'vendor docs',
      access: 'org-admin',
      query: ['includeInactive'],
      answer: account,
      success: 'The account.',
      handler: ({ context, caller, parameters: { id, accountId }, query }) => {
        const includeInactive = readFlag(query, 'includeInactive', true);
        requireOrganization(caller, id);
        return getAccount(context, caller, accountId, includeInactive);
      },
    }),
  ],
};
