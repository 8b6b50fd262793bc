import type { CheckedAccount, CheckedFixture, CheckedOrganization, CheckedUser } from './fixture-schema.ts';
import type { AccountRecord, OrganizationRecord, TokenRecord, UserRecord } from './records.ts';
import type { State } from './state.ts';

/** Writes a state out as a fixture from which the same state can be built, nothing left open. */
export function writeFixture(state: State): CheckedFixture {
  const accountsOf = (organization: OrganizationRecord) =>
    records(state.accounts, state.accounts.group('organization', organization.id));
  const usersOf = (account: AccountRecord) => records(state.users, state.users.group('account', account.id));
  const tokensOf = (user: UserRecord) => records(state.tokens, state.tokens.group('user', user.id));
  return {
    version: 1,
    organizations: [...state.organizations.values()].map((organization) => ({
      ...writeOrganization(organization),
      accounts: accountsOf(organization).map((account) => ({
        ...writeAccount(account),
        users: usersOf(account).map((user) => writeUser(user, tokensOf(user))),
      })),
    })),
    sequences: {
      ...state.sequences,
      ...(state.deletedUsers.length === 0 ? {} : { deletedUsers: [...state.deletedUsers] }),
    },
  };
}

function records<R>(table: { get(id: number): R | undefined }, ids: readonly number[]): R[] {
  return ids.flatMap((id) => table.get(id) ?? []);
}

function writeOrganization({ createdDate, roles, ...organization }: OrganizationRecord): CheckedOrganization {
  return {
    ...organization,
    createdDate: writeDate(createdDate),
    ...(roles === undefined
      ? {}
      : { roles: roles.map(({ key, privileges }) => ({ key, privileges: [...privileges] })) }),
  };
}

function writeAccount({ createdDate, organizationId, roles, ...account }: AccountRecord): CheckedAccount {
  return { ...account, createdDate: writeDate(createdDate), ...(roles.length === 0 ? {} : { roles: [...roles] }) };
}

function writeUser(record: UserRecord, tokens: readonly TokenRecord[]): CheckedUser {
  const { createdDate, lastLoginDate, organizationId, accountId, previousPasswords, ...user } = record;
  return {
    ...user,
    ...(previousPasswords === undefined ? {} : { previousPasswords: [...previousPasswords] }),
    ...(tokens.length === 0 ? {} : { tokens: tokens.map(({ token }) => token) }),
    roles: [...user.roles],
    createdDate: writeDate(createdDate),
    ...(lastLoginDate === undefined ? {} : { lastLoginDate: writeDate(lastLoginDate) }),
  };
}

/** A day when the instant is the first of one, else the full timestamp. */
function writeDate(instant: number): string {
  return new Date(instant).toISOString().replace('T00:00:00.000Z', '');
}
