import { formatDay } from '../../state/dates.ts';
import type { PrivilegeKey } from '../../state/privileges.ts';
import type { AccountRecord, OrganizationRecord, PasswordPolicy } from '../../state/records.ts';
import { isOrganizationAdministrator } from '../access.ts';
import type { Caller } from '../context.ts';
import { type RoleBody, roleBodies } from '../roles/roles.ts';
import { type Body, type ShownField, viewOf } from '../view.ts';

const accountFields = {
  id: { type: 'number', read: (account) => account.id },
  name: { type: 'text', read: (account) => account.name },
  description: { type: 'text', read: (account) => account.description },
  active: { type: 'boolean', read: (account) => account.active },
  companyId: { type: 'number', read: (account) => account.organizationId },
  createdDate: { type: 'date', read: (account) => account.createdDate },
  externalId: { type: 'text', read: (account) => account.externalId },
  defaultAccount: { type: 'boolean', read: (account) => account.defaultAccount },
  type: { type: 'text', read: (account) => (account.defaultAccount ? 'Default' : 'CompanyAccount') },
  status: { type: 'text', optional: true, read: (account) => account.status },
  environment: { type: 'text', optional: true, read: (account) => account.environment },
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

/** A role with the privileges that it has in an organization. */
export interface RoleRecord extends RoleBody {
  readonly privileges: readonly PrivilegeKey[];
}

const roleFields = {
  id: { type: 'number', read: (role) => role.id },
  name: { type: 'text', read: (role) => role.name },
  key: { type: 'text', read: (role) => role.key },
  active: { type: 'boolean', read: (role) => role.active },
  description: { type: 'text', read: (role) => role.description },
  features: { type: 'opaque', read: (role) => role.features },
  privileges: { type: 'opaque', read: (role) => role.privileges.map((key) => ({ key })) },
  hide: { type: 'opaque', read: () => false },
} satisfies Record<string, ShownField<RoleRecord>>;

/** A role as /users/{id}/roles, /accounts/{id}/roles and /organizations/roles answer it. */
export const roleView = viewOf(roleFields, [
  'id',
  'name',
  'key',
  'active',
  'description',
  'features',
  'privileges',
  'hide',
]);

/** What a login answers (spec section 6). */
export function showSession(caller: Caller, token: string): Body {
  const { user, organization, account, roles } = caller;
  return {
    token,
    id: user.id,
    username: user.username ?? user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    createdDate: formatDay(user.createdDate),
    lastLoginDate: formatDay(user.lastLoginDate ?? 0),
    organizationId: organization.id,
    organizationName: organization.name,
    accountId: account.id,
    accountName: account.name,
    organizationAdmin: isOrganizationAdministrator(caller),
    accountAdmin: roles.includes('admin'),
    roles: roleBodies(roles),
  };
}

/** The organization as PUT /organizations/me answers it (seed 003). */
export interface OrganizationBody extends Body {
  readonly passwordPolicy?: PasswordPolicy;
}

/** The organization of seed 003; GET shows the password policy, PUT does not. */
export function showOrganization(organization: OrganizationRecord, withPolicy: boolean): OrganizationBody {
  const { status, environment, customerId, externalId, vdrVersion } = organization;
  const { street1, street2, city, state, postalCode, country } = organization;
  const others = { externalId, vdrVersion, street1, street2, city, state, postalCode, country };
  return {
    ...(status === undefined ? {} : { status }),
    ...(environment === undefined ? {} : { environment }),
    active: organization.active,
    createdDate: formatDay(organization.createdDate),
    id: organization.id,
    name: organization.name,
    secret: organization.secret,
    externalCompany: organization.externalCompany,
    tierId: organization.tierId,
    canCreatePeer: organization.canCreatePeer,
    ...(withPolicy ? { passwordPolicy: organization.passwordPolicy } : {}),
    ...(customerId === undefined ? {} : { customerId }),
    twoFactorAuthEnabled: organization.twoFactorAuthEnabled,
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
  };
}
