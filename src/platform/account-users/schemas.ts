import * as Type from '@sinclair/typebox';
import { listOf, object, shown, viewSchema } from '../answer.ts';
import { bodyType } from '../body.ts';
import { filled } from '../fields.ts';
import { address, identity, newRoles, newSecret, retrieved } from '../users/schemas.ts';
import { accountUserListView, accountUserSecretView, accountUserView, createdAccountUserView } from './views.ts';

/** The requests and answers of the operations of the users of an account. */

export const accountUser = shown(accountUserView, { $id: 'AccountUser' });
export const accountUsers = listOf(accountUserListView, { $id: 'ListedAccountUser' });
export const retrievedAccountUser = retrieved(accountUserView, accountUserSecretView, { $id: 'RetrievedAccountUser' });
export const createdAccountUser = object(
  () => viewSchema(createdAccountUserView, { $id: 'CreatedAccountUser' }, { secret: newSecret }),
  createdAccountUserView.show,
);

export const accountUserCreate = bodyType(
  Type.Object(
    {
      ...identity,
      password: filled('The password; it must meet the policy of the organization.'),
      roles: newRoles,
      ...address,
    },
    { $id: 'AccountUserCreate' },
  ),
  (fields) => fields,
);
