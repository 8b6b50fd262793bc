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

/** Counts how often the page began with a world: when it is loaded, and when what it had chosen is no more. */
export const beginnings = signal(0);

async function begin(all: readonly Organization[]): Promise<void> {
  const [first] = all;
  chosen.value = {};
  if (first !== undefined) {
    const { items } = await get<Page<Account>>(
      `/accounts${query({ organization: first.id, pageSize: glance.accounts })}`,
    );
    const isSmall = first.accounts <= glance.accounts && first.users <= glance.users;
    const accounts = items.filter(({ users }) => isSmall && users > 0).map(({ id }) => `a${id}`);
    unfolded.value = new Set([`o${first.id}`, ...accounts]);
    chosen.value = await choose(first.id, items);
  }
  beginnings.value += 1;
}

/** An account that is a customer's, with somebody in it who can call: what most operations are tried with. */
async function choose(organization: number, accounts: readonly Account[]): Promise<typeof chosen.value> {
  const { items } = await get<Page<User>>(
    `/users${query({ organization, where: 'active=true', pageSize: glance.users })}`,
  );
  const customers = accounts.filter(({ active, defaultAccount }) => active && !defaultAccount);
  const user = items.find(({ accountId }) => customers.some(({ id }) => id === accountId)) ?? items[0];
  const account = accounts.find(({ id }) => id === user?.accountId) ?? customers[0] ?? accounts[0];
  return { organization, ...(account && { account }), ...(user && { user }) };
}

/** Whether what was chosen is still there, as it is not when the emulator begins anew with another fixture. */
async function isThere({ organization, account, user }: typeof chosen.value): Promise<boolean> {
  const has = async (path: string) => (await get<Page<unknown>>(path)).total > 0;
  return (
    (organization === undefined || organizations.value?.some(({ id }) => id === organization) === true) &&
    (account === undefined || (await has(`/accounts${query({ organization, where: `id=${account.id}` })}`))) &&
    (user === undefined || (await has(`/users${query({ account: user.accountId, where: `id=${user.id}` })}`)))
  );
}

export function watchWorld(): void {
  let worlds = 0;
  /** The world that what was chosen was last looked for in: another may come while one looks. */
  let looked = 0;
  const refresh = refresher(async () => {
    const world = worlds;
    const all = await get<readonly Organization[]>('/organizations');
    organizations.value = all;
    if (beginnings.value === 0 || (looked !== world && !(await isThere(chosen.value)))) await begin(all);
    looked = world;
    for (const list of [...accountLists.values(), ...userLists.values()]) list.invalidate();
    revision.value += 1;
  });
  on(['hello', 'reset'], () => {
    worlds += 1;
  });
  on(['hello', 'state', 'reset'], refresh);
}
