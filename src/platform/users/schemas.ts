import * as Type from '@sinclair/typebox';
import type { UserRecord } from '../../state/records.ts';
import { type AnswerType, listOf, object, type SchemaName, shown, viewSchema } from '../answer.ts';
import { bodyType } from '../body.ts';
import { email, externalIdField, filled, flag, keys, text, withExternalId } from '../fields.ts';
import type { View } from '../view.ts';
import { userFields } from './fields.ts';
import { userSecretView, userView } from './views.ts';

/** The requests and answers of the operations of users, and the schemas that other paths share. */

/** The roles of a user in a request. */
export const roleGrants = (description: string) =>
  keys(
    {
      $id: 'RoleGrant',
      description: 'A role by its key.',
      example: 'admin',
      key: '`admin`, `org-admin`, `default-user` or `org`.',
    },
    description,
  );

const described = (name: keyof typeof userFields) => Type.Optional(text(userFields[name].description));

export const address = {
  city: described('city'),
  country: described('country'),
  phone: described('phone'),
  postalCode: described('postalCode'),
  // Seed 002 sends `stateprovince` too, which is not a field and is ignored.
  stateProvince: described('stateProvince'),
  street1: described('street1'),
  street2: described('street2'),
};

/** The names and the email of a new user. */
export const identity = {
  firstName: filled(userFields.firstName.description),
  lastName: filled(userFields.lastName.description),
  email: email(userFields.email.description),
};

/** The fields of a user that can be changed. */
export const userChanges = {
  firstName: Type.Optional(identity.firstName),
  lastName: Type.Optional(identity.lastName),
  email: Type.Optional(identity.email),
  password: Type.Optional(
    filled('Another password, which must meet the policy of the organization; `secured` leaves it as it is.'),
  ),
  roles: Type.Optional(roleGrants('The roles that the user shall have, in place of those that were granted.')),
  active: Type.Optional(flag('False deactivates the user, true reactivates.')),
  externalId: Type.Optional(externalIdField("The caller's own id of the user; a number is kept as text.")),
  ...address,
};

/** PATCH of /users and of /accounts/{id}/users. */
export const userUpdate = bodyType(Type.Object(userChanges, { $id: 'AccountUserUpdate' }), withExternalId);

/** The roles that a request for a new user can name. */
export const newRoles = Type.Optional(
  roleGrants(
    'The roles to grant: `admin` for an account administrator, `org-admin` for an organization administrator.',
  ),
);

/** A user whom a call retrieved, perhaps with the user's password. */
export interface Retrieved {
  readonly user: UserRecord;
  /** Whether the call had the user's password; if so, the answer shows the secret. */
  readonly isPasswordRight: boolean;
}

/** For an operation that answers a user, with the secret on the right password (seed 001). */
export function retrieved(
  view: View<UserRecord>,
  secretView: View<UserRecord>,
  name: SchemaName,
): AnswerType<Retrieved> {
  const secret = Type.Optional(text("The user secret; only when `Elements-User-Password` is the user's password."));
  return object(
    () => viewSchema(secretView, name, { secret }),
    ({ user, isPasswordRight }) => (isPasswordRight ? secretView : view).show(user),
  );
}

/** The secret of a new user. */
export const newSecret = text(
  'The user secret, which goes into `Authorization`. Later answers show it only to a caller who sends the password.',
);

export const user = shown(userView, { $id: 'User' });
export const users = listOf(userView, { $id: 'User' });
export const retrievedUser = retrieved(userView, userSecretView, { $id: 'RetrievedUser' });
