import { isOrganizationAdministrator } from '../access.ts';
import type { Caller } from '../context.ts';
import { roleBodies } from '../roles/roles.ts';
import { userFields } from '../users/fields.ts';
import { type ShownField, viewOf } from '../view.ts';

/** A login: the user, and the token that stands for the user. */
export interface Session {
  readonly caller: Caller;
  readonly token: string;
}

const sessionFields = {
  token: { type: 'text', description: 'The token for `Authorization: Bearer`.', read: ({ token }) => token },
  id: { ...userFields.id, read: ({ caller }) => caller.user.id },
  username: { ...userFields.username, read: ({ caller: { user } }) => user.username ?? user.email },
  firstName: { ...userFields.firstName, read: ({ caller }) => caller.user.firstName },
  lastName: { ...userFields.lastName, read: ({ caller }) => caller.user.lastName },
  createdDate: { ...userFields.createdDate, read: ({ caller }) => caller.user.createdDate },
  lastLoginDate: { ...userFields.lastLoginDate, read: ({ caller }) => caller.user.lastLoginDate ?? 0 },
  organizationId: {
    type: 'number',
    description: 'The organization of the user.',
    read: ({ caller }) => caller.organization.id,
  },
  organizationName: {
    type: 'text',
    description: 'The name of the organization.',
    read: ({ caller }) => caller.organization.name,
  },
  accountId: { ...userFields.accountId, read: ({ caller }) => caller.account.id },
  accountName: {
    type: 'text',
    description: "The name of the user's account.",
    read: ({ caller }) => caller.account.name,
  },
  organizationAdmin: {
    type: 'boolean',
    description: 'Whether the user is an organization administrator.',
    read: ({ caller }) => isOrganizationAdministrator(caller),
  },
  accountAdmin: {
    type: 'boolean',
    description: 'Whether the user is an account administrator.',
    read: ({ caller }) => caller.roles.includes('admin'),
  },
  roles: { ...userFields.roles, read: ({ caller }) => roleBodies(caller.roles) },
} satisfies Record<string, ShownField<Session>>;

/** The answer to a login (row `login-answer`). */
export const sessionView = viewOf(sessionFields, [
  'token',
  'id',
  'username',
  'firstName',
  'lastName',
  'createdDate',
  'lastLoginDate',
  'organizationId',
  'organizationName',
  'accountId',
  'accountName',
  'organizationAdmin',
  'accountAdmin',
  'roles',
]);
