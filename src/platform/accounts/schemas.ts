import * as Type from '@sinclair/typebox';
import { listOf, shown } from '../answer.ts';
import { bodyType } from '../body.ts';
import { externalIdField, filled, flag, text, withExternalId } from '../fields.ts';
import { accountView, createdAccountView } from './views.ts';

/** The requests and answers of the operations of accounts. */

const accountSchema = {
  $id: 'Account',
  description: 'An account: a group of users within an organization, such as one of its customers.',
};

export const account = shown(accountView, accountSchema);
export const accounts = listOf(accountView, accountSchema);
export const createdAccount = shown(createdAccountView, {
  $id: 'CreatedAccount',
  description: 'An account as its creation answers it: without `createdDate`.',
});

const ownId = "The caller's own id of the account; a number is kept as text.";

export const accountCreate = bodyType(
  Type.Object(
    {
      externalId: externalIdField(ownId),
      name: Type.Optional(filled('The name of the account. Default: the `externalId`.')),
      description: Type.Optional(text('A description of the account. Default: the `externalId`.')),
    },
    { $id: 'AccountCreate' },
  ),
  ({ externalId, ...fields }) => ({ ...fields, externalId: String(externalId) }),
);
/** A request for a new account. */
export type AccountCreate = ReturnType<typeof accountCreate.read>;

export const accountUpdate = bodyType(
  Type.Object(
    {
      externalId: Type.Optional(externalIdField(ownId)),
      name: Type.Optional(filled('Another name.')),
      description: Type.Optional(text('A short description.')),
      active: Type.Optional(
        flag('False deactivates the account with its users, as DELETE does; true reactivates only the account.'),
      ),
    },
    { $id: 'AccountUpdate' },
  ),
  withExternalId,
);
/** A request that changes an account; absent fields stay unchanged. */
export type AccountUpdate = ReturnType<typeof accountUpdate.read>;
