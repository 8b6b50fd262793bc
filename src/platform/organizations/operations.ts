import * as answers from '../answer.ts';
import { organizationUpdate } from '../fields.ts';
import { type Operation, operation } from '../operation.ts';
import * as organizations from './rules.ts';

/** /organizations/me (seed 003). */
export const organizationOperations: readonly Operation[] = [
  operation({
    operationId: 'getOrganization',
    method: 'GET',
    path: '/organizations/me',
    summary: 'Retrieve the organization, with its password policy',
    source: 'seed 003',
    access: 'user',
    answer: answers.organization,
    handler: ({ context, caller }) => ({ body: organizations.getOrganization(context, caller) }),
  }),
  operation({
    operationId: 'updateOrganization',
    method: 'PUT',
    path: '/organizations/me',
    summary: 'Rename the organization',
    source: 'seed 003',
    access: { organization: 'modifySecurity' },
    body: organizationUpdate,
    answer: answers.renamedOrganization,
    handler: ({ context, caller, body }) => ({ body: organizations.renameOrganization(context, caller, body) }),
  }),
];
