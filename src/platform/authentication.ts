import type { State } from '../store/state.ts';
import { UnauthorizedError } from './errors.ts';
import type { Caller } from './world.ts';

/**
 * Who sends this `Authorization` header: `User <secret>, Organization <secret>`.
 *
 * The parts come in any order, their scheme words in any case, with or without a space after the
 * comma; an `Element` part is ignored (spec section 2). Secrets hold `=`, `/` and `+`, so that
 * nothing is split at those.
 *
 * @throws {UnauthorizedError} when a secret is missing or unknown, the two do not belong
 *   together, or the user or what they belong to is not active.
 */
export function authenticate(header: string | undefined, state: State): Caller {
  if (header === undefined || header.trim() === '') throw new UnauthorizedError('no Authorization header');
  const secrets = readSecrets(header);
  const organization = state.organizations.find('secret', secrets.organization);
  if (organization === undefined) throw new UnauthorizedError('unknown organization secret');
  const user = state.users.find('secret', secrets.user);
  if (user === undefined) throw new UnauthorizedError('unknown user secret');
  if (user.organizationId !== organization.id) {
    throw new UnauthorizedError(`user ${user.id} is not of organization ${organization.id}`);
  }
  if (!organization.active) throw new UnauthorizedError(`organization ${organization.id} is inactive`);
  if (!user.active) throw new UnauthorizedError(`user ${user.id} is inactive`);
  const account = state.accounts.get(user.accountId);
  if (account === undefined) throw new Error(`user ${user.id} has no account`);
  return { user, organization, account };
}

function readSecrets(header: string): { user: string; organization: string } {
  const parts = new Map<string, string>();
  for (const part of header.split(',')) {
    const match = /^\s*(user|organization|element)\s+(\S+)\s*$/i.exec(part);
    const scheme = match?.[1]?.toLowerCase();
    const secret = match?.[2];
    if (scheme === undefined || secret === undefined) {
      throw new UnauthorizedError(
        'an Authorization part is not "User <secret>", "Organization <secret>" or "Element <token>"',
      );
    }
    if (parts.has(scheme)) throw new UnauthorizedError(`the Authorization header has two ${scheme} parts`);
    parts.set(scheme, secret);
  }
  const user = parts.get('user');
  if (user === undefined) throw new UnauthorizedError('the Authorization header has no user secret');
  const organization = parts.get('organization');
  if (organization === undefined) throw new UnauthorizedError('the Authorization header has no organization secret');
  return { user, organization };
}

/** The header value with which a user calls. */
export function authorizationOf(userSecret: string, organizationSecret: string): string {
  return `User ${userSecret}, Organization ${organizationSecret}`;
}
