import type { Field, SearchFields } from '../ceql/index.ts';
import type { AccountRecord, OrganizationRecord, PasswordPolicy, UserRecord } from '../store/records.ts';
import { roleBodies } from './roles.ts';

/** A field that is shown and never searched. */
interface OpaqueField<R> {
  readonly type: 'opaque';
  read(record: R): unknown;
}

type ShownField<R> = Field<R> | OpaqueField<R>;

/** A JSON object as it goes out; unset fields are left out, `null` never appears. */
export type Body = Readonly<Record<string, unknown>>;

/** What one call shows of a record, and what its `where` may ask. */
export interface View<R> {
  readonly searchFields: SearchFields<R>;
  show(record: R): Body;
}

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
} satisfies Record<string, ShownField<AccountRecord>>;

/** Seed 000's Neta is inactive and her credentials have expired; see also `credentialsExpired`. */
const credentialsExpired = (user: UserRecord) => !user.active || user.credentialsExpired;

/** The flags are derived, whatever a request says of them (seed 002 sends them all false). */
const userFields = {
  id: { type: 'number', read: (user) => user.id },
  createdDate: { type: 'date', read: (user) => user.createdDate },
  username: { type: 'text', read: (user) => user.username ?? user.email },
  firstName: { type: 'text', read: (user) => user.firstName },
  password: { type: 'opaque', read: () => 'secured' },
  email: { type: 'text', read: (user) => user.email },
  externalId: { type: 'text', read: (user) => user.externalId },
  phone: { type: 'text', read: (user) => user.phone },
  street1: { type: 'text', read: (user) => user.street1 },
  street2: { type: 'text', read: (user) => user.street2 },
  city: { type: 'text', read: (user) => user.city },
  stateProvince: { type: 'text', read: (user) => user.stateProvince },
  postalCode: { type: 'text', read: (user) => user.postalCode },
  country: { type: 'text', read: (user) => user.country },
  active: { type: 'boolean', read: (user) => user.active },
  lastName: { type: 'text', read: (user) => user.lastName },
  accountExpired: { type: 'boolean', read: () => false },
  accountLocked: { type: 'boolean', read: () => false },
  credentialsExpired: { type: 'boolean', read: credentialsExpired },
  roles: { type: 'opaque', read: (user) => roleBodies(user.roles) },
  secret: { type: 'opaque', read: (user) => user.secret },
  lastLoginDate: { type: 'date', read: (user) => user.lastLoginDate ?? 0 },
  oauthToken: { type: 'opaque', read: (user) => user.oauthToken },
  oauthId: { type: 'text', read: (user) => user.oauthId },
  oauthProvider: { type: 'text', read: (user) => user.oauthProvider },
  emailValid: { type: 'boolean', read: () => true },
  accountNonExpired: { type: 'boolean', read: (user) => user.active },
  credentialsNonExpired: { type: 'boolean', read: (user) => !credentialsExpired(user) },
  accountNonLocked: { type: 'boolean', read: () => true },
  enabled: { type: 'boolean', read: (user) => user.active },
  fullName: { type: 'text', read: (user) => `${user.firstName} ${user.lastName}` },
} satisfies Record<string, ShownField<UserRecord>>;

type UserField = keyof typeof userFields;

/** Seed 002: `where=name='greg'` finds the users whose full name has that word. */
const userAliases = { name: { type: 'words', read: userFields.fullName.read } } satisfies Record<
  string,
  Field<UserRecord>
>;

const accountHead = ['id', 'name', 'description', 'active', 'companyId'] as const;
const accountTail = ['externalId', 'defaultAccount', 'type'] as const;

/** GET, PATCH and PUT of accounts. */
export const accountView = viewOf(accountFields, [...accountHead, 'createdDate', ...accountTail]);
/** POST /accounts answers without `createdDate` (seed 000). */
export const createdAccountView = viewOf(accountFields, [...accountHead, ...accountTail]);

