import * as Type from '@sinclair/typebox';
import { closed, object, shown } from '../answer.ts';
import { bodyType } from '../body.ts';
import { filled } from '../fields.ts';
import { sessionView } from './views.ts';

/** The requests and answers of the operations of authentication. */

export const session = shown(sessionView, {
  $id: 'Session',
  description: 'The user who has logged in, and the token for further requests.',
});

/** The secrets of a caller. */
export interface Secrets {
  readonly userSecret: string;
  readonly organizationSecret: string;
}

export const secrets = object(
  () =>
    Type.Object(
      {
        userSecret: Type.String({ description: 'The secret of the user.' }),
        organizationSecret: Type.String({ description: 'The secret of the organization.' }),
      },
      { ...closed, $id: 'Secrets', description: 'What `Authorization` takes.' },
    ),
  (secrets: Secrets) => ({ ...secrets }),
);

export const logIn = bodyType(
  Type.Object(
    { username: filled('The email or user name, in any case of letters.'), password: filled('The password.') },
    { $id: 'LogIn' },
  ),
  (fields) => fields,
);
/** The credentials of a login. */
export type LogIn = ReturnType<typeof logIn.read>;

export const ownPassword = bodyType(
  Type.Object(
    { password: filled('The new password, which must meet the policy of the organization.') },
    { $id: 'OwnPassword' },
  ),
  ({ password }) => password,
);
