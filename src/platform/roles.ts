import type { RoleKey } from '../store/records.ts';
import { BadRequestError, ForbiddenError } from './errors.ts';

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

/** From the least to the most powerful; `sys-admin` exists and nobody here can grant it. */
const ranks = ['default-user', 'org', 'admin', 'org-admin', 'sys-admin'];

/** The roles of a user as a body shows them: those granted, then `org`, which everybody has. */
export function roleBodies(granted: readonly RoleKey[]): RoleBody[] {
  return [...granted, 'org' as const].map((key) => catalogue[key]);
}

/**
 * Which of the asked roles to grant; `org` needs no grant.
 *
 * Checks, in this order: unknown key 400, a key above the caller's own 403, `org-admin` outside
 * the default account 400 (spec section 4.4).
 *
 * @param own the roles granted to the caller.
 * @param held the roles granted to the user so far.
 */
export function grantRoles(
  asked: readonly string[],
  own: readonly RoleKey[],
  held: readonly RoleKey[],
  inDefaultAccount: boolean,
): RoleKey[] {
  const unknown = asked.find((key) => !ranks.includes(key));
  if (unknown !== undefined) {
    const keys = Object.keys(catalogue).join(', ');
    throw new BadRequestError(`Role '${unknown}' is unknown: the roles are ${keys}.`);
  }
  const rank = Math.max(...own.map(rankOf), rankOf('org'));
  // What a user has already may be sent back; what is taken away counts as what is granted does.
  const changed = [...asked.filter((key) => !isIn(key, held)), ...held.filter((key) => !isIn(key, asked))];
  const above = changed.find((key) => rankOf(key) > rank);
  if (above !== undefined) throw new ForbiddenError(`Role '${above}' is above the roles of the caller.`);
  if (!inDefaultAccount && asked.includes('org-admin')) {
    throw new BadRequestError("Role 'org-admin' is only for users of the default account.");
  }
  return [...new Set(asked.filter(isRoleKey))].filter((key) => key !== 'org');
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
