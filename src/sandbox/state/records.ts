import { signal } from '@preact/signals';
import { type Account, get, type Organization, type Page, query, type User } from './api.ts';
import { on } from './live.ts';
import { PagedList } from './paged-list.ts';
import { refresher } from './refresh.ts';

/** All organizations; `undefined` until they are loaded. */
export const organizations = signal<readonly Organization[] | undefined>(undefined);
/** Counts the changes of the records, so that whatever shows some of them loads them again. */
export const revision = signal(0);
/** The keys of the organizations and accounts that are unfolded in the tree. */
export const unfolded = signal<ReadonlySet<string>>(new Set());
/** The record that was last selected in the tree, with those above it; the console fills its paths in with their ids. */
export const chosen = signal<{ readonly organization?: number; readonly account?: Account; readonly user?: User }>({});

const accountLists = new Map<number, PagedList<Account>>();
const userLists = new Map<number, PagedList<User>>();

/** The accounts of an organization. */
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

/** The tree begins unfolded when the first organization has at most so many accounts and users. */
const unfoldedAtFirst = { accounts: 12, users: 40 };

/** Counts the starts with fresh records: the load of the page, and each time the chosen records no longer exist. */
export const freshStarts = signal(0);

async function start(all: readonly Organization[]): Promise<void> {
  const [first] = all;
  chosen.value = {};
  if (first !== undefined) {
    const { items } = await get<Page<Account>>(
      `/accounts${query({ organization: first.id, pageSize: unfoldedAtFirst.accounts })}`,
    );
    const isSmall = first.accounts <= unfoldedAtFirst.accounts && first.users <= unfoldedAtFirst.users;
    const accounts = items.filter(({ users }) => isSmall && users > 0).map(({ id }) => `a${id}`);
    unfolded.value = new Set([`o${first.id}`, ...accounts]);
    chosen.value = await choose(first.id, items);
  }
  freshStarts.value += 1;
}

/** Chooses a customer's account and an active user of it, which most operations need. */
async function choose(organization: number, accounts: readonly Account[]): Promise<typeof chosen.value> {
  const { items } = await get<Page<User>>(
    `/users${query({ organization, where: 'active=true', pageSize: unfoldedAtFirst.users })}`,
  );
  const customers = accounts.filter(({ active, defaultAccount }) => active && !defaultAccount);
  const user = items.find(({ accountId }) => customers.some(({ id }) => id === accountId)) ?? items[0];
  const account = accounts.find(({ id }) => id === user?.accountId) ?? customers[0] ?? accounts[0];
  return { organization, ...(account && { account }), ...(user && { user }) };
}

/** Whether the chosen records still exist; they do not after a restart with another fixture. */
async function chosenExists({ organization, account, user }: typeof chosen.value): Promise<boolean> {
  const has = async (path: string) => (await get<Page<unknown>>(path)).total > 0;
  return (
    (organization === undefined || organizations.value?.some(({ id }) => id === organization) === true) &&
    (account === undefined || (await has(`/accounts${query({ organization, where: `id=${account.id}` })}`))) &&
    (user === undefined || (await has(`/users${query({ account: user.accountId, where: `id=${user.id}` })}`)))
  );
}

export function watchRecords(): void {
  let resets = 0;
  /** The value of `resets` when the chosen records were last checked: another reset may come during a check. */
  let checked = 0;
  const refresh = refresher(async () => {
    const current = resets;
    const all = await get<readonly Organization[]>('/organizations');
    organizations.value = all;
    if (freshStarts.value === 0 || (checked !== current && !(await chosenExists(chosen.value)))) await start(all);
    checked = current;
    for (const list of [...accountLists.values(), ...userLists.values()]) list.invalidate();
    revision.value += 1;
  });
  on(['hello', 'reset'], () => {
    resets += 1;
  });
  on(['hello', 'state', 'reset'], refresh);
}
