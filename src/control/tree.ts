import { accountView } from '../platform/accounts/views.ts';
import { type List, type ListQuery, list, type Source } from '../platform/lists.ts';
import { privilegesOf } from '../platform/roles/privileges.ts';
import { roles } from '../platform/roles/roles.ts';
import { userView } from '../platform/users/views.ts';
import type { Body, View } from '../platform/view.ts';
import { formatDay } from '../state/dates.ts';
import { everything } from '../state/keys.ts';
import type { AccountRecord, OrganizationRecord, UserRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { foldCase } from '../text/fold-case.ts';
import { findAdministrator } from './credentials.ts';
import { listInPieces, type Pieces } from './pieces.ts';

/** The lists behind the page's tree: the organizations, and the accounts and users of all of them, without secrets. */

/** The organization or account whose records a list has; all records without either. */
export interface TreeScope {
  readonly organization?: number | undefined;
  readonly account?: number | undefined;
}

/** All organizations in their order; `GET /credentials` is about the first. */
export function listOrganizations(state: State): Pieces {
  return listInPieces([...state.organizations.values()], (organization) => showOrganization(state, organization));
}

function showOrganization(state: State, { id, name, active, createdDate }: OrganizationRecord): Body {
  const administrator = findAdministrator(state, id);
  return {
    id,
    name,
    active,
    createdDate: formatDay(createdDate),
    ...(administrator === undefined ? {} : { administrator: administrator.email }),
    accounts: state.accounts.group('organization', id).length,
    users: state.users.group('organization', id).length,
  };
}

/** The roles of an organization with their privileges, and its password policy; `undefined` when there is no such one. */
export function showRules(state: State, id: number): object | undefined {
  const organization = state.organizations.get(id);
  if (organization === undefined) return undefined;
  return {
    roles: roles.map(({ id: role, key, name }) => ({
      id: role,
      key,
      name,
      privileges: privilegesOf(organization, key),
    })),
    passwordPolicy: organization.passwordPolicy,
  };
}

/** Accounts by ascending id, inactive ones too; `where` means the same as for GET /accounts. */
export function listAccounts(state: State, { organization }: TreeScope, query: ListQuery): Page {
  const view: View<AccountRecord> = {
    ...accountView,
    show: (account) => {
      const users = state.users.group('account', account.id).length;
      return {
        ...accountView.show(account),
        organizationId: account.organizationId,
        roles: account.roles,
        users,
      };
    },
  };
  const { accounts } = state;
  const source: Source<AccountRecord> = {
    ids: organization === undefined ? accounts.group('all', everything) : accounts.group('organization', organization),
    order: 'ascending',
    get: (id) => accounts.get(id),
    lookUp: (field, value) => (field === 'id' ? [accounts.get(Number(value))] : undefined),
    isListed: (account) => organization === undefined || account.organizationId === organization,
  };
  return page(list(() => source, view, query));
}

/** Users by descending id, as the platform lists them, inactive ones too; `where` means the same as for GET /users. */
export function listUsers(state: State, scope: TreeScope, query: ListQuery): Page {
  const { organization, account } = scope;
  const { users } = state;
  const ids = () => {
    if (account !== undefined) return users.group('account', account);
    return organization === undefined ? users.group('all', everything) : users.group('organization', organization);
  };
  const source: Source<UserRecord> = {
    ids: ids(),
    order: 'descending',
    get: (id) => users.get(id),
    lookUp: (field, value) => {
      if (field === 'id') return [users.get(Number(value))];
      return field === 'email' ? [users.find('email', foldCase(value))] : undefined;
    },
    isListed: (user) =>
      account === undefined ? [undefined, user.organizationId].includes(organization) : user.accountId === account,
  };
  return page(list(() => source, shownUser, query));
}

/** A search reads the fields that the platform searches, and none of them is secret. */
const shownUser: View<UserRecord> = {
  ...userView,
  show: (user) => {
    const { id, organizationId, accountId, email, username, firstName, lastName, active, roles } = user;
    const { externalId, createdDate, lastLoginDate } = user;
    return {
      ...{ id, organizationId, accountId, email, username, firstName, lastName, active, roles, externalId },
      createdDate: formatDay(createdDate),
      ...(lastLoginDate === undefined ? {} : { lastLoginDate: formatDay(lastLoginDate) }),
    };
  },
};

/** A page of a list, and the total number of records. */
interface Page {
  readonly total: number;
  readonly items: readonly unknown[];
}

function page({ items, total }: List): Page {
  return { total, items };
}
