import type { Caller } from '../conformance/caller.ts';
import { isRecord, type JsonRecord } from '../conformance/json.ts';
import { readAnswer, readPages } from './pages.ts';

/** An organization as it was read, with its accounts and users; nothing is replaced yet. */
export interface World {
  readonly organization: JsonRecord;
  /** The roles with their privileges; `undefined` when the caller may not read them. */
  readonly roles: readonly JsonRecord[] | undefined;
  readonly accounts: readonly ReadAccount[];
}

export interface ReadAccount {
  readonly account: JsonRecord;
  /** The keys of the roles that were granted to the account; `undefined` when they cannot be read. */
  readonly roles: readonly string[] | undefined;
  readonly users: readonly JsonRecord[];
}

/** How far the reading is. */
export interface PullProgress {
  readonly accounts: number;
  /** How many accounts there are. */
  readonly ofAccounts: number;
  readonly users: number;
}

/** Reads everything of the caller's organization. @throws {CompareError} when something cannot be read. */
export async function readWorld(
  caller: Caller,
  organization: JsonRecord,
  onProgress: (progress: PullProgress) => void,
): Promise<World> {
  const roles = await readAnswer(caller, '/organizations/roles');
  const accounts: JsonRecord[] = [];
  for await (const account of readPages(caller, '/accounts')) accounts.push(account);
  // Only here are the user names and, on some servers, the addresses.
  const details = new Map<number, JsonRecord>();
  for await (const user of readPages(caller, '/organizations/users')) details.set(user.id, user);

  const read: ReadAccount[] = [];
  let count = 0;
  for (const account of accounts) {
    const users: JsonRecord[] = [];
    for await (const user of readPages(caller, `/accounts/${String(account.id)}/users`)) {
      users.push({ ...details.get(user.id), ...user });
      count += 1;
      if (count % 100 === 0) onProgress({ accounts: read.length, ofAccounts: accounts.length, users: count });
    }
    const granted = await readAnswer(caller, `/accounts/${String(account.id)}/roles`);
    read.push({ account, users, roles: granted === undefined ? undefined : keysOf(granted.body) });
    onProgress({ accounts: read.length, ofAccounts: accounts.length, users: count });
  }
  return { organization, roles: Array.isArray(roles?.body) ? roles.body.filter(isRecord) : undefined, accounts: read };
}

/** The keys of a list of roles. */
export function keysOf(list: unknown): string[] {
  return Array.isArray(list) ? list.flatMap((entry) => (isRecord(entry) ? [String(entry.key)] : [])) : [];
}
