import * as Type from '@sinclair/typebox';
import type { UserRecord } from '../../state/records.ts';
import { type AnswerType, Day, listOf, object, type SchemaName, viewSchema } from '../answer.ts';
import { bodyType } from '../body.ts';
import { createdDateField, filled, withCreatedDate, withExternalId } from '../fields.ts';
import { address, identity, newRoles, newSecret, retrieved, userChanges } from '../users/schemas.ts';
import type { View } from '../view.ts';
import { organizationUserSecretView, organizationUserView } from './views.ts';

/** The requests and answers of the operations of the users of an organization. */

/** A user, and the body of the request that made or changed the user. */
export interface Requested {
  readonly user: UserRecord;
  readonly request: { readonly createdDate?: number };
}

/** The `createdDate` is epoch milliseconds where the request carried one (seed 002). */
function dated(view: View<UserRecord>, name: SchemaName): AnswerType<Requested> {
  const description = 'A day, or epoch milliseconds if the request had a date.';
  const createdDate = Type.Union([Day(), Type.Integer({ format: 'int64' })], { description });
  return object(
    () => viewSchema(view, name, { createdDate, secret: newSecret }),
    ({ user, request }) =>
      request.createdDate === undefined ? view.show(user) : { ...view.show(user), createdDate: user.createdDate },
  );
}

export const organizationUsers = listOf(organizationUserView, { $id: 'OrganizationUser' });
export const retrievedOrganizationUser = retrieved(organizationUserView, organizationUserSecretView, {
  $id: 'RetrievedOrganizationUser',
});
export const createdOrganizationUser = dated(organizationUserSecretView, { $id: 'CreatedOrganizationUser' });
export const changedOrganizationUser = dated(organizationUserView, { $id: 'ChangedOrganizationUser' });

export const organizationUserCreate = bodyType(
  Type.Object(
    {
      ...identity,
      password: Type.Optional(
        filled('The password; it must meet the policy of the organization. Without one the user cannot log in.'),
      ),
      username: Type.Optional(
        Type.String({
          pattern: '\\S',
          maxLength: 254,
          title: 'a text that is not blank, of 254 characters at most',
          description: 'The name for logins. Default: the email.',
        }),
      ),
      roles: newRoles,
      createdDate: Type.Optional(
        createdDateField(
          'When the user was created: a day, an ISO 8601 timestamp or epoch milliseconds. Default: now.',
        ),
      ),
      ...address,
    },
    { $id: 'OrganizationUserCreate' },
  ),
  ({ username, ...fields }) => ({
    ...withCreatedDate(fields),
    // A username that is the email changes with the email.
    ...(username === undefined || username === fields.email ? {} : { username }),
  }),
);

export const organizationUserUpdate = bodyType(
  Type.Object(
    {
      ...userChanges,
      createdDate: Type.Optional(
        createdDateField('Another date of creation: a day, an ISO 8601 timestamp or epoch milliseconds.'),
      ),
    },
    { $id: 'OrganizationUserUpdate' },
  ),
  (fields) => withCreatedDate(withExternalId(fields)),
);
