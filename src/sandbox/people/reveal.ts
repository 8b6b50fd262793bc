import { signal } from '@preact/signals';
import type { Call } from '../console/call.ts';
import { type Account, get, type Page, query, type User } from '../state/api.ts';
import { fold } from '../state/records.ts';

/** A row of the tree by its key, and by that of its place until its record has arrived. */
interface Place {
  readonly key: string;
  readonly placeholder: string;
}

/** The row to bring into view, with those above it: the outermost first. */
export const wanted = signal<readonly Place[] | undefined>(undefined);
/** The key of the row that was last brought into view, and since when, by `performance.now()`. */
export const revealed = signal<{ readonly key: string; readonly at: number } | undefined>(undefined);

type Target = { readonly kind: 'account' | 'user'; readonly id: number };

/** The account or user that a request has made or changed; `undefined` when it is another record. */
export function targetOf({ method, path }: Call, answer: unknown): Target | undefined {
  if (method === 'GET') return undefined;
  const [, kind, id] = /\/(users)\/(\d+)(?=[/?]|$)/.exec(path) ?? /\/(accounts)\/(\d+)(?!.*\/users)/.exec(path) ?? [];
  if (kind !== undefined) return { kind: kind === 'users' ? 'user' : 'account', id: Number(id) };
  const [, made] = /\/(accounts|users)(?:\?.*)?$/.exec(path) ?? [];
  const own = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined;
  if (made === undefined || typeof own !== 'number') return undefined;
  return { kind: made === 'users' ? 'user' : 'account', id: own };
}

/** Unfolds the tree down to a record, and brings it into view. A record that is gone changes nothing. */
export async function reveal({ kind, id }: Target): Promise<void> {
  const places: Place[] = [];
  let accountId = id;
  if (kind === 'user') {
    const user = (await get<Page<User>>(`/users${query({ where: `id=${id}`, pageSize: 1 })}`)).items[0];
    if (user === undefined) return;
    ({ accountId } = user);
    const before = await get<Page<User>>(`/users${query({ account: accountId, where: `id>${id}`, pageSize: 1 })}`);
    places.push({ key: `u${id}`, placeholder: `a${accountId}/${before.total}` });
  }
  const account = (await get<Page<Account>>(`/accounts${query({ where: `id=${accountId}`, pageSize: 1 })}`)).items[0];
  if (account === undefined) return;
  const { organizationId: organization } = account;
  const before = await get<Page<Account>>(`/accounts${query({ organization, where: `id<${accountId}`, pageSize: 1 })}`);
  places.unshift({ key: `a${accountId}`, placeholder: `o${organization}/${before.total}` });
  fold(`o${organization}`, true);
  if (kind === 'user') fold(`a${accountId}`, true);
  wanted.value = places;
}

/** The index of the wanted row, or of the nearest above it that is there; -1 when there is none. */
export function indexOfWanted(rows: readonly { readonly key: string }[], places: readonly Place[]): number {
  for (const { key, placeholder } of [...places].reverse()) {
    const index = rows.findIndex((row) => row.key === key || row.key === placeholder);
    if (index >= 0) return index;
  }
  return -1;
}
