import { signal } from '@preact/signals';
import { type Account, get, type Organization, type Page, query, type User } from './api.ts';
import { on } from './live.ts';
import { PagedList } from './paged-list.ts';
import { refresher } from './refresh.ts';

/** All organisations; `undefined` until they are known. */
export const organizations = signal<readonly Organization[] | undefined>(undefined);
/** Counts the changes of the world: who shows a part of it looks again. */
export const revision = signal(0);
/** The keys of the organisations and accounts that are unfolded in the tree. */
export const unfolded = signal<ReadonlySet<string>>(new Set());
/** What the tree was last asked for: with it the console fills in its paths. */
export const chosen = signal<{ readonly organization?: number; readonly account?: Account; readonly user?: User }>({});

const accountLists = new Map<number, PagedList<Account>>();
const userLists = new Map<number, PagedList<User>>();

/** The accounts of an organisation. */
export function accountsOf(organization: number): PagedList<Account> {
  return listOf(accountLists, organization, (page) => `/accounts${query({ organization, ...page })}`);
}

/** The users of an account. */
export function usersOf(account: number): PagedList<User> {
  return listOf(userLists, account, (page) => `/users${query({ account, ...page })}`);
}

function listOf<T>(
  lists: Map<number, PagedList<T>>,
  id: number,
  path: (page: { offset: number; pageSize: number }) => string,
): PagedList<T> {
  const known = lists.get(id);
  if (known !== undefined) return known;
  const list = new PagedList<T>((offset, pageSize) => get(path({ offset, pageSize })));
  lists.set(id, list);
  return list;
}

/** Folds or unfolds a row of the tree. */
export function fold(key: string, isOpen: boolean): void {
  const keys = new Set(unfolded.value);
  if (isOpen) keys.add(key);
  else keys.delete(key);
  unfolded.value = keys;
}

/** So many accounts and users are shown at first; of more, the organisations alone. */
const glance = { accounts: 12, users: 40 };

async function unfoldAtFirst(all: readonly Organization[]): Promise<void> {
  const [first] = all;
  if (first === undefined) return;
  const { items } = await get<Page<Account>>(
    `/accounts${query({ organization: first.id, pageSize: glance.accounts })}`,
  );
  const isSmall = first.accounts <= glance.accounts && first.users <= glance.users;
  const accounts = items.filter(({ users }) => isSmall && users > 0).map(({ id }) => `a${id}`);
  unfolded.value = new Set([`o${first.id}`, ...accounts]);
  const account = items.find(({ active, defaultAccount, users }) => active && !defaultAccount && users > 0) ?? items[0];
  if (account === undefined) return;
  const users = await get<Page<User>>(`/users${query({ account: account.id, pageSize: 1 })}`);
  const [user] = users.items;
  chosen.value = { organization: first.id, account, ...(user === undefined ? {} : { user }) };
}

export function watchWorld(): void {
  const refresh = refresher(async () => {
    const isFirst = organizations.value === undefined;
    const all = await get<readonly Organization[]>('/organizations');
    if (isFirst) await unfoldAtFirst(all);
    organizations.value = all;
    for (const list of [...accountLists.values(), ...userLists.values()]) list.invalidate();
    revision.value += 1;
  });
  on(['hello', 'state', 'reset'], refresh);
}
