import type { Static } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { privilegeKeys } from './privileges.ts';

/**
 * What a fixture file may hold. Only what matters has to be written: `fillFixture` adds ids,
 * secrets, dates, default accounts and administrators. A data file has the same form with
 * everything written out.
 */

/** The version of the format of fixtures, data files and snapshots. */
export const fixtureVersion = 1;

/** Loose on purpose: what an email may be is for mail servers to say. */
export const emailForm = { pattern: '^[^\\s@]+@[^\\s@]+$', maxLength: 254, title: 'an email address' } as const;

const closed = { additionalProperties: false } as const;

// Far below the largest safe integer: ids are counted on from the largest that is written.
const Id = Type.Integer({ minimum: 1, maximum: 1e15, description: 'counted up when absent' });
const Name = (description: string) => Type.String({ pattern: '\\S', title: 'a text that is not blank', description });
const FixtureDate = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}', title: 'a date: YYYY-MM-DD or an ISO 8601 timestamp', description });
const Secret = (description: string) =>
  Type.String({ pattern: '^[^\\s,]+$', title: 'a text without spaces and commas', description });

const Role = Type.Union(
  [Type.Literal('admin'), Type.Literal('org'), Type.Literal('org-admin'), Type.Literal('default-user')],
  {
    title: 'a role: admin, org, org-admin or default-user',
    description: 'admin administers the account; org-admin, in the default account alone, the organization',
  },
);

const AccountRoles = Type.Array(Role, { description: 'roles of every user of the account; default: none' });

const Privilege = Type.Union(
  privilegeKeys.map((key) => Type.Literal(key)),
  { title: `a privilege: ${privilegeKeys.join(', ')}` },
);

const User = Type.Object(
  {
    id: Type.Optional(Id),
    firstName: Type.Optional(Name('default: the part of the email before the @')),
    lastName: Type.Optional(Name('default: User')),
    email: Type.String({
      ...emailForm,
      description: 'one of a kind in the whole fixture, in any case',
    }),
    username: Type.Optional(Name('one of a kind as well; default: the email')),
    password: Type.Optional(
      Type.String({
        minLength: 1,
        title: 'a text that is not empty',
        description: 'absent: no password is ever right',
      }),
    ),
    previousPasswords: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { description: 'the passwords before this one, the newest first' }),
    ),
    tokens: Type.Optional(Type.Array(Secret('a Bearer token'), { description: 'the Bearer tokens that are good' })),
    secret: Type.Optional(Secret('the user secret; derived from the seed when absent')),
    active: Type.Optional(Type.Boolean({ default: true })),
    roles: Type.Optional(
      Type.Array(Role, { description: 'default: org-admin for the first user of a default account that has none' }),
    ),
    createdDate: Type.Optional(FixtureDate('default: when the emulator starts')),
    lastLoginDate: Type.Optional(FixtureDate('absent: shown as 1970-01-01')),
    credentialsExpired: Type.Optional(Type.Boolean({ default: false })),
    accountLocked: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'true: cannot log in or call until an administrator sets a password',
      }),
    ),
    accountExpired: Type.Optional(Type.Boolean({ default: false, description: 'true: cannot log in or call' })),
    failedLogins: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 4, description: 'wrong passwords in a row so far; the fifth locks' }),
    ),
    city: Type.Optional(Type.String()),
    country: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    postalCode: Type.Optional(Type.String()),
    stateProvince: Type.Optional(Type.String()),
    street1: Type.Optional(Type.String()),
    street2: Type.Optional(Type.String()),
    externalId: Type.Optional(Type.String()),
    oauthToken: Type.Optional(Type.String()),
    oauthId: Type.Optional(Type.String()),
    oauthProvider: Type.Optional(Type.String()),
  },
  closed,
);

