import * as Type from '@sinclair/typebox';
import type { AccountRecord } from '../../state/records.ts';
import { type ShownField, viewOf } from '../view.ts';

const accountFields = {
  id: { type: 'number', description: 'The id of the account, for paths.', read: (account) => account.id },
  name: { type: 'text', description: 'The name of the account.', read: (account) => account.name },
  description: { type: 'text', description: 'A short description.', read: (account) => account.description },
  active: {
    type: 'boolean',
    description: 'Whether it can be used; an inactive account is left out of lists.',
    read: (account) => account.active,
  },
  companyId: { type: 'number', description: 'The id of the organization.', read: (account) => account.organizationId },
  createdDate: { type: 'date', description: 'The day it was created.', read: (account) => account.createdDate },
  externalId: {
    type: 'text',
    description: "The caller's own id of the account; unique among the active accounts of an organization.",
    read: (account) => account.externalId,
  },
  defaultAccount: {
    type: 'boolean',
    description: 'Whether it is the account of the organization itself.',
    read: (account) => account.defaultAccount,
  },
  type: {
    type: 'text',
    description: '`Default` for the account of the organization itself, `CompanyAccount` for all others.',
    schema: () => Type.Union([Type.Literal('Default'), Type.Literal('CompanyAccount')]),
    read: (account) => (account.defaultAccount ? 'Default' : 'CompanyAccount'),
  },
  status: {
    type: 'text',
    description: 'Its status on the platform, such as `paid`; absent if unknown.',
    optional: true,
    read: (account) => account.status,
  },
  environment: {
    type: 'text',
    description: 'The environment: `snapshot`, `staging` or `production`; absent if unknown.',
    optional: true,
    read: (account) => account.environment,
  },
} satisfies Record<string, ShownField<AccountRecord>>;

const accountHead = ['id', 'name', 'description', 'active', 'companyId'] as const;
const accountTail = ['externalId', 'defaultAccount', 'type'] as const;

/** GET, PATCH and PUT of accounts. */
export const accountView = viewOf(accountFields, [
  ...accountHead,
  'createdDate',
  ...accountTail,
  'status',
  'environment',
]);
/** POST /accounts answers without `createdDate` (seed 000). */
export const createdAccountView = viewOf(accountFields, [...accountHead, ...accountTail]);
