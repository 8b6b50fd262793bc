import * as Type from '@sinclair/typebox';
import type { Field } from '../../ceql/index.ts';
import type { UserRecord } from '../../state/records.ts';
import { roleBodies } from '../roles/roles.ts';
import { roleSchema } from '../roles/schemas.ts';
import type { ShownField } from '../view.ts';

/** Seed 000's Neta is inactive and her credentials have expired; see also `credentialsExpired`. */
const credentialsExpired = (user: UserRecord) => !user.active || user.credentialsExpired;
const accountNonExpired = ({ active, accountExpired = false }: UserRecord) => active && !accountExpired;
const accountLocked = (user: UserRecord) => user.accountLocked ?? false;

/**
 * The fields that users have in answers. The flags are derived and ignored in requests (seed 002 sends all of them
 * false).
 */
export const userFields = {
  id: { type: 'number', description: 'The id, which paths take.', read: (user) => user.id },
  accountId: { type: 'number', description: 'The account that the user belongs to.', read: (user) => user.accountId },
  createdDate: { type: 'date', description: 'The day it was created.', read: (user) => user.createdDate },
  username: {
    type: 'text',
    description: 'The name for logins; the email by default.',
    read: (user) => user.username ?? user.email,
  },
  firstName: { type: 'text', description: 'The first name.', read: (user) => user.firstName },
  password: {
    type: 'opaque',
    description: 'Always this placeholder: passwords are never shown.',
    schema: () => Type.Literal('secured'),
    read: () => 'secured',
  },
  email: {
    type: 'text',
    description: 'The email address, which is unique on the whole platform; password resets go there.',
    read: (user) => user.email,
  },
  externalId: {
    type: 'text',
    description: "The caller's own id of the user, when one was given.",
    optional: true,
    read: (user) => user.externalId,
  },
  phone: { type: 'text', description: 'Telephone number.', optional: true, read: (user) => user.phone },
  street1: { type: 'text', description: 'First line of the address.', optional: true, read: (user) => user.street1 },
  street2: { type: 'text', description: 'Second line of the address.', optional: true, read: (user) => user.street2 },
  city: { type: 'text', description: 'City of the address.', optional: true, read: (user) => user.city },
  stateProvince: {
    type: 'text',
    description: 'State or province of the address; `stateprovince` is ignored.',
    optional: true,
    read: (user) => user.stateProvince,
  },
  postalCode: {
    type: 'text',
    description: 'Postal code of the address.',
    optional: true,
    read: (user) => user.postalCode,
  },
  country: { type: 'text', description: 'Country of the address.', optional: true, read: (user) => user.country },
  active: {
    type: 'boolean',
    description: 'Whether it can be used; an inactive user cannot call the platform.',
    read: (user) => user.active,
  },
  lastName: { type: 'text', description: 'The last name.', read: (user) => user.lastName },
  accountExpired: {
    type: 'boolean',
    description: 'True for a user whom a fixture has expired.',
    read: (user) => user.accountExpired ?? false,
  },
  accountLocked: {
    type: 'boolean',
    description:
      'True after five wrong passwords in a row, until an administrator sets another; fixtures can say so too.',
    read: accountLocked,
  },
  credentialsExpired: {
    type: 'boolean',
    description: 'True for an inactive user, and after a change by an administrator until a password is set.',
    read: credentialsExpired,
  },
  roles: {
    type: 'opaque',
    description: 'The roles of the user. Every user has `org`.',
    schema: () => Type.Array(roleSchema()),
    read: (user) => roleBodies(user.roles),
  },
  secret: {
    type: 'opaque',
    description: 'The user secret, which goes into `Authorization`.',
    schema: () => Type.String(),
    read: (user) => user.secret,
  },
  lastLoginDate: {
    type: 'date',
    description: 'The day of the last login; 1970-01-01 before the first.',
    read: (user) => user.lastLoginDate ?? 0,
  },
  oauthToken: {
    type: 'opaque',
    description: 'The token of the provider, for users who signed up with an identity provider.',
    optional: true,
    schema: () => Type.String(),
    read: (user) => user.oauthToken,
  },
  oauthId: {
    type: 'text',
    description: "The provider's id of the user, for users who signed up with an identity provider.",
    optional: true,
    read: (user) => user.oauthId,
  },
  oauthProvider: {
    type: 'text',
    description: 'The name of the provider, for users who signed up with an identity provider.',
    optional: true,
    read: (user) => user.oauthProvider,
  },
  emailValid: { type: 'boolean', description: 'Always true.', read: () => true },
  accountNonExpired: {
    type: 'boolean',
    description: 'Whether the user is active and has not expired.',
    read: accountNonExpired,
  },
  credentialsNonExpired: {
    type: 'boolean',
    description: 'The opposite of `credentialsExpired`.',
    read: (user) => !credentialsExpired(user),
  },
  accountNonLocked: {
    type: 'boolean',
    description: 'The opposite of `accountLocked`.',
    read: (user) => !accountLocked(user),
  },
  enabled: { type: 'boolean', description: 'The same as `active`.', read: (user) => user.active },
  fullName: {
    type: 'text',
    description: 'The first and the last name.',
    read: (user) => `${user.firstName} ${user.lastName}`,
  },
} satisfies Record<string, ShownField<UserRecord>>;

/** The name of a field of a user. */
export type UserField = keyof typeof userFields;

/** Seed 002: `where=name='greg'` finds the users whose full name has that word. */
export const userAliases = { name: { type: 'words', read: userFields.fullName.read } } satisfies Record<
  string,
  Field<UserRecord>
>;

/** Their place in answers is the emulator's choice: no document prints a user with an address (row `user-address`). */
export const addressFields: readonly UserField[] = [
  'phone',
  'street1',
  'street2',
  'city',
  'stateProvince',
  'postalCode',
  'country',
];
