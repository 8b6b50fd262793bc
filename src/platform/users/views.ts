import type { Field } from '../../ceql/index.ts';
import type { UserRecord } from '../../state/records.ts';
import { roleBodies } from '../roles/roles.ts';
import { type ShownField, viewOf } from '../view.ts';

/** Seed 000's Neta is inactive and her credentials have expired; see also `credentialsExpired`. */
const credentialsExpired = (user: UserRecord) => !user.active || user.credentialsExpired;
const accountNonExpired = ({ active, accountExpired = false }: UserRecord) => active && !accountExpired;
const accountLocked = (user: UserRecord) => user.accountLocked ?? false;

/** The flags are derived, whatever a request says of them (seed 002 sends them all false). */
const userFields = {
  id: { type: 'number', read: (user) => user.id },
  accountId: { type: 'number', read: (user) => user.accountId },
  createdDate: { type: 'date', read: (user) => user.createdDate },
  username: { type: 'text', read: (user) => user.username ?? user.email },
  firstName: { type: 'text', read: (user) => user.firstName },
  password: { type: 'opaque', read: () => 'secured' },
  email: { type: 'text', read: (user) => user.email },
  externalId: { type: 'text', optional: true, read: (user) => user.externalId },
  phone: { type: 'text', optional: true, read: (user) => user.phone },
  street1: { type: 'text', optional: true, read: (user) => user.street1 },
  street2: { type: 'text', optional: true, read: (user) => user.street2 },
  city: { type: 'text', optional: true, read: (user) => user.city },
  stateProvince: { type: 'text', optional: true, read: (user) => user.stateProvince },
  postalCode: { type: 'text', optional: true, read: (user) => user.postalCode },
  country: { type: 'text', optional: true, read: (user) => user.country },
  active: { type: 'boolean', read: (user) => user.active },
  lastName: { type: 'text', read: (user) => user.lastName },
  accountExpired: { type: 'boolean', read: (user) => user.accountExpired ?? false },
  accountLocked: { type: 'boolean', read: accountLocked },
  credentialsExpired: { type: 'boolean', read: credentialsExpired },
  roles: { type: 'opaque', read: (user) => roleBodies(user.roles) },
  secret: { type: 'opaque', read: (user) => user.secret },
  lastLoginDate: { type: 'date', read: (user) => user.lastLoginDate ?? 0 },
  oauthToken: { type: 'opaque', optional: true, read: (user) => user.oauthToken },
  oauthId: { type: 'text', optional: true, read: (user) => user.oauthId },
  oauthProvider: { type: 'text', optional: true, read: (user) => user.oauthProvider },
  emailValid: { type: 'boolean', read: () => true },
  accountNonExpired: { type: 'boolean', read: accountNonExpired },
  credentialsNonExpired: { type: 'boolean', read: (user) => !credentialsExpired(user) },
  accountNonLocked: { type: 'boolean', read: (user) => !accountLocked(user) },
  enabled: { type: 'boolean', read: (user) => user.active },
  fullName: { type: 'text', read: (user) => `${user.firstName} ${user.lastName}` },
} satisfies Record<string, ShownField<UserRecord>>;

type UserField = keyof typeof userFields;

/** Seed 002: `where=name='greg'` finds the users whose full name has that word. */
const userAliases = { name: { type: 'words', read: userFields.fullName.read } } satisfies Record<
  string,
  Field<UserRecord>
>;

// The fields of users, call by call, in the order in which the documents print them; `externalId`
// and the streets, which no document prints, stand where they fit.

const addressFields: UserField[] = ['phone', 'street1', 'street2', 'city', 'stateProvince', 'postalCode', 'country'];

const accountUserHead: UserField[] = [
  'id',
  'createdDate',
  'firstName',
  'password',
  'email',
  'externalId',
  // No document prints a user here who has any; clients read them all the same.
  ...addressFields,
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
  ...addressFields,
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

const userHead: UserField[] = ['id', 'accountId', ...organizationUserHead.slice(1), 'roles'];
const userTail: UserField[] = [
  'password',
  'lastLoginDate',
  'oauthToken',
  'oauthId',
  'oauthProvider',
  ...organizationUserTail,
];

/** GET and PATCH of /users: everything that another call shows of a user, and the account. */
export const userView = viewOf(userFields, [...userHead, ...userTail], userAliases);
/** GET of one of /users with the right password. */
export const userSecretView = viewOf(userFields, [...userHead, 'secret', ...userTail]);
