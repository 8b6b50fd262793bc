import type { PrivilegeKey } from './privileges.ts';
import type { PasswordPolicy, RoleKey } from './records.ts';

/**
 * A fixture: the state an emulator starts with and returns to. Only what matters has to be
 * written; ids, secrets, dates and roles are filled in. Dates are `YYYY-MM-DD` or ISO 8601
 * timestamps.
 */
export interface Fixture {
  /** For editors; ignored. */
  $schema?: string;
  /** The version of this format. */
  version?: number;
  /** The instant at which the clock stands. Default: it follows the machine's. */
  now?: string;
  /** How far the clock runs ahead of the machine's, in milliseconds, where it does not stand. Default: 0. */
  ahead?: number;
  organizations: readonly OrganizationFixture[];
  /** The first new id of each kind; those in use are skipped. Default: 1 each. */
  sequences?: {
    organization?: number;
    account?: number;
    user?: number;
    secret?: number;
    request?: number;
    deletedUsers?: readonly number[];
  };
}

/** An organisation of a fixture. */
export interface OrganizationFixture {
  id?: number;
  name: string;
  /** The organisation secret. Default: derived from the seed. */
  secret?: string;
  /** Default: true. */
  active?: boolean;
  /** Default: when the emulator starts. */
  createdDate?: string;
  externalCompany?: { revenue: number };
  tierId?: number;
  canCreatePeer?: boolean;
  twoFactorAuthEnabled?: boolean;
  /** Shown only when written, as all the following are up to `country` (seed 003). */
  status?: string;
  environment?: string;
  customerId?: number;
  externalId?: string;
  vdrVersion?: string | number;
  street1?: string;
  street2?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  /** What is not written is that of the platform's default policy. */
  passwordPolicy?: Partial<PasswordPolicy>;
  /** The roles of which the privileges are not those of the platform's catalogue. */
  roles?: readonly {
    readonly key: RoleKey | (string & {});
    readonly privileges: readonly (PrivilegeKey | (string & {}))[];
  }[];
  /** A default account with an administrator is added when none is written. */
  accounts?: readonly AccountFixture[];
}

/** An account of a fixture. */
export interface AccountFixture {
  id?: number;
  /** One of a kind among the active accounts of the organisation. Default: the id. */
  externalId?: string;
  /** Default: the externalId. */
  name?: string;
  /** Default: the externalId. */
  description?: string;
  /** Default: true. */
  active?: boolean;
  /** True for one account of an organisation. Default: false. */
  defaultAccount?: boolean;
  /** Default: that of the organisation. */
  createdDate?: string;
  /** Shown only when written, like `environment`. */
  status?: string;
  environment?: string;
  /** Roles of every user of the account beside the own ones; `org-admin` in the default account alone. Default: none. */
  roles?: readonly (RoleKey | (string & {}))[];
  users?: readonly UserFixture[];
}

/** A user of a fixture. */
export interface UserFixture {
  id?: number;
  /** Default: the part of the email before the @. */
  firstName?: string;
  /** Default: User. */
  lastName?: string;
  /** One of a kind in the whole fixture, in any case of letters. */
  email: string;
  /** One of a kind as well. Default: the email. */
  username?: string;
  /** Without one, no password is ever right. */
  password?: string;
  /** The passwords before this one, the newest first. Default: none. */
  previousPasswords?: readonly string[];
  /** The Bearer tokens with which the user can call, the newest last. Default: none. */
  tokens?: readonly string[];
  /** The user secret. Default: derived from the seed. */
  secret?: string;
  /** Default: true. */
  active?: boolean;
  /**
   * Roles beside `org`, which every user has. Default: `org-admin` for the first user of a
   * default account of which no user has roles written, none for others. (A type that JSON files have
   * too; what it is not is refused when the fixture is checked.)
   */
  roles?: readonly (RoleKey | (string & {}))[];
  /** Default: when the emulator starts. */
  createdDate?: string;
  /** Absent: shown as 1970-01-01. */
  lastLoginDate?: string;
  /** Default: false. */
  credentialsExpired?: boolean;
  /** The user cannot log in or call until an administrator sets a password. Default: false. */
  accountLocked?: boolean;
  /** The user cannot log in or call. Default: false. */
  accountExpired?: boolean;
  /** Wrong passwords in a row so far, four at most: the fifth locks the user. Default: 0. */
  failedLogins?: number;
  city?: string;
  country?: string;
  phone?: string;
  postalCode?: string;
  stateProvince?: string;
  street1?: string;
  street2?: string;
  externalId?: string;
  oauthToken?: string;
  oauthId?: string;
  oauthProvider?: string;
}
