import type { SchemaObject } from 'openapi3-ts/oas31';

/** What the fields mean, from the documents' tables where these have them; by schema, or of that name everywhere. */
const descriptions: Readonly<Record<string, string>> = {
  // Schemas.
  Account: 'An account: a group of users within an organization, such as one of its customers.',
  CreatedAccount: 'An account as its creation answers it: without `createdDate`.',
  RoleGrant: 'A role by its key.',
  PrivilegeGrant: 'A privilege by its key.',
  Privilege: 'Something that a role lets users do.',
  Role: 'A role as users and logins show it.',
  GrantedRole: 'A role with the privileges that it has in the organization.',
  RolePrivileges: 'A role, by its `key` or its `id`, and the privileges that it shall have.',
  PasswordPolicy: 'What passwords have to be like in the organization.',
  Session: 'Who has logged in, and the token for further requests.',
  Secrets: 'What `Authorization` takes.',

  // Everywhere.
  active: 'Whether it can be used; who is inactive cannot call the platform.',
  createdDate: 'The day it was created.',
  description: 'A few words about it.',
  email: 'The email address, of which there is one on the whole platform; password resets go there.',
  firstName: 'The first name.',
  lastName: 'The last name.',
  fullName: 'The first and the last name.',
  username: 'The name to log in with; the email unless another was given.',
  password: 'Always this placeholder: passwords are never shown.',
  secret: 'The user secret, which goes into `Authorization`.',
  roles: 'What the user may do. Everybody has `org`.',
  features: 'Always empty.',
  privileges: 'What the role lets users do.',
  hide: 'Always false.',
  accountId: 'The account that the user belongs to.',
  phone: 'Telephone number.',
  street1: 'First line of the address.',
  street2: 'Second line of the address.',
  city: 'City of the address.',
  stateProvince: 'State or province of the address; spelled `stateprovince` it is ignored.',
  postalCode: 'Postal code of the address.',
  country: 'Country of the address.',
  lastLoginDate: 'The day of the last login; 1970-01-01 before the first.',
  accountExpired: 'True for a user whom a fixture has expired.',
  accountNonExpired: 'Whether the user is active and has not expired.',
  accountLocked:
    'True after five wrong passwords in a row, until an administrator sets another; fixtures can say so too.',
  accountNonLocked: 'The opposite of `accountLocked`.',
  credentialsExpired: 'True for an inactive user, and after a change by an administrator until a password is set.',
  credentialsNonExpired: 'The opposite of `credentialsExpired`.',
  emailValid: 'Always true.',
  enabled: 'The same as `active`.',
  oauthToken: 'Of users who signed up with an identity provider: its token.',
  oauthId: "Of users who signed up with an identity provider: the provider's id of them.",
  oauthProvider: 'Of users who signed up with an identity provider: its name.',
  requestId: 'The id of the request, as in `Elements-Request-Id`.',
  message: 'What is wrong, with which input.',

  // Accounts.
  'Account.id': 'The id of the account, which paths take.',
  'CreatedAccount.id': 'The id of the account, which paths take.',
  'Account.name': 'The name of the account.',
  'CreatedAccount.name': 'The name of the account.',
  companyId: 'The id of the organization.',
  'Account.active': 'Whether it can be used; an inactive account is left out of lists.',
  'CreatedAccount.active': 'Always true.',
  'Account.externalId': "The caller's own id of it; one of a kind among the active accounts of an organization.",
  'CreatedAccount.externalId': "The caller's own id of it; one of a kind among the active accounts of an organization.",
  defaultAccount: 'Whether it is the account of the organization itself.',
  type: '`Default` for the account of the organization itself, `CompanyAccount` for all others.',
  'AccountCreate.externalId': "The caller's own id of the account; a number is kept as text.",
  'AccountCreate.name': 'The name of the account. Default: the `externalId`.',
  'AccountCreate.description': 'A few words about the account. Default: the `externalId`.',
  'AccountUpdate.name': 'Another name.',
  'AccountUpdate.externalId': "The caller's own id of the account; a number is kept as text.",
  'AccountUpdate.active':
    'False deactivates the account with its users, as DELETE does; true reactivates the account alone.',

  // Users.
  externalId: "The caller's own id of the user, when one was given.",
  'CreatedAccountUser.secret':
    'The user secret, which goes into `Authorization`. Later it is shown to who knows the password alone.',
  'CreatedOrganizationUser.secret':
    'The user secret, which goes into `Authorization`. Later it is shown to who knows the password alone.',
  'RetrievedAccountUser.secret': "The user secret; only when `Elements-User-Password` is the user's password.",
  'RetrievedOrganizationUser.secret': "The user secret; only when `Elements-User-Password` is the user's password.",
  'RetrievedUser.secret': "The user secret; only when `Elements-User-Password` is the user's password.",
  'CreatedOrganizationUser.createdDate': 'The day; epoch milliseconds when the request said when.',
  'ChangedOrganizationUser.createdDate': 'The day; epoch milliseconds when the request said when.',
  'AccountUserCreate.password': 'The password; it has to fit the policy of the organization.',
  'OrganizationUserCreate.password':
    'The password; it has to fit the policy of the organization. Without one the user cannot log in.',
  'OrganizationUserCreate.username': 'The name to log in with. Default: the email.',
  'OrganizationUserCreate.createdDate':
    'When the user was created: a day, an ISO 8601 timestamp or epoch milliseconds. Default: now.',
  'OrganizationUserUpdate.createdDate': 'Another date of creation: a day, an ISO 8601 timestamp or epoch milliseconds.',
  'AccountUserCreate.roles':
    'The roles to grant: `admin` for an account administrator, `org-admin` for an organization administrator.',
  'OrganizationUserCreate.roles':
    'The roles to grant: `admin` for an account administrator, `org-admin` for an organization administrator.',
  'AccountUserUpdate.roles': 'The roles that the user shall have, in place of those that were granted.',
  'OrganizationUserUpdate.roles': 'The roles that the user shall have, in place of those that were granted.',
  'AccountUserUpdate.password':
    'Another password, which has to fit the policy of the organization; `secured` leaves it as it is.',
  'OrganizationUserUpdate.password':
    'Another password, which has to fit the policy of the organization; `secured` leaves it as it is.',
  'AccountUserUpdate.active': 'False deactivates the user, true reactivates.',
  'OrganizationUserUpdate.active': 'False deactivates the user, true reactivates.',
  'AccountUserUpdate.externalId': "The caller's own id of the user; a number is kept as text.",
  'OrganizationUserUpdate.externalId': "The caller's own id of the user; a number is kept as text.",

  // Roles.
  'Role.active': 'Always true.',
  'GrantedRole.active': 'Always true.',
  key: 'The name by which requests know it.',
  'RoleGrant.key': '`admin`, `org-admin`, `default-user` or `org`.',
  'PrivilegeGrant.key': 'Such as `viewUsersOrg`, `modifySecurity` or `configureRoles`.',
  'RoleUpdate.privileges': 'All privileges that the role shall have.',
  'RolePrivileges.privileges': 'All privileges that the role shall have.',

  // The organization.
  status: 'How it stands with the platform, such as `paid`; absent where that is unknown.',
  environment: 'Where it exists: `snapshot`, `staging` or `production`; absent where that is unknown.',
  customerId: 'The id of the organization as a customer; absent where it is none.',
  'Organization.externalId': 'What others call the organization; absent where that is unknown.',
  'RenamedOrganization.externalId': 'What others call the organization; absent where that is unknown.',
  vdrVersion: "The platform's own data.",
  state: 'State of the address.',
  externalCompany: "The platform's own data.",
  revenue: "The platform's own data.",
  tierId: "The platform's own data.",
  canCreatePeer: "The platform's own data.",
  passwordPolicy: 'What passwords have to be like.',
  twoFactorAuthEnabled: 'Whether a second factor is asked for.',
  'Organization.secret': 'The organization secret, which goes into `Authorization`.',
  'RenamedOrganization.secret': 'The organization secret, which goes into `Authorization`.',
  'OrganizationUpdate.name': 'The new name.',
  minLength: 'The fewest characters.',
  minUppercase: 'The fewest upper-case letters.',
  minLowercase: 'The fewest lower-case letters.',
  minNumbers: 'The fewest digits.',
  minSymbols: 'The fewest symbols.',
  symbolCharacterSet: 'What counts as a symbol; others are refused.',
  previousPasswordCount: 'How many of the last passwords cannot be used again.',
  expirationDays: 'After how many days a password expires.',

  // Logins.
  token: 'What `Authorization: Bearer` takes.',
  organizationId: 'The organization of the user.',
  organizationName: 'The name of the organization.',
  accountName: "The name of the user's account.",
  organizationAdmin: 'Whether the user is an organization administrator.',
  accountAdmin: 'Whether the user is an account administrator.',
  userSecret: 'The secret of the user.',
  organizationSecret: 'The secret of the organization.',
  'LogIn.username': 'The email or user name.',
  'LogIn.password': 'The password.',
  'OwnPassword.password': 'The new password, which has to fit the policy of the organization.',
  id: 'The id, which paths take.',
  name: 'The name.',
};

/** What a field of a schema means, or, without `owner`, a schema; `undefined` where there is nothing to say. */
export function describeField(owner: string, name: string): string | undefined {
  return descriptions[owner === '' ? name : `${owner}.${name}`] ?? (owner === '' ? undefined : descriptions[name]);
}

/** What tools make a narrower type of: ids are longer than 32 bits (fixtures may have 10^15). */
export function formatOf(name: string, { type, const: fixed }: SchemaObject): string | undefined {
  if (type === 'integer' && /^id$|Id$/.test(name)) return 'int64';
  return name === 'password' && type === 'string' && fixed === undefined ? 'password' : undefined;
}
