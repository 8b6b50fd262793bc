import { UnauthorizedError } from '../errors.ts';

/** The content of an `Authorization` header: the secrets of a user and an organization, or a token. */
export type Authorization =
  | { readonly userSecret: string; readonly organizationSecret: string }
  | { readonly token: string };

/**
 * Reads `User <secret>, Organization <secret>`, or `Bearer <token>`.
 *
 * The parts come in any order, their scheme words in any case, with or without a space after the comma. A part that
 * begins with the word `Element` is ignored, and so are empty parts. Secrets contain `=`, `/` and `+`, so that the
 * header is not split at these.
 *
 * @throws {UnauthorizedError} when a part cannot be read, is missing or occurs twice.
 */
export function readAuthorization(value: string | undefined): Authorization {
  if (value === undefined || value.trim() === '') throw new UnauthorizedError('no Authorization header');
  const parts = readParts(value);
  const [token, userSecret, organizationSecret] = ['bearer', 'user', 'organization'].map((scheme) => parts.get(scheme));
  if (token !== undefined) {
    if (userSecret === undefined && organizationSecret === undefined) return { token };
    throw new UnauthorizedError('the Authorization header has a Bearer token and secrets: one or the other');
  }
  if (userSecret === undefined) throw new UnauthorizedError('the Authorization header has no user secret');
  if (organizationSecret === undefined) {
    throw new UnauthorizedError('the Authorization header has no organization secret');
  }
  return { userSecret, organizationSecret };
}

function readParts(value: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of value.split(',')) {
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

/** The token of an element instance, in any form; the identity platform does not know these tokens. */
function isElement(part: string): boolean {
  return /^\s*element\b/i.test(part);
}

/** The header value with which a user calls. */
export function authorizationOf(userSecret: string, organizationSecret: string): string {
  return `User ${userSecret}, Organization ${organizationSecret}`;
}
