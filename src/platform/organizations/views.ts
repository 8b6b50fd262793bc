import * as Type from '@sinclair/typebox';
import type { OrganizationRecord } from '../../state/records.ts';
import { closed } from '../answer.ts';
import { policySchema } from '../password-policies/schemas.ts';
import { type ShownField, viewOf } from '../view.ts';

const own = "The platform's own data.";

const organizationFields = {
  status: {
    type: 'text',
    description: 'Its status on the platform, such as `paid`; absent if unknown.',
    optional: true,
    read: (organization) => organization.status,
  },
  environment: {
    type: 'text',
    description: 'The environment: `snapshot`, `staging` or `production`; absent if unknown.',
    optional: true,
    read: (organization) => organization.environment,
  },
  active: {
    type: 'boolean',
    description: 'Whether it can be used; users of an inactive organization cannot call the platform.',
    read: (organization) => organization.active,
  },
  createdDate: { type: 'date', description: 'The day it was created.', read: ({ createdDate }) => createdDate },
  id: { type: 'number', description: 'The id, which paths take.', read: (organization) => organization.id },
  name: { type: 'text', description: 'The name.', read: (organization) => organization.name },
  secret: {
    type: 'opaque',
    description: 'The organization secret, which goes into `Authorization`.',
    schema: () => Type.String(),
    read: (organization) => organization.secret,
  },
  externalCompany: {
    type: 'opaque',
    description: own,
    schema: () => Type.Object({ revenue: Type.Number({ description: own }) }, closed),
    read: (organization) => organization.externalCompany,
  },
  tierId: { type: 'number', description: own, read: (organization) => organization.tierId },
  canCreatePeer: { type: 'boolean', description: own, read: (organization) => organization.canCreatePeer },
  passwordPolicy: {
    type: 'opaque',
    description: 'The rules for passwords in the organization.',
    schema: policySchema,
    read: (organization) => organization.passwordPolicy,
  },
  customerId: {
    type: 'number',
    description: 'The id of the organization as a customer; absent if it is not a customer.',
    optional: true,
    read: (organization) => organization.customerId,
  },
  twoFactorAuthEnabled: {
    type: 'boolean',
    description: 'Whether logins need a second factor.',
    read: (organization) => organization.twoFactorAuthEnabled,
  },
  externalId: {
    type: 'text',
    description: 'The id of the organization in other systems; absent if unknown.',
    optional: true,
    read: (organization) => organization.externalId,
  },
  vdrVersion: {
    type: 'opaque',
    description: own,
    optional: true,
    schema: () => Type.Union([Type.String(), Type.Number()]),
    read: (organization) => organization.vdrVersion,
  },
  street1: { type: 'text', description: 'First line of the address.', optional: true, read: ({ street1 }) => street1 },
  street2: { type: 'text', description: 'Second line of the address.', optional: true, read: ({ street2 }) => street2 },
  city: { type: 'text', description: 'City of the address.', optional: true, read: ({ city }) => city },
  state: { type: 'text', description: 'State of the address.', optional: true, read: ({ state }) => state },
  postalCode: {
    type: 'text',
    description: 'Postal code of the address.',
    optional: true,
    read: ({ postalCode }) => postalCode,
  },
  country: { type: 'text', description: 'Country of the address.', optional: true, read: ({ country }) => country },
} satisfies Record<string, ShownField<OrganizationRecord>>;

const head = [
  'status',
  'environment',
  'active',
  'createdDate',
  'id',
  'name',
  'secret',
  'externalCompany',
  'tierId',
  'canCreatePeer',
] as const;
const tail = [
  'customerId',
  'twoFactorAuthEnabled',
  'externalId',
  'vdrVersion',
  'street1',
  'street2',
  'city',
  'state',
  'postalCode',
  'country',
] as const;

/** GET /organizations/me, in the order of seed 003. */
export const organizationView = viewOf(organizationFields, [...head, 'passwordPolicy', ...tail]);

/** PUT /organizations/me answers without the policy (seed 003). */
export const renamedOrganizationView = viewOf(organizationFields, [...head, ...tail]);
