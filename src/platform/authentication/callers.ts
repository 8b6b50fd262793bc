import type { OrganizationRecord, UserRecord } from '../../state/records.ts';
import type { State } from '../../state/state.ts';
import type { Caller } from '../context.ts';
import { UnauthorizedError } from '../errors.ts';
import { effectiveRoles } from '../roles/roles.ts';

/**
 * Who sends this `Authorization` header: `User <secret>, Organization <secret>`, or `Bearer <token>`.
 *
 * The parts come in any order, their scheme words in any case, with or without a space after the
 * comma. What begins with the word `Element` is ignored, and so are empty parts. Secrets hold `=`, `/` and `+`, so that
 * nothing is split at those.
 *
 * @throws {UnauthorizedError} when a secret or token is missing or unknown, the secrets do not
 *   belong together, or the user or what they belong to is not active.
 */
export function authenticate(header: string | undefined, state: State): Caller {
  if (header === undefined || header.trim() === '') throw new UnauthorizedError('no Authorization header');
  const parts = readParts(header);
  const token = parts.get('bearer');
  if (token === undefined) return bySecrets(parts, state);
  if (parts.has('user') || parts.has('organization')) {
    throw new UnauthorizedError('the Authorization header has a Bearer token and secrets: one or the other');
  }
  return byToken(token, state);
}

/**
 * A user as a caller.
 *
 * @throws {UnauthorizedError} when the user or the organization is not active, or the user has expired or is locked.
 */
export function callerOf(user: UserRecord, organization: OrganizationRecord, state: State): Caller {
  if (!organization.active) throw new UnauthorizedError(`organization ${organization.id} is inactive`);
  if (!user.active) throw new UnauthorizedError(`user ${user.id} is inactive`);
  if (user.accountExpired) throw new UnauthorizedError(`user ${user.id} has expired`);
  if (user.accountLocked)
    throw new UnauthorizedError(`user ${user.id} is locked until an administrator sets a password`);
  const account = state.accountOf(user);
  return { user, organization, account, roles: effectiveRoles(user, account) };
}

/**
 * Whether a caller is still who was let in: none of the records that decide it has changed since.
 * Secrets are of these records, and tokens end with a change of the user's.
 */
export function isStill({ user, organization, account }: Caller, state: State): boolean {
  return (
    state.users.get(user.id) === user &&
    state.organizations.get(organization.id) === organization &&
    state.accounts.get(account.id) === account
  );
}

function bySecrets(parts: ReadonlyMap<string, string>, state: State): Caller {
  const userSecret = parts.get('user');
  if (userSecret === undefined) throw new UnauthorizedError('the Authorization header has no user secret');
  const organizationSecret = parts.get('organization');
  if (organizationSecret === undefined) {
    throw new UnauthorizedError('the Authorization header has no organization secret');
  }
  const organization = state.organizations.find('secret', organizationSecret);
  if (organization === undefined) throw new UnauthorizedError('unknown organization secret');
  const user = state.users.find('secret', userSecret);
  if (user === undefined) throw new UnauthorizedError('unknown user secret');
  if (user.organizationId !== organization.id) {
    throw new UnauthorizedError(`user ${user.id} is not of organization ${organization.id}`);
  }
  return callerOf(user, organization, state);
}

function byToken(token: string, state: State): Caller {
  const known = state.tokens.find('token', token);
  const user = known && state.users.get(known.userId);
  const organization = user && state.organizations.get(user.organizationId);
  if (user === undefined || organization === undefined) {
    throw new UnauthorizedError('unknown Bearer token, or one that has ended');
  }
  return callerOf(user, organization, state);
}

function readParts(header: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of header.split(',')) {
    // A list may have empty parts (RFC 9110, 5.6.1); clients of the platform end it with a comma.
    if (part.trim() === '' || isElement(part)) continue;
    const match = /^\s*(user|organization|bearer)\s+(\S+)\s*$/i.exec(part);
    const scheme = match?.[1]?.toLowerCase();
    const secret = match?.[2];
    if (scheme === undefined || secret === undefined) {
      throw new UnauthorizedError(
        'an Authorization part is not "User <secret>", "Organization <secret>", "Bearer <token>" or "Element <token>"',
      );
    }
    if (parts.has(scheme)) throw new UnauthorizedError(`the Authorization header has two ${scheme} parts`);
    parts.set(scheme, secret);
  }
  return parts;
}

/** The token of an element instance, which is none of the identity platform's, in whatever form it is sent. */
function isElement(part: string): boolean {
  return /^\s*element\b/i.test(part);
}

/** The header value with which a user calls. */
export function authorizationOf(userSecret: string, organizationSecret: string): string {
  return `User ${userSecret}, Organization ${organizationSecret}`;
}
