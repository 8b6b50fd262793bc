import { effect, signal, untracked } from '@preact/signals';
import { type Account, ApiError, get, type Organization, type Page, query, type User } from '../state/api.ts';
import { chosen, organizations, revision } from '../state/records.ts';
import { attempt, say } from '../state/toasts.ts';

/** A record that is looked at closely. */
export type Shown =
  | { readonly kind: 'organization'; readonly organization: Organization }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'user'; readonly user: User };

export const shown = signal<Shown | undefined>(undefined);
/** What is shown has been deleted meanwhile. */
export const isGone = signal(false);
/** The account of the user that is shown, once it is known. */
export const accountOfUser = signal<Account | undefined>(undefined);

/** Which look is the last: what an earlier one finds counts no more. */
let looks = 0;

/** Opens a record, and lets the console fill in its paths with it. */
export function show(record: Shown): void {
  looks += 1;
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
    void look();
  }
}

export function organizationOf(id: number): Organization | undefined {
  return organizations.value?.find((organization) => organization.id === id);
}

async function one<T>(list: 'accounts' | 'users', id: number): Promise<T | undefined> {
  const { items } = await get<Page<T>>(`/${list}${query({ where: `id=${id}`, pageSize: 1 })}`);
  return items[0];
}

/** Opens an account of which only the id is at hand. */
export async function showAccount(id: number): Promise<void> {
  const account = await attempt(async () => (await one<Account>('accounts', id)) ?? 'gone');
  if (account === 'gone') say(`Account ${id} is gone.`);
  else if (account !== undefined) show({ kind: 'account', account });
}

async function lookAgain(record: Shown): Promise<Shown | undefined> {
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

/** Fetches what is shown anew. */
async function look(): Promise<void> {
  const record = shown.value;
  if (record === undefined) return;
  looks += 1;
  const own = looks;
  try {
    const now = await lookAgain(record);
    if (own !== looks || shown.value === undefined) return;
    isGone.value = now === undefined;
    if (now !== undefined) shown.value = now;
  } catch (error) {
    // When the emulator is back, all is looked at again.
    if (!(error instanceof ApiError)) throw error;
  }
}

/** An open record is shown as it is by now. */
effect(() => {
  if (revision.value > 0) untracked(() => void look());
});
