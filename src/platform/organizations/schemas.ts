import * as Type from '@sinclair/typebox';
import { shown } from '../answer.ts';
import { bodyType } from '../body.ts';
import { filled } from '../fields.ts';
import { organizationView, renamedOrganizationView } from './views.ts';

/** The requests and answers of the operations of the organization. */

export const organization = shown(organizationView, { $id: 'Organization' });
export const renamedOrganization = shown(renamedOrganizationView, { $id: 'RenamedOrganization' });

export const organizationUpdate = bodyType(
  Type.Object({ name: filled('The new name.') }, { $id: 'OrganizationUpdate' }),
  ({ name }) => name,
);
