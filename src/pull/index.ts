import { Caller } from '../conformance/caller.ts';
import { Client } from '../conformance/client.ts';
import { readOrganization } from '../conformance/organization.ts';
import { authorizationOf, pauseFor, readTarget } from '../conformance/server-address.ts';
import type { Fixture, UserFixture } from '../fixtures/fixture-types.ts';
import { counted } from '../text/counted.ts';
import { printable } from '../text/printable.ts';
import { fixtureOf, namesIn } from './fixture-of.ts';
import { LeftOut } from './left-out.ts';
import { keptNames, madeUpNames } from './made-up.ts';
import { mend } from './mend.ts';
import { type PullProgress, readWorld } from './read-world.ts';

export interface PullOptions {
  readonly baseUrl: string;
  readonly userSecret: string;
  readonly organizationSecret: string;
  /** Keeps names, emails and external ids in place of made-up ones. */
  readonly keepNames: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PullProgress) => void;
}

/** A pulled fixture, and what was read for it. */
export interface Pulled {
  readonly fixture: Fixture;
  /** What is in it, for people, such as `2 accounts (1 inactive)`. */
  readonly summary: readonly string[];
  /** What could not be read, and what was read and is not in it as it came; a line each. */
  readonly notes: readonly string[];
}

/**
 * Reads an organization and writes it as a fixture. It sends nothing but GET.
 *
 * @throws {CompareError} when the server cannot be read.
 * @throws {StoppedError} when it was interrupted.
 */
export async function pull(options: PullOptions): Promise<Pulled> {
  const { keepNames, signal, onProgress } = options;
  const target = readTarget(options);
  const { baseUrl } = target;
  const client = new Client({ baseUrl, pauseMs: pauseFor(baseUrl), timeoutMs: 30_000, signal });
  const authorization = authorizationOf(target);
  const organization = await readOrganization(new Caller(client, authorization), baseUrl);
  const leftOut = new LeftOut();
  const world = await readWorld(new Caller(client, authorization, true), organization, leftOut, onProgress);
  const fixture = fixtureOf(world, keepNames ? keptNames : madeUpNames(namesIn(world)), leftOut);
  mend(fixture, leftOut);
  const notes = [...world.unread, ...leftOut.lines, ...missingIn(fixture)].map(printable);
  return { fixture, summary: summarize(fixture), notes };
}

/** What an emulator needs and the organization does not show, for people. */
function missingIn({ organizations }: Fixture): string[] {
  const accounts = organizations.flatMap((organization) => organization.accounts ?? []);
  const account = accounts.find(({ defaultAccount }) => defaultAccount === true);
  if (account === undefined) return ['No account is the default one: the emulator adds one, with an administrator.'];
  // Where the users cannot be read, or their roles, the start makes an administrator.
  const { users, roles = [] } = account;
  if (users === undefined || users.every((user) => user.roles === undefined)) return [];
  const administers = (user: UserFixture) => user.active !== false && user.roles?.includes('org-admin') === true;
  if (roles.includes('org-admin') || users.some(administers)) return [];
  return ['No user of the default account is its administrator: give one the role org-admin in the file.'];
}

function summarize({ organizations }: Fixture): string[] {
  const accounts = organizations.flatMap((organization) => organization.accounts ?? []);
  const users = accounts.flatMap((account) => account.users ?? []);
  const roles = organizations.flatMap((organization) => organization.roles ?? []);
  return [
    '1 organization',
    `${counted(accounts.length, 'account')}${inactiveOf(accounts)}`,
    `${counted(users.length, 'user')}${inactiveOf(users)}`,
    ...(roles.length === 0 ? [] : [counted(roles.length, 'role')]),
    ...(organizations.some(({ passwordPolicy }) => passwordPolicy !== undefined) ? ['the password policy'] : []),
  ];
}

function inactiveOf(records: readonly { readonly active?: unknown }[]): string {
  const count = records.filter(({ active }) => active === false).length;
  return count === 0 ? '' : ` (${count.toLocaleString('en-US')} inactive)`;
}
