import { effect, signal, untracked } from '@preact/signals';
import { type Account, ApiError, get, type Organization, type Page, query, type User } from '../state/api.ts';
import { chosen, organizations, revision } from '../state/records.ts';
import { attempt, say } from '../state/toasts.ts';

/** The record in the open sheet. */
export type Shown =
  | { readonly kind: 'organization'; readonly organization: Organization }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'user'; readonly user: User };

export const shown = signal<Shown | undefined>(undefined);
/** Whether the shown record has been deleted meanwhile. */
export const isGone = signal(false);
/** The account of the shown user, once it is loaded. */
export const accountOfUser = signal<Account | undefined>(undefined);

/** Numbers the loads of the shown record: only the result of the last one counts. */
let loads = 0;

/** Opens the sheet of a record, and chooses the record for the console's paths. */
export function show(record: Shown): void {
  loads += 1;
  isGone.value = false;
  accountOfUser.value = undefined;
  shown.value = record;
  const { account, user } = chosen.value;
  if (record.kind === 'organization') chosen.value = { organization: record.organization.id };
  else if (record.kind === 'account') {
    const { account } = record;
    const isOwn = user?.accountId === account.id;
    chosen.value = { organization: account.organizationId, account, ...(isOwn ? { user } : {}) };
  } else {
    const isOwn = account?.id === record.user.accountId;
    chosen.value = { organization: record.user.organizationId, user: record.user, ...(isOwn ? { account } : {}) };
    void reload();
  }
}

export function organizationOf(id: number): Organization | undefined {
  return organizations.value?.find((organization) => organization.id === id);
}

async function one<T>(list: 'accounts' | 'users', id: number): Promise<T | undefined> {
  const { items } = await get<Page<T>>(`/${list}${query({ where: `id=${id}`, pageSize: 1 })}`);
  return items[0];
}

/** Opens the sheet of an account by its id. */
export async function showAccount(id: number): Promise<void> {
  const account = await attempt(async () => (await one<Account>('accounts', id)) ?? 'gone');
  if (account === 'gone') say(`Account ${id} no longer exists.`);
  else if (account !== undefined) show({ kind: 'account', account });
}

async function fetchShown(record: Shown): Promise<Shown | undefined> {
  if (record.kind === 'organization') {
    const organization = organizationOf(record.organization.id);
    return organization && { kind: 'organization', organization };
  }
  if (record.kind === 'account') {
    const account = await one<Account>('accounts', record.account.id);
    return account && { kind: 'account', account };
  }
  const user = await one<User>('users', record.user.id);
  if (user !== undefined) accountOfUser.value = await one<Account>('accounts', user.accountId);
  return user && { kind: 'user', user };
}

/** Fetches the shown record again. */
async function reload(): Promise<void> {
  const record = shown.value;
  if (record === undefined) return;
  loads += 1;
  const own = loads;
  try {
    const now = await fetchShown(record);
    if (own !== loads || shown.value === undefined) return;
    isGone.value = now === undefined;
    if (now !== undefined) shown.value = now;
  } catch (error) {
    // The record is fetched again when the emulator is back.
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Keeps the shown record up to date. */
effect(() => {
  if (revision.value > 0) untracked(() => void reload());
});
