import type { AccountRecord, RoleKey, UserRecord } from '../../state/records.ts';
import type { Caller } from '../context.ts';
import { BadRequestError, ForbiddenError } from '../errors.ts';
import { requireCovered } from './cover.ts';

/** A role as it stands in a user body (seed 000). */
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

const catalogue: Readonly<Record<RoleKey, RoleBody>> = {
  admin: role('admin', 3, 'Administrator', 'Cloud Elements Application Administrator.'),
  org: role('org', 2717, 'Organization User'),
  'org-admin': role('org-admin', 930, 'Organization Administrator'),
  'default-user': role('default-user', 16339, 'Default User'),
};

/** The roles that can be granted, as bodies show them, by id. */
export const roles: readonly RoleBody[] = Object.values(catalogue).sort((a, b) => a.id - b.id);

/** From the least to the most powerful; `sys-admin` exists and nobody here can grant it. */
const ranks = ['default-user', 'org', 'admin', 'org-admin', 'sys-admin'];

/** The roles of a user as a body shows them: those granted, then `org`, which everybody has. */
export function roleBodies(granted: readonly RoleKey[]): RoleBody[] {
  return [...granted, 'org' as const].map((key) => catalogue[key]);
}

/** The roles that decide what a user may do: the own ones and the account's together. */
export function effectiveRoles(user: UserRecord, account: AccountRecord): readonly RoleKey[] {
  return account.roles.length === 0 ? user.roles : [...new Set([...user.roles, ...account.roles])];
}

/**
 * Which of the asked roles to grant; `org` needs no grant.
 *
 * Checks, in this order: unknown key 400, a key above the caller's own 403, `org-admin` outside
 * the default account 400 (spec section 4.4).
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
  // What a user has already may be sent back; what is taken away counts as what is granted does.
  const changed = [...asked.filter((key) => !isIn(key, held)), ...held.filter((key) => !isIn(key, asked))];
  for (const key of changed) requireWithin(key, caller, account);
  return [...new Set(asked.map((key) => requireGrantable(key, account)))].filter((key) => key !== 'org');
}

/** @throws {BadRequestError} for a key that no role has. */
export function requireKnown(key: string): void {
  if (ranks.includes(key)) return;
  throw new BadRequestError(`Role '${key}' is unknown: the roles are ${Object.keys(catalogue).join(', ')}.`);
}

/** @throws {ForbiddenError} for a role above those of the caller, and one that brings what the caller may not do. */
export function requireWithin(key: string, caller: Caller, account: AccountRecord): void {
  if (rankOf(key) > highest(caller.roles)) throw new ForbiddenError(`Role '${key}' is above the roles of the caller.`);
  if (isRoleKey(key)) requireCovered([key], account, caller, `Role '${key}' brings`);
}

/** @throws {ForbiddenError} for a user with roles above those of the caller, and one who may do what the caller may not. */
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

/** @throws {ForbiddenError} when users would change their own roles; sent back as they are they are fine. */
export function requireSameRoles(before: readonly RoleKey[], after: readonly RoleKey[]): void {
  const isSame = before.length === after.length && before.every((key) => after.includes(key));
  if (!isSame) throw ownRoles();
}

export function ownRoles(): ForbiddenError {
  return new ForbiddenError('Users cannot change their own roles.');
}

/** @throws {BadRequestError} for `org-admin` outside the default account, and what is no role that can be granted. */
export function requireGrantable(key: string, account: AccountRecord): RoleKey {
  if (!isRoleKey(key)) throw new BadRequestError(`Role '${key}' cannot be granted.`);
  if (key === 'org-admin' && !account.defaultAccount) {
    throw new BadRequestError("Role 'org-admin' is only for users of the default account.");
  }
  return key;
}

function isIn(key: string, keys: readonly string[]): boolean {
  return keys.includes(key);
}

function isRoleKey(key: string): key is RoleKey {
  return Object.hasOwn(catalogue, key);
}

function rankOf(key: string): number {
  return ranks.indexOf(key);
}
