import type { Caller } from '../conformance/caller.ts';
import { CompareError } from '../conformance/errors.ts';
import { isRecord, type JsonRecord } from '../conformance/json.ts';
import type { LeftOut } from './left-out.ts';
import { type Listed, NotReadable, readList, readPages } from './pages.ts';

/** An organization as it was read, with its accounts and users; nothing is replaced yet. */
export interface World {
  readonly organization: JsonRecord;
  /** The roles with their privileges; `undefined` when they cannot be read. */
  readonly roles: readonly JsonRecord[] | undefined;
  readonly accounts: readonly ReadAccount[];
  /** What could not be read, for people, with the reason. */
  readonly unread: readonly string[];
}

export interface ReadAccount {
  readonly account: JsonRecord;
  /** The keys of the roles that were granted to the account; `undefined` when they cannot be read. */
  readonly roles: readonly string[] | undefined;
  /** `undefined` when they cannot be read. */
  readonly users: readonly JsonRecord[] | undefined;
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
  leftOut: LeftOut,
  onProgress: (progress: PullProgress) => void,
): Promise<World> {
  const roles = await readOptional(readList(caller, '/organizations/roles'));
  const accounts = await readAccounts(caller, leftOut);
  // Only here are the user names and, on some servers, the addresses.
  const details = await readOptional(readUsers(caller, '/organizations/users', { kind: 'organization' }, leftOut));
  const byId = new Map(details.value?.map((user) => [user.id, user]));

  const [noUsers, noRoles]: [string[], string[]] = [[], []];
  const read: ReadAccount[] = [];
  let count = 0;
  for (const account of accounts) {
    const onUser = () => {
      count += 1;
      if (count % 100 === 0) onProgress({ accounts: read.length, ofAccounts: accounts.length, users: count });
    };
    const path = `/accounts/${account.id}`;
    const owner = { kind: 'account', id: account.id } as const;
    const users = await readOptional(readUsers(caller, `${path}/users`, owner, leftOut, onUser));
    if (users.reason !== undefined) noUsers.push(users.reason);
    const granted = await readOptional(readList(caller, `${path}/roles`));
    if (granted.reason !== undefined) noRoles.push(granted.reason);
    read.push({
      account,
      users: users.value?.map((user) => ({ ...byId.get(user.id), ...user })),
      roles: granted.value === undefined ? undefined : keysOf(granted.value),
    });
    onProgress({ accounts: read.length, ofAccounts: accounts.length, users: count });
  }
  const unread = [
    ...unreadOf('the roles of the organization', roles.reason, 'those of the emulator apply'),
    ...unreadOf('the user names of the organization', details.reason, 'users have their emails'),
    ...unreadOf(`the users of ${counted(noUsers.length)}`, noUsers[0], 'the fixture has none of them'),
    ...unreadOf(`the roles of ${counted(noRoles.length)}`, noRoles[0], 'the fixture grants them none'),
  ];
  return { organization, roles: roles.value?.filter(isRecord), accounts: read, unread };
}

async function readAccounts(caller: Caller, leftOut: LeftOut): Promise<Listed[]> {
  const accounts: Listed[] = [];
  const note = (what: string, why: string) => leftOut.add(what, { kind: 'organization' }, why);
  try {
    for await (const account of readPages(caller, '/accounts', note)) accounts.push(account);
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    throw new CompareError(`${error.reason}: without the accounts there is nothing to write.`);
  }
  return accounts;
}

async function readUsers(
  caller: Caller,
  path: string,
  owner: Parameters<LeftOut['add']>[1],
  leftOut: LeftOut,
  onUser?: () => void,
): Promise<Listed[]> {
  const users: Listed[] = [];
  for await (const user of readPages(caller, path, (what, why) => leftOut.add(what, owner, why))) {
    users.push(user);
    onUser?.();
  }
  return users;
}

/** Something that the fixture can do without, or why it cannot be read. */
async function readOptional<T>(reading: Promise<T>): Promise<{ value?: T; reason?: string }> {
  try {
    return { value: await reading };
  } catch (error) {
    if (error instanceof NotReadable) return { reason: error.reason };
    throw error;
  }
}

function unreadOf(what: string, reason: string | undefined, instead: string): string[] {
  return reason === undefined ? [] : [`Not read: ${what} (${reason}); ${instead}.`];
}

function counted(accounts: number): string {
  return accounts === 1 ? 'an account' : `${accounts.toLocaleString('en-US')} accounts`;
}

/** The keys of a list of roles, which are objects with a key or the keys alone. */
export function keysOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => (isRecord(entry) ? keyOf(entry.key) : keyOf(entry)));
}

function keyOf(key: unknown): string[] {
  return typeof key === 'string' ? [key] : [];
}
