import type { Account, Organization, User } from '../state/api.ts';
import { accountsOf, organizations, unfolded, usersOf } from '../state/records.ts';

interface Place {
  readonly key: string;
  readonly level: number;
  readonly position: number;
  readonly size: number;
  /** The index of the parent row. */
  readonly parent: number;
}

/** A row of the tree; it has no record before the record has arrived. */
export type Row = Place &
  (
    | { readonly kind: 'organization'; readonly organization: Organization }
    | { readonly kind: 'account'; readonly index: number; readonly organizationId: number; readonly account?: Account }
    | { readonly kind: 'user'; readonly index: number; readonly accountId: number; readonly user?: User }
  );

/** All unfolded rows, on screen or not. */
export function treeRows(): Row[] {
  const rows: Row[] = [];
  const all = organizations.value ?? [];
  all.forEach((organization, index) => {
    const key = `o${organization.id}`;
    rows.push({ kind: 'organization', organization, key, level: 1, position: index + 1, size: all.length, parent: -1 });
    if (unfolded.value.has(key)) addAccounts(rows, organization);
  });
  return rows;
}

function addAccounts(rows: Row[], { id: organizationId, accounts }: Organization): void {
  const parent = rows.length - 1;
  const list = accountsOf(organizationId);
  const size = list.total.value ?? accounts;
  for (let index = 0; index < size; index += 1) {
    const account = list.get(index);
    const key = account === undefined ? `o${organizationId}/${index}` : `a${account.id}`;
    const place = { key, level: 2, position: index + 1, size, parent };
    rows.push({ kind: 'account', index, organizationId, ...place, ...(account === undefined ? {} : { account }) });
    if (account !== undefined && unfolded.value.has(key)) addUsers(rows, account);
  }
}

function addUsers(rows: Row[], { id: accountId, users }: Account): void {
  const parent = rows.length - 1;
  const list = usersOf(accountId);
  const size = list.total.value ?? users;
  for (let index = 0; index < size; index += 1) {
    const user = list.get(index);
    const key = user === undefined ? `a${accountId}/${index}` : `u${user.id}`;
    const place = { key, level: 3, position: index + 1, size, parent };
    rows.push({ kind: 'user', index, accountId, ...place, ...(user === undefined ? {} : { user }) });
  }
}

/** Fetches the records of these rows. */
export function fetchRows(rows: readonly Row[]): void {
  const spans = new Map<string, { readonly show: (from: number, to: number) => void; from: number; to: number }>();
  for (const row of rows) {
    if (row.kind === 'organization') continue;
    const isAccount = row.kind === 'account';
    const list = isAccount ? accountsOf(row.organizationId) : usersOf(row.accountId);
    const name = isAccount ? `o${row.organizationId}` : `a${row.accountId}`;
    const span = spans.get(name);
    if (span === undefined) {
      spans.set(name, { show: (from, to) => list.show(from, to), from: row.index, to: row.index + 1 });
    } else span.to = row.index + 1;
  }
  for (const { show, from, to } of spans.values()) show(from, to);
}

/** Whether a row can be unfolded. */
export function isParent(row: Row): boolean {
  if (row.kind === 'organization') return row.organization.accounts > 0;
  return row.kind === 'account' && (row.account?.users ?? 0) > 0;
}
