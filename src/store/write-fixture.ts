import type { CheckedAccount, CheckedFixture, CheckedOrganization, CheckedUser } from './fixture-schema.ts';
import type { AccountRecord, OrganizationRecord, TokenRecord, UserRecord } from './records.ts';
import type { AccountSnapshot, OrganizationSnapshot, Snapshot, UserSnapshot } from './snapshot-types.ts';
import type { State } from './state.ts';

/** What has been checked, and is also all there, as a snapshot promises. */
export type WrittenFixture = CheckedFixture & Snapshot;
type WrittenOrganization = CheckedOrganization & Omit<OrganizationSnapshot, 'accounts'>;
type WrittenAccount = CheckedAccount & Omit<AccountSnapshot, 'users'>;
type WrittenUser = CheckedUser & UserSnapshot;
/** Without the requests, which the state does not count. */
type WrittenSequences = Omit<WrittenFixture['sequences'], 'request'>;

/** Writes a state out as a fixture from which the same state can be built, nothing left open. */
export function writeFixture(state: State): Omit<WrittenFixture, 'sequences'> & { sequences: WrittenSequences } {
  return {
    version: 1,
    organizations: [...writeOrganizations(state)].map((organization) => ({
      ...organization.fixture,
      accounts: [...writeAccounts(state, organization.id)].map((account) => ({
        ...account.fixture,
        users: [...writeUsers(state, account.id)],
      })),
    })),
    sequences: writeSequences(state),
  };
}

/** A record as it is written, but for those that belong to it. */
interface Written<T> {
  readonly id: number;
  readonly fixture: T;
}

export function* writeOrganizations(state: State): Generator<Written<WrittenOrganization>, void> {
  for (const record of state.organizations.values()) yield { id: record.id, fixture: writeOrganization(record) };
}

export function* writeAccounts({ accounts }: State, organizationId: number): Generator<Written<WrittenAccount>, void> {
  for (const record of records(accounts, accounts.group('organization', organizationId))) {
    yield { id: record.id, fixture: writeAccount(record) };
  }
}

export function* writeUsers({ users, tokens }: State, accountId: number): Generator<WrittenUser, void> {
  for (const user of records(users, users.group('account', accountId))) {
    yield writeUser(user, [...records(tokens, tokens.group('user', user.id))]);
  }
}

export function writeSequences({ sequences, deletedUsers }: State): WrittenSequences {
  return { ...sequences, ...(deletedUsers.length === 0 ? {} : { deletedUsers: [...deletedUsers] }) };
}

function* records<R>(table: { get(id: number): R | undefined }, ids: readonly number[]): Generator<R, void> {
  for (const id of ids) {
    const record = table.get(id);
    if (record !== undefined) yield record;
  }
}

function writeOrganization({ createdDate, roles, ...organization }: OrganizationRecord): WrittenOrganization {
  return {
    ...organization,
    createdDate: writeDate(createdDate),
    ...(roles === undefined
      ? {}
      : { roles: roles.map(({ key, privileges }) => ({ key, privileges: [...privileges] })) }),
  };
}

function writeAccount({ createdDate, organizationId, roles, ...account }: AccountRecord): WrittenAccount {
  return { ...account, createdDate: writeDate(createdDate), ...(roles.length === 0 ? {} : { roles: [...roles] }) };
}

function writeUser(record: UserRecord, tokens: readonly TokenRecord[]): WrittenUser {
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
  const text = new Date(instant).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, -14) : text;
}
