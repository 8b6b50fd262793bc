import { foldCase } from '../text/fold-case.ts';
import type { AccountRecord, OrganizationRecord, TokenRecord, UserRecord } from './records.ts';
import type { Keys } from './table.ts';

/** The key of an external id, which is unique within an organization. */
export function externalKey(organizationId: number, externalId: string): string {
  return `${organizationId} ${externalId}`;
}

/** The key of the group that has all records of a table: their ids in order. */
export const everything = 0;

const keyOf = (account: AccountRecord) => externalKey(account.organizationId, account.externalId);

export const organizationKeys: Keys<OrganizationRecord, 'secret', never> = {
  unique: { secret: (organization) => organization.secret },
  groups: {},
};

export type AccountGroup = 'all' | 'organization' | 'activeInOrganization' | 'default' | 'externalId';

export const accountKeys: Keys<AccountRecord, 'externalId', AccountGroup> = {
  // Only active accounts: that of a deleted account is free (docs/fidelity.md#external-id-unique).
  unique: { externalId: (account) => (account.active ? keyOf(account) : undefined) },
  groups: {
    all: () => everything,
    organization: (account) => account.organizationId,
    activeInOrganization: (account) => (account.active ? account.organizationId : undefined),
    default: (account) => (account.defaultAccount ? account.organizationId : undefined),
    externalId: keyOf,
  },
};

export type UserGroup = 'all' | 'organization' | 'activeInOrganization' | 'account' | 'activeInAccount' | 'externalId';

export const userKeys: Keys<UserRecord, 'email' | 'username' | 'secret', UserGroup> = {
  unique: {
    // No two users of the platform share an email, in any case of letters (docs/fidelity.md#email-unique).
    email: (user) => foldCase(user.email),
    // Usernames are unique too, because users log in with them; for most users it is the email.
    username: ({ username }) => (username === undefined ? undefined : foldCase(username)),
    secret: (user) => user.secret,
  },
  groups: {
    all: () => everything,
    organization: (user) => user.organizationId,
    activeInOrganization: (user) => (user.active ? user.organizationId : undefined),
    account: (user) => user.accountId,
    activeInAccount: (user) => (user.active ? user.accountId : undefined),
    externalId: ({ organizationId, externalId }) =>
      externalId === undefined ? undefined : externalKey(organizationId, externalId),
  },
};

export const tokenKeys: Keys<TokenRecord, 'token', 'user'> = {
  unique: { token: ({ token }) => token },
  groups: { user: ({ userId }) => userId },
};
