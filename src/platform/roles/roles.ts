import type { AccountRecord, RoleKey, UserRecord } from '../../state/records.ts';
import type { Caller } from '../context.ts';
import { BadRequestError, ForbiddenError } from '../errors.ts';
import { requireCovered } from './cover.ts';

/** A role as the body of a user shows it (seed 000). */
export interface RoleBody {
  readonly id: number;
  readonly name: string;
  readonly key: RoleKey;
  readonly active: true;
  readonly description: string;
  readonly features: readonly never[];
}

function role(key: RoleKey, id: number, name: string, description = name): RoleBody {
  return Object.freeze({ id, name, key, active: true, description, features: Object.freeze([]) });
}

const catalog: Readonly<Record<RoleKey, RoleBody>> = {
  admin: role('admin', 3, 'Administrator', 'Cloud Elements Application Administrator.'),
  org: role('org', 2717, 'Organization User'),
  'org-admin': role('org-admin', 930, 'Organization Administrator'),
  'default-user': role('default-user', 16339, 'Default User'),
};

/** The roles that can be granted, by ascending id. */
export const roles: readonly RoleBody[] = Object.values(catalog).sort((a, b) => a.id - b.id);

/** From the least to the most powerful; no caller can grant `sys-admin`. */
const ranks = ['default-user', 'org', 'admin', 'org-admin', 'sys-admin'];

/** The roles of a user as bodies show them: the granted roles, then `org`, which every user has. */
export function roleBodies(granted: readonly RoleKey[]): RoleBody[] {
  return [...granted, 'org' as const].map((key) => catalog[key]);
}

/** The roles that decide what a user may do: the user's own and the account's. */
export function effectiveRoles(user: UserRecord, account: AccountRecord): readonly RoleKey[] {
  return account.roles.length === 0 ? user.roles : [...new Set([...user.roles, ...account.roles])];
}

/**
 * Returns the roles to grant to a user of whom a request lists the roles; `org` needs no grant.
 *
 * It checks in this order (row `user-body-roles`): unknown key 400, a key above the caller's own 403, `org-admin`
 * outside the default account 400.
 *
 * @param held the roles granted to the user so far.
 * @param account the account of the user.
 */
export function grantRoles(
  asked: readonly string[],
  caller: Caller,
  held: readonly RoleKey[],
  account: AccountRecord,
): RoleKey[] {
  for (const key of asked) requireKnown(key);
  // A request may repeat the roles that the user has. Revoking a role is checked as granting it is.
  const changed = [...asked.filter((key) => !isIn(key, held)), ...held.filter((key) => !isIn(key, asked))];
  for (const key of changed) requireWithin(key, caller, account);
  const granted = asked.filter(isRoleKey);
  for (const key of granted) requirePlace(key, account);
  return [...new Set(granted)].filter((key) => key !== 'org');
}

/** @throws {BadRequestError} for a key that no role has. */
export function requireKnown(key: string): void {
  if (ranks.includes(key)) return;
  throw new BadRequestError(`Role '${key}' is unknown: the roles are ${Object.keys(catalog).join(', ')}.`);
}

/**
 * Checks that a role is not above those of the caller; `sys-admin` is above all.
 *
 * @throws {ForbiddenError} for a role above those of the caller, and for one with a privilege that the caller does not
 *   have.
 */
export function requireWithin(key: string, caller: Caller, account: AccountRecord): RoleKey {
  if (!isRoleKey(key) || rankOf(key) > highest(caller.roles)) {
    throw new ForbiddenError(`Role '${key}' is above the roles of the caller.`);
  }
  requireCovered([key], account, caller, `Role '${key}' brings`);
  return key;
}

/**
 * @throws {ForbiddenError} for a user with a role above those of the caller, and for one with a privilege that the
 *   caller does not have.
 */
export function requireNotAbove(user: UserRecord, account: AccountRecord, caller: Caller): void {
  const roles = effectiveRoles(user, account);
  if (highest(roles) > highest(caller.roles)) {
    throw new ForbiddenError(`User ${user.id} has a role above those of the caller.`);
  }
  // Callers may always change themselves.
  if (user.id !== caller.user.id) requireCovered(roles, account, caller, `User ${user.id} has`);
}

function highest(keys: readonly RoleKey[]): number {
  return Math.max(...keys.map(rankOf), rankOf('org'));
}

/** @throws {ForbiddenError} when users would change their own roles; repeating them as they are is allowed. */
export function requireSameRoles(before: readonly RoleKey[], after: readonly RoleKey[]): void {
  const isSame = before.length === after.length && before.every((key) => after.includes(key));
  if (!isSame) throw ownRoles();
}

export function ownRoles(): ForbiddenError {
  return new ForbiddenError('Users cannot change their own roles.');
}

/** @throws {BadRequestError} for `org-admin` outside the default account. */
export function requirePlace(key: RoleKey, account: AccountRecord): void {
  if (key === 'org-admin' && !account.defaultAccount) {
    throw new BadRequestError("Role 'org-admin' is only for users of the default account.");
  }
}

function isIn(key: string, keys: readonly string[]): boolean {
  return keys.includes(key);
}

function isRoleKey(key: string): key is RoleKey {
  return Object.hasOwn(catalog, key);
}

function rankOf(key: string): number {
  return ranks.indexOf(key);
}
