import type { SecurityRequirementObject, SecuritySchemeObject } from 'openapi3-ts/oas31';
import type { Access } from '../platform/access.ts';

/** How callers authenticate (rows `authorization-secrets` and `authorization-bearer`). */
export const securitySchemes = {
  secrets: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The secrets of a user and of the organization: `User <secret>, Organization <secret>`.',
  },
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a login, see `POST /authentication`.',
  },
} satisfies Record<string, SecuritySchemeObject>;

/** Either of the two. */
export const security: SecurityRequirementObject[] = [{ secrets: [] }, { token: [] }];

/** The callers of an operation, in words. */
export function callersOf(access: Access): string {
  if (access === 'anyone') return 'everybody, without credentials';
  if (access === 'user') return 'every active user';
  if (access === 'org-admin') return 'users with the role `org-admin`';
  const { organization, account, orOneself } = access;
  const own = account === undefined ? [] : [`with \`${account}\` for their own account`];
  const oneself = orOneself === undefined ? [] : ['everybody for themselves'];
  const ways = [`users with \`${organization}\``, ...own, ...oneself];
  return ways.length < 3 ? ways.join(', or ') : `${ways.slice(0, -1).join(', ')}, or ${ways.at(-1)}`;
}

/** A sentence about the callers of an operation. */
export function describeAccess(access: Access): string {
  return `May be called by ${callersOf(access)}.`;
}
