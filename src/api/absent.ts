/**
 * Paths of the platform that are not emulated: they answer 501 and not 404, and no id is read out
 * of them (spec section 6). The names are those of the vendor's pages.
 */

/** Resources of their own. */
const resources =
  'bulk|common-resources|connectors|customers|elements|environment|events|executions|formulas|hubs|instances|jobs|' +
  'lookups|metrics|models|ping|subscriptions|transformations|usage|vdrs|webhooks';

/** What accounts, organisations and users have besides. */
const parts =
  'common-resources|definitions|elements|formulas|hooks|instances|jobs|metrics|objects|transformations|usage|vdrs';

const owners = 'accounts(?:/[^/]+)?|organizations(?:/(?:me|\\d+))?|users/[^/]+';

const pattern = new RegExp(`^/(?:(?:${resources})|(?:${owners})/(?:${parts}))(?:/|$)`);

/** Whether the platform has something at a path that the emulator has not. */
export function isAbsent(path: string): boolean {
  return pattern.test(path);
}
