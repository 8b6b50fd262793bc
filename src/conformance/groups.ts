import type { Group } from './check.ts';
import { accountChangeRows } from './checks/account-changes.ts';
import { accountRows } from './checks/accounts.ts';
import { browserRows } from './checks/browsers.ts';
import { callerRows } from './checks/callers.ts';
import { credentialRows } from './checks/credentials.ts';
import { listRows } from './checks/lists.ts';
import { notEmulatedRows } from './checks/not-emulated.ts';
import { organizationRows } from './checks/organization.ts';
import { organizationUserRows } from './checks/organization-users.ts';
import { passwordRows } from './checks/passwords.ts';
import { privilegeRows } from './checks/privileges.ts';
import { bodyRows } from './checks/request-bodies.ts';
import { requestRows } from './checks/requests.ts';
import { roleChangeRows } from './checks/role-changes.ts';
import { roleRows } from './checks/roles.ts';
import { searchRows } from './checks/searches.ts';
import { userFieldRows } from './checks/user-fields.ts';
import { userListRows } from './checks/user-lists.ts';
import { userRows } from './checks/users.ts';

/** All rows of docs/fidelity.md, in its order. */
export const groups: readonly Group[] = [
  { title: 'Requests and answers', rows: [...requestRows, ...bodyRows, ...browserRows] },
  { title: 'Who may call', rows: [...callerRows, ...privilegeRows] },
  { title: 'Organization', rows: organizationRows },
  { title: 'Accounts', rows: [...accountRows, ...accountChangeRows] },
  { title: 'Users', rows: [...userRows, ...userFieldRows, ...userListRows, ...organizationUserRows] },
  { title: 'Credentials, passwords and logins', rows: [...credentialRows, ...passwordRows] },
  { title: 'Roles', rows: [...roleRows, ...roleChangeRows] },
  { title: 'Lists', rows: listRows },
  { title: 'Searching', rows: searchRows },
  { title: 'Not emulated', rows: notEmulatedRows },
];
