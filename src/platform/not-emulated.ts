/**
 * Paths of the platform that are not emulated: they answer 501 and not 404, and no id is read from them. The names come
 * from the vendor's pages, its client and its suites (docs/fidelity.md).
 */

/** Further resources. */
const resources = [
  ...['applications', 'audit-logs', 'branding', 'bulk', 'bulkloader', 'change-management', 'common-resources'],
  ...['connectors', 'customers', 'element-products', 'elements', 'environment', 'events', 'executions', 'formulas'],
  ...['hubs', 'instances', 'integrations', 'intelligence', 'jobs', 'lookups', 'metrics', 'models', 'notifications'],
  ...['ping', 'signup-partners', 'subscriptions', 'transformations', 'usage', 'vdrs', 'webhooks'],
];

/** Their paths, which messages suggest for a mistyped path. */
export const notEmulatedPaths: readonly string[] = resources.map((name) => `/${name}`);

/** Further parts of accounts, organizations and users. */
const parts = [
  ...['branding', 'common-resources', 'definitions', 'elements', 'formulas', 'hooks', 'identity-providers'],
  ...['instances', 'jobs', 'metrics', 'objects', 'settings', 'transformations', 'usage', 'vdrs'],
];

const accountsAndUsers = ['accounts(?:/[^/]+)?', '(?:accounts/[^/]+/|organizations/)?users(?:/[^/]+)?'];
const owners = [...accountsAndUsers, 'organizations(?:/(?:me|\\d+))?', 'organizations/\\d+/accounts(?:/[^/]+)?'];

/** A base path that occurs twice, or is mistyped, is not an element. */
const secondBase = '(?!elements/api-?v\\d)';

const pattern = new RegExp(
  `^/${secondBase}(?:${resources.join('|')}|authentication/saml|(?:${owners.join('|')})/(?:${parts.join('|')}))(?:/|$)`,
);

/** One of these is in each of the paths: most paths need no search for the pattern, which takes long to compile. */
const names = new Set([...resources, ...parts, 'saml']);

/** Only POST creates organizations; OPTIONS is its preflight. */
const creationMethods: readonly string[] = ['POST', 'OPTIONS'];

/** Whether a call goes to a part of the platform that is not emulated. */
export function isNotEmulated(method: string, path: string): boolean {
  if (path === '/organizations') return creationMethods.includes(method);
  return path.split('/').some((segment) => names.has(segment)) && pattern.test(path);
}
