import type { OperationId } from '../platform/operation-ids.ts';

interface About {
  /** What one has to know before calling it, besides its summary. */
  readonly does: string;
  /** What status 200 says. */
  readonly answers: string;
}

const gone = 'Done; the body is empty.';
const noNotification =
  'Nobody is notified: pass the password on, or let the user reset it. Emails are one of a kind on the whole platform.';
const accountChange =
  'Deactivating an account is the same act as deleting it, and deactivates its users as well. A reactivated account ' +
  'leaves them inactive: each is reactivated by itself. What is not given stays as it is.';
const userChange =
  'What is not given stays as it is; `roles` takes the place of all roles that were granted. A `password` unlocks a user who was locked by wrong ones.';
const noneFound = 'When there is nobody to answer, that is a 404.';
const role = 'The role, with its privileges.';

/** What each operation does and answers, in words (the documents' prose, and spec sections 3 to 7). */
export const about: Readonly<Record<OperationId, About>> = {
  getAccounts: {
    does: 'Inactive accounts are left out unless they are asked for.',
    answers: 'One page of the accounts, by ascending id.',
  },
  createAccount: {
    does: '`name` and `description` are the `externalId` unless they are given. An `externalId` of another active account is a 409.',
    answers: 'The new account, without its `createdDate`.',
  },
  getAccountById: { does: 'Inactive accounts are found as well.', answers: 'The account.' },
  updateAccount: { does: accountChange, answers: 'The account as it is now.' },
  replaceAccount: {
    does: `It is PATCH by another name, and replaces nothing. ${accountChange}`,
    answers: 'The account as it is now.',
  },
  deleteAccount: {
    does: 'The account and its users become inactive. PATCH with `active: true` recovers the account, and leaves its users inactive.',
    answers: gone,
  },
  getAccountUsers: {
    does: `Inactive users are answered as well. ${noneFound}`,
    answers: 'One page of the users, by descending id.',
  },
  createAccountUser: { does: noNotification, answers: 'The new user, with the secret.' },
  getAccountUserByEmailOrId: {
    does: "With the user's password in `Elements-User-Password` the answer has the `secret`; with another, or none, it has not.",
    answers: 'The user.',
  },
  updateAccountUser: { does: userChange, answers: 'The user as it is now.' },
  replaceAccountUser: {
    does: `It is PATCH by another name, and replaces nothing. ${userChange}`,
    answers: 'The user as it is now.',
  },
  deleteAccountUser: {
    does: 'The user is gone for good: to keep one from the platform for a while, deactivate the user.',
    answers: gone,
  },
  getAccountRoles: {
    does: 'The roles that were granted to the account, which every user of it has besides the own ones.',
    answers: 'One page of the roles.',
  },
  getAccountRoleByKey: { does: 'A role that the account has not is a 404.', answers: role },
  grantAccountRole: { does: 'Every user of the account has it from here on.', answers: role },
  revokeAccountRole: { does: 'Its users keep it where they have it by themselves.', answers: role },
  getUsers: {
    does: `With \`viewUsersOrg\` all users of the organization, with \`viewUsersAccount\` those of the own account. Inactive ones are left out unless they are asked for. ${noneFound}`,
    answers: 'One page of the users, by descending id.',
  },
  getUserByEmailOrId: {
    does: "With the user's password in `Elements-User-Password` the answer has the `secret`.",
    answers: 'The user.',
  },
  updateUser: {
    does: `It takes ids alone, and no emails. The user's credentials count as expired from here on, even when a password is given, until the user sets one. ${userChange}`,
    answers: 'The user as it is now.',
  },
  deleteUser: {
    does: 'It takes ids alone, and no emails. The user is gone for good, and the email is free again.',
    answers: gone,
  },
  getUserRoles: {
    does: "The roles that were granted to the user, and those of the user's account.",
    answers: 'One page of the roles.',
  },
  grantUserRole: {
    does: 'Nobody can grant a role above the own ones, to a user who has such a role, or to themselves.',
    answers: role,
  },
  revokeUserRole: {
    does: 'Nobody can revoke a role above the own ones, of a user who has such a role, or of themselves.',
    answers: role,
  },
  getOrganizationUsers: {
    does: `The users of the default account. Inactive users are answered as well. ${noneFound}`,
    answers: 'One page of the users, by descending id.',
  },
  createOrganizationUser: {
    does: `The user joins the default account of the organization. Flags such as \`active\` are not taken from the request. ${noNotification}`,
    answers: 'The new user, with the secret.',
  },
  getOrganizationUserByEmailOrId: {
    does: "Any user of the organization. With the user's password in `Elements-User-Password` the answer has the `secret`.",
    answers: 'The user.',
  },
  updateOrganizationUser: {
    does: `Any user of the organization. It takes ids alone, and no emails. The user's credentials count as expired from here on, until the user sets a password. ${userChange}`,
    answers: 'The user as it is now.',
  },
  deleteOrganizationUser: {
    does: 'Any user of the organization, gone for good. It takes ids alone, and no emails.',
    answers: gone,
  },
  getOrganization: { does: 'The organization of the caller, with its secret.', answers: 'The organization.' },
  updateOrganization: {
    does: 'Only the name can be changed.',
    answers: 'The organization, without its password policy.',
  },
  getOrganizationAccounts: {
    does: 'The id has to be that of the own organization. Inactive accounts are left out unless they are asked for.',
    answers: 'One page of the accounts, by ascending id.',
  },
  createOrganizationAccount: {
    does: 'The same as `POST /accounts`.',
    answers: 'The new account, without its `createdDate`.',
  },
  getOrganizationAccountById: { does: 'The same as `GET /accounts/{id}`.', answers: 'The account.' },
  getOrganizationRoles: {
    does: 'Every role there is, with what it may do in this organization.',
    answers: 'One page of the roles.',
  },
  updateOrganizationRoles: {
    does: 'What a role gains or loses counts from the next call of its users on. A refused change changes nothing, not even the other roles of the list.',
    answers: 'All roles of the organization, in one answer.',
  },
  resetOrganizationRoles: {
    does: 'What was changed of them is forgotten.',
    answers: 'All roles of the organization, in one answer.',
  },
  updateOrganizationRole: {
    does: 'The list takes the place of the privileges that the role has, and counts from the next call of its users on.',
    answers: role,
  },
  updatePasswordPolicy: {
    does: 'It counts for the passwords that are set from here on; what is not given stays as it is, and `null` is refused.',
    answers: 'The policy as it is now.',
  },
  deletePasswordPolicy: {
    does: "The organization goes back to the platform's default policy.",
    answers: 'The policy as it is now.',
  },
  authenticate: {
    does: 'The token stands for both secrets: send it as `Authorization: Bearer <token>`. Wrong names and passwords are a 401; five wrong passwords in a row lock the user until an administrator sets another.',
    answers: 'Who has logged in, and the token.',
  },
  getSecrets: { does: 'For programs that have logged in and need the secrets.', answers: 'Both secrets.' },
  changePassword: {
    does: "It has to fit the organization's password policy. The tokens that the user has end.",
    answers: 'Who has logged in, and a fresh token.',
  },
  resetUserSecret: { does: 'The old secret is refused from the next request on.', answers: 'Both secrets.' },
};