const Account = Type.Object(
  {
    id: Type.Optional(Id),
    externalId: Type.Optional(Name('one of a kind among the active accounts; default: the id')),
    name: Type.Optional(Name('default: the externalId')),
    description: Type.Optional(Type.String({ description: 'default: the externalId' })),
    active: Type.Optional(Type.Boolean({ default: true })),
    defaultAccount: Type.Optional(Type.Boolean({ default: false, description: 'true for one account at most' })),
    createdDate: Type.Optional(FixtureDate('default: that of the organization')),
    status: Type.Optional(Type.String({ description: 'such as paid; absent: not shown' })),
    environment: Type.Optional(Type.String({ description: 'such as production; absent: not shown' })),
    roles: Type.Optional(AccountRoles),
    users: Type.Optional(Type.Array(User)),
  },
  closed,
);

export const PasswordPolicySchema = Type.Object(
  {
    minLength: Type.Integer({ minimum: 0 }),
    minUppercase: Type.Integer({ minimum: 0 }),
    minLowercase: Type.Integer({ minimum: 0 }),
    minNumbers: Type.Integer({ minimum: 0 }),
    minSymbols: Type.Integer({ minimum: 0 }),
    symbolCharacterSet: Type.String(),
    previousPasswordCount: Type.Integer({ minimum: 0, maximum: 9 }),
    expirationDays: Type.Integer({ minimum: 0 }),
  },
  closed,
);

const Organization = Type.Object(
  {
    id: Type.Optional(Id),
    name: Name('the name of the organization'),
    secret: Type.Optional(Secret('the organization secret; derived from the seed when absent')),
    active: Type.Optional(Type.Boolean({ default: true })),
    createdDate: Type.Optional(FixtureDate('default: when the emulator starts')),
    externalCompany: Type.Optional(Type.Object({ revenue: Type.Number() }, closed)),
    tierId: Type.Optional(Type.Integer({ default: 1 })),
    canCreatePeer: Type.Optional(Type.Boolean({ default: false })),
    twoFactorAuthEnabled: Type.Optional(Type.Boolean({ default: false })),
    status: Type.Optional(Type.String()),
    environment: Type.Optional(Type.String({ description: 'snapshot, staging or production' })),
    customerId: Type.Optional(Type.Integer()),
    externalId: Type.Optional(Type.String()),
    vdrVersion: Type.Optional(Type.Union([Type.String(), Type.Number()], { title: 'a text or a number' })),
    street1: Type.Optional(Type.String()),
    street2: Type.Optional(Type.String()),
    city: Type.Optional(Type.String()),
    state: Type.Optional(Type.String()),
    postalCode: Type.Optional(Type.String()),
    country: Type.Optional(Type.String()),
    passwordPolicy: Type.Optional(
      Type.Partial(PasswordPolicySchema, { ...closed, description: "default: the platform's default policy" }),
    ),
    roles: Type.Optional(
      Type.Array(Type.Object({ key: Role, privileges: Type.Array(Privilege) }, closed), {
        description: "the roles of which the privileges are not the platform's",
      }),
    ),
    accounts: Type.Optional(
      Type.Array(Account, { description: 'a default account with an administrator is added when none is written' }),
    ),
  },
  closed,
);

export const FixtureSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'for editors; ignored' })),
    version: Type.Optional(Type.Literal(fixtureVersion, { description: 'the version of this format' })),
    now: Type.Optional(FixtureDate('where the clock stands; absent: it follows the machine')),
    ahead: Type.Optional(
      Type.Integer({ description: 'how far the clock runs ahead of the machine, in milliseconds; not with now' }),
    ),
    organizations: Type.Array(Organization, { minItems: 1 }),
    sequences: Type.Optional(
      Type.Object(
        {
          organization: Type.Optional(Id),
          account: Type.Optional(Id),
          user: Type.Optional(Id),
          secret: Type.Optional(Id),
          request: Type.Optional(Id),
          deletedUsers: Type.Optional(Type.Array(Id, { description: 'ids that are not given again' })),
        },
        { ...closed, description: 'the first new id of each kind; those in use are skipped' },
      ),
    ),
  },
  { ...closed, $id: 'fixture.schema.json', title: 'a fixture of cloud-elements-emulator' },
);

/** A fixture that has been checked. */
export type CheckedFixture = Static<typeof FixtureSchema>;
export type CheckedOrganization = Static<typeof Organization>;
export type CheckedAccount = Static<typeof Account>;
export type CheckedUser = Static<typeof User>;
