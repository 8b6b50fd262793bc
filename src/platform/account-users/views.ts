import { addressFields, type UserField, userAliases, userFields } from '../users/fields.ts';
import { viewOf } from '../view.ts';

// The fields of users below /accounts/{id}/users in the order in which the documents print them.

const head: readonly UserField[] = [
  'id',
  'createdDate',
  'firstName',
  'password',
  'email',
  'externalId',
  ...addressFields,
  'active',
  'lastName',
  'accountExpired',
  'accountLocked',
  'credentialsExpired',
  'roles',
];

const tail: readonly UserField[] = [
  'lastLoginDate',
  'accountNonLocked',
  'credentialsNonExpired',
  'accountNonExpired',
  'enabled',
  'fullName',
];

/** GET /accounts/{id}/users (seed 001; seed 000 prints no `roles`). */
export const accountUserListView = viewOf(
  userFields,
  [
    ...head,
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
  ...head,
  'secret',
  'lastLoginDate',
  'emailValid',
  'accountNonExpired',
  'credentialsNonExpired',
  'accountNonLocked',
  'enabled',
  'fullName',
]);

/** GET and PATCH of one user of an account: seed 001 prints no `emailValid` there. */
export const accountUserView = viewOf(userFields, [...head, ...tail]);

/** GET of one user of an account with the right password (seed 001). */
export const accountUserSecretView = viewOf(userFields, [...head, 'secret', ...tail]);
