import { addressFields, type UserField, userAliases, userFields } from '../users/fields.ts';
import { viewOf } from '../view.ts';

// The fields of users of /organizations/users in the order in which seed 002 prints them.

/** The fields after the id; /users shows them too. */
export const organizationUserHead: readonly UserField[] = [
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

export const organizationUserTail: readonly UserField[] = [
  'accountNonExpired',
  'accountNonLocked',
  'credentialsNonExpired',
  'emailValid',
  'enabled',
  'fullName',
];

/** GET and PATCH of /organizations/users (seed 002). */
export const organizationUserView = viewOf(
  userFields,
  ['id', ...organizationUserHead, ...organizationUserTail],
  userAliases,
);

/** POST /organizations/users, and GET of one with the right password (seed 002). */
export const organizationUserSecretView = viewOf(userFields, [
  'id',
  ...organizationUserHead,
  'secret',
  ...organizationUserTail,
]);