// The fields of users, call by call, in the order in which the documents print them; `externalId`
// and the streets, which no document prints, stand where they fit.

const accountUserHead: UserField[] = [
  'id',
  'createdDate',
  'firstName',
  'password',
  'email',
  'externalId',
  'active',
  'lastName',
  'accountExpired',
  'accountLocked',
  'credentialsExpired',
  'roles',
];

/** GET /accounts/{id}/users (seed 001; seed 000 prints no `roles`). */
export const accountUserListView = viewOf(
  userFields,
  [
    ...accountUserHead,
    'lastLoginDate',
    'accountNonLocked',
    'credentialsNonExpired',
    'accountNonExpired',
    'oauthToken',
    'oauthId',
    'oauthProvider',
    'emailValid',
    'enabled',
    'fullName',
  ],
  userAliases,
);

/** POST /accounts/{id}/users (seed 000; its `password` from seed 001). */
export const createdAccountUserView = viewOf(userFields, [
  ...accountUserHead,
  'secret',
  'lastLoginDate',
  'emailValid',
  'accountNonExpired',
  'credentialsNonExpired',
  'accountNonLocked',
  'enabled',
  'fullName',
]);

const accountUserTail: UserField[] = [
  'lastLoginDate',
  'accountNonLocked',
  'credentialsNonExpired',
  'accountNonExpired',
  'enabled',
  'fullName',
];

/** GET and PATCH of one user of an account: seed 001 prints no `emailValid` there. */
export const accountUserView = viewOf(userFields, [...accountUserHead, ...accountUserTail]);
/** GET of one user of an account with the right password (seed 001). */
export const accountUserSecretView = viewOf(userFields, [...accountUserHead, 'secret', ...accountUserTail]);

const organizationUserHead: UserField[] = [
  'id',
  'createdDate',
  'username',
  'firstName',
  'email',
  'externalId',
  'phone',
  'street1',
  'street2',
  'city',
  'stateProvince',
  'postalCode',
  'country',
  'active',
  'lastName',
  'accountExpired',
  'accountLocked',
  'credentialsExpired',
];
const organizationUserTail: UserField[] = [
  'accountNonExpired',
  'accountNonLocked',
  'credentialsNonExpired',
  'emailValid',
  'enabled',
  'fullName',
];

/** GET and PATCH of /organizations/users (seed 002). */
export const organizationUserView = viewOf(userFields, [...organizationUserHead, ...organizationUserTail], userAliases);
/** POST /organizations/users, and GET of one with the right password (seed 002). */
export const organizationUserSecretView = viewOf(userFields, [
  ...organizationUserHead,
  'secret',
  ...organizationUserTail,
]);

/** The organisation as PUT /organizations/me answers it (seed 003). */
export interface OrganizationBody extends Body {
  readonly passwordPolicy?: PasswordPolicy;
}

/** The organisation of seed 003; GET shows the password policy, PUT does not. */
export function showOrganization(organization: OrganizationRecord, withPolicy: boolean): OrganizationBody {
  const { status, environment, customerId } = organization;
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
  };
}

/** The day of an instant (UTC), as every date of the platform is written. */
function formatDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function viewOf<R, N extends string>(
  fields: Readonly<Record<N, ShownField<R>>>,
  names: readonly NoInfer<N>[],
  aliases: Readonly<Record<string, Field<R>>> = {},
): View<R> {
  const shown = names.map((name): [N, ShownField<R>] => [name, fields[name]]);
  const searchable = shown.flatMap(([name, field]): [string, Field<R>][] =>
    field.type === 'opaque' ? [] : [[name, field]],
  );
  return {
    searchFields: new Map([...searchable, ...Object.entries(aliases)]),
    show: (record) => {
      const body: Record<string, unknown> = {};
      for (const [name, field] of shown) {
        const value = field.read(record);
        if (value === undefined) continue;
        body[name] = field.type === 'date' ? formatDay(Number(value)) : value;
      }
      return body;
    },
  };
}
