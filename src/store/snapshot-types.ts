import type { AccountFixture, Fixture, OrganizationFixture, UserFixture } from './fixture-types.ts';
import type { PasswordPolicy } from './records.ts';

/** A part of a fixture in which these fields are always written. */
type Written<T, K extends keyof T> = T & Required<Pick<T, K>>;

/** What `snapshot()` gives: a fixture in which nothing is left open. */
export interface Snapshot extends Written<Fixture, 'version'> {
  organizations: readonly OrganizationSnapshot[];
  sequences: Written<NonNullable<Fixture['sequences']>, 'organization' | 'account' | 'user' | 'secret' | 'request'>;
}

type OrganizationFields =
  | 'id'
  | 'secret'
  | 'active'
  | 'createdDate'
  | 'externalCompany'
  | 'tierId'
  | 'canCreatePeer'
  | 'twoFactorAuthEnabled';

/** An organization of a snapshot. */
export interface OrganizationSnapshot extends Written<OrganizationFixture, OrganizationFields> {
  passwordPolicy: PasswordPolicy;
  accounts: readonly AccountSnapshot[];
}

type AccountFields = 'id' | 'externalId' | 'name' | 'description' | 'active' | 'defaultAccount' | 'createdDate';

/** An account of a snapshot. */
export interface AccountSnapshot extends Written<AccountFixture, AccountFields> {
  users: readonly UserSnapshot[];
}

type UserFields =
  | 'id'
  | 'firstName'
  | 'lastName'
  | 'secret'
  | 'active'
  | 'roles'
  | 'createdDate'
  | 'credentialsExpired';

/** A user of a snapshot. */
export interface UserSnapshot extends Written<UserFixture, UserFields> {}
