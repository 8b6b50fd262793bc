import type { PrivilegeKey } from './privileges.ts';

/**
 * The records of the state. They are frozen: a change replaces a record by a new one.
 * Instants are epoch milliseconds; an unset field is absent.
 */

/** The keys of the roles a user can be granted. */
export type RoleKey = 'admin' | 'org' | 'org-admin' | 'default-user';

export interface PasswordPolicy {
  readonly minLength: number;
  readonly minUppercase: number;
  readonly minLowercase: number;
  readonly minNumbers: number;
  readonly minSymbols: number;
  readonly symbolCharacterSet: string;
  readonly previousPasswordCount: number;
  readonly expirationDays: number;
}

/** The privileges of a role, as an organization has set them. */
export interface RolePrivileges {
  readonly key: RoleKey;
  readonly privileges: readonly PrivilegeKey[];
}

export interface OrganizationRecord {
  readonly id: number;
  readonly name: string;
  readonly secret: string;
  readonly active: boolean;
  readonly createdDate: number;
  readonly externalCompany: { readonly revenue: number };
  readonly tierId: number;
  readonly canCreatePeer: boolean;
  readonly twoFactorAuthEnabled: boolean;
  readonly passwordPolicy: PasswordPolicy;
  /** The roles whose privileges the organization has changed; absent when there are none. */
  readonly roles?: readonly RolePrivileges[];
  readonly status?: string;
  readonly environment?: string;
  readonly customerId?: number;
  readonly externalId?: string;
  readonly vdrVersion?: string | number;
  readonly street1?: string;
  readonly street2?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

export interface AccountRecord {
  readonly id: number;
  readonly organizationId: number;
  readonly name: string;
  readonly description: string;
  readonly externalId: string;
  readonly active: boolean;
  readonly defaultAccount: boolean;
  readonly createdDate: number;
  /** Roles that every user of the account has in addition to the user's own. */
  readonly roles: readonly RoleKey[];
  readonly status?: string;
  readonly environment?: string;
}

export interface UserRecord {
  readonly id: number;
  readonly organizationId: number;
  readonly accountId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly active: boolean;
  readonly secret: string;
  /** Granted roles, without `org`, which every user has. */
  readonly roles: readonly RoleKey[];
  readonly createdDate: number;
  /** Whether an administrator has changed the user, and the user has not set a password since (seed 002). */
  readonly credentialsExpired: boolean;
  /** True after too many wrong passwords, until an administrator sets a new one; absent otherwise. */
  readonly accountLocked?: boolean;
  /** True or absent. */
  readonly accountExpired?: boolean;
  /** How many wrong passwords were given since the last right one; absent for none. */
  readonly failedLogins?: number;
  /** Absent for a user who can never log in by password. */
  readonly password?: string;
  /** The passwords before this one, the newest first; absent when there are none. */
  readonly previousPasswords?: readonly string[];
  /** Absent when it is the email. */
  readonly username?: string;
  /** Absent until the first login. */
  readonly lastLoginDate?: number;
  readonly city?: string;
  readonly country?: string;
  readonly phone?: string;
  readonly postalCode?: string;
  readonly stateProvince?: string;
  readonly street1?: string;
  readonly street2?: string;
  readonly externalId?: string;
  readonly oauthToken?: string;
  readonly oauthId?: string;
  readonly oauthProvider?: string;
}

/** A Bearer token from a login, until the token ends. */
export interface TokenRecord {
  readonly id: number;
  readonly userId: number;
  readonly token: string;
}

/** The next number of each kind, so that ids and secrets continue where they stopped. */
export interface Sequences {
  readonly organization: number;
  readonly account: number;
  readonly user: number;
  readonly secret: number;
}
