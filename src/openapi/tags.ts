import type { TagObject } from 'openapi3-ts/oas31';
import type { Operation } from '../platform/operation.ts';

const descriptions: Readonly<Record<string, string>> = {
  accounts: 'The accounts of the organization.',
  'account users': 'The users of an account.',
  'account roles': 'The roles that every user of an account has.',
  users: 'Users across accounts.',
  'user roles': 'The roles of a user.',
  'organization users': 'The users of the default account, and any user of the organization.',
  organization: 'The organization itself.',
  'organization accounts': 'The accounts of the organization, below its id.',
  'organization roles': 'What the roles may do in the organization.',
  'organization password policies': 'What passwords have to be like.',
  authentication: 'Logging in, and what one has of secrets.',
};

/** One for every resource, in the order of the table of operations. */
export function tags(operations: readonly Operation[]): TagObject[] {
  const names = new Set(operations.map(({ path }) => tagOf(path)));
  return [...names].map((name) => ({ name, description: descriptions[name] ?? name }));
}

/**
 * The resource that a path is of: its fixed parts, the owner's in the singular.
 *
 * @example `/accounts/{id}/users/{userId}` is of `account users`.
 */
export function tagOf(path: string): string {
  const [owner = '', ...rest] = path.slice(1).split('/');
  const [part] = rest.filter((segment) => !segment.startsWith('{') && segment !== 'me');
  const isResource = part !== undefined && owner !== 'authentication';
  if (isResource) return `${owner.replace(/s$/, '')} ${part.replace('-', ' ')}`;
  return owner === 'organizations' ? 'organization' : owner;
}
