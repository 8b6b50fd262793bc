import { operation, type Resource } from '../operation.ts';
import { getOrganization, updateOrganization } from './rules.ts';
import { organizationUpdate, renamedOrganization, organization as shownOrganization } from './schemas.ts';

/** /organizations/me (seed 003). */
export const organization: Resource = {
  tag: 'organization',
  description: 'The organization itself.',
  operations: [
    operation({
      operationId: 'getOrganization',
      method: 'GET',
      path: '/organizations/me',
      summary: 'Retrieve the organization, with its password policy',
      description: 'The organization of the caller, with its secret.',
      source: 'seed 003',
      access: 'user',
      answer: shownOrganization,
      success: 'The organization.',
      handler: ({ context, caller }) => getOrganization(context, caller),
    }),
    operation({
      operationId: 'updateOrganization',
      method: 'PUT',
      path: '/organizations/me',
      summary: 'Rename the organization',
      description: 'Only the name can be changed.',
      source: 'seed 003',
      access: { organization: 'modifySecurity' },
      body: organizationUpdate,
      answer: renamedOrganization,
      success: 'The organization, without its password policy.',
      handler: ({ context, caller, body }) => updateOrganization(context, caller, body),
    }),
  ],
};
