import { type Tenant, type TenantAccount, type TenantUser, viewsEverybody } from './tenants.ts';

/** A model of the lists: it knows only one organization, so that it cannot count anything of another. */

/** A `where` and what it means; without a meaning for a kind of records its field is unknown there. */
export interface Clause {
  readonly text: string;
  readonly accounts?: (account: TenantAccount) => boolean;
  readonly users?: (user: TenantUser) => boolean;
}

/** What clauses ask for; some of it is of the other organization. */
export interface Asked {
  readonly ids: readonly [number, number];
  readonly externalId: string;
  readonly email: string;
  readonly word: string;
}

export function clausesOf({ ids: [id, otherId], externalId, email, word }: Asked): readonly Clause[] {
  const both = (text: string, means: (record: TenantAccount | TenantUser) => boolean) => ({
    text,
    accounts: means,
    users: means,
  });
  return [
    both(`id=${id}`, (record) => record.id === id),
    both(`id IN (${id}, ${otherId})`, (record) => record.id === id || record.id === otherId),
    both(`id=${id} OR id='${otherId}'`, (record) => record.id === id || record.id === otherId),
    both(`NOT (id=${id})`, (record) => record.id !== id),
    both(`id>${Math.min(id, otherId)}`, (record) => record.id > Math.min(id, otherId)),
    both(`id=${id} AND active=true`, (record) => record.id === id && record.active),
    both(`externalId='${externalId}'`, (record) => record.externalId === externalId),
    both(`externalId IN ('x', '${externalId}')`, (record) => record.externalId === externalId),
    both('externalId IS NOT NULL', (record) => record.externalId !== undefined),
    { text: `description LIKE '%${word.toUpperCase()}%'`, accounts: ({ description }) => description.includes(word) },
    { text: `firstName LIKE '%${word}%'`, users: ({ firstName }) => firstName.includes(word) },
    { text: `email='${email}'`, users: (user) => user.email === email },
    { text: `email='${email}' AND id=${id}`, users: (user) => user.email === email && user.id === id },
    { text: `email LIKE '%@${word}.example'`, users: (user) => user.email.endsWith(`@${word}.example`) },
  ];
}

export interface ListRequest {
  readonly operationId: string;
  /** In the path. */
  readonly account: number | undefined;
  readonly where: Clause | undefined;
  readonly includeInactive: boolean;
}

/** Which ids a list has for a caller, in its order; `'unknown field'` when `where` has one, `undefined` for other calls. */
export function listed(
  tenant: Tenant,
  caller: TenantUser,
  request: ListRequest,
): readonly number[] | 'unknown field' | undefined {
  const { operationId, account, where, includeInactive } = request;
  const shown = ({ active }: { active: boolean }) => includeInactive || active;
  const accounts = () => {
    if (where !== undefined && where.accounts === undefined) return 'unknown field';
    const found = tenant.accounts.filter((record) => shown(record) && (where?.accounts?.(record) ?? true));
    return found.map(({ id }) => id).sort((a, b) => a - b);
  };
  const users = (belongs: (user: TenantUser) => boolean) => {
    if (where !== undefined && where.users === undefined) return 'unknown field';
    const found = tenant.users.filter((record) => belongs(record) && (where?.users?.(record) ?? true));
    return found.map(({ id }) => id).sort((a, b) => b - a);
  };
  switch (operationId) {
    case 'getAccounts':
    case 'getOrganizationAccounts':
      return accounts();
    case 'getAccountUsers':
      return users((user) => user.account.id === account);
    case 'getOrganizationUsers':
      return users((user) => user.account.isDefault);
    case 'getUsers':
      return users((user) => shown(user) && (viewsEverybody(tenant, caller) || user.account.id === caller.account.id));
    default:
      return undefined;
  }
}

/** How many roles a list of them has. */
export function roleCount(tenant: Tenant, operationId: string, target: number | undefined): number | undefined {
  const withOrg = (roles: readonly string[] | undefined) => new Set([...(roles ?? []), 'org']).size;
  switch (operationId) {
    case 'getUserRoles':
      return withOrg(tenant.users.find(({ id }) => id === target)?.roles);
    case 'getAccountRoles':
      return tenant.accounts.find(({ id }) => id === target)?.roles.length;
    case 'getOrganizationRoles':
    case 'updateOrganizationRoles':
    case 'resetOrganizationRoles':
      return 4;
    default:
      return undefined;
  }
}
