import { organizationUserHead, organizationUserTail } from '../organization-users/views.ts';
import { viewOf } from '../view.ts';
import { type UserField, userAliases, userFields } from './fields.ts';

const head: readonly UserField[] = ['id', 'accountId', ...organizationUserHead, 'roles'];
const tail: readonly UserField[] = [
  'password',
  'lastLoginDate',
  'oauthToken',
  'oauthId',
  'oauthProvider',
  ...organizationUserTail,
];

/** GET and PATCH of /users: all fields that other calls show of a user, and the account. */
export const userView = viewOf(userFields, [...head, ...tail], userAliases);

/** GET of a user of /users with the right password. */
export const userSecretView = viewOf(userFields, [...head, 'secret', ...tail]);
