import type { SecurityRequirementObject, SecuritySchemeObject } from 'openapi3-ts/oas31';
import type { Access } from '../platform/access.ts';

/** How callers show who they are (spec sections 2 and 6). */
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

/** Either is enough. */
export const security: SecurityRequirementObject[] = [{ secrets: [] }, { token: [] }];

/** Who may call what, in words. */
export const callers: Readonly<Record<Access, string>> = {
  'organization-administrator': 'organization administrators',
  'account-administrator': 'organization administrators, and administrators of the account',
  administrator: 'organization administrators, and account administrators for the users of their own account',
  user: 'every active user',
  anyone: 'everybody, without credentials',
};

/** A sentence on who may call an operation. */
export function describeAccess(access: Access): string {
  return `May be called by ${callers[access]}.`;
}
