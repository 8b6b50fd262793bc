import { examples } from '../../src/platform/examples.ts';
import type { Example, Operation } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import type { Verb } from '../support/client.ts';

/** The values of path parameters in the fixture of the tests, by the segment before them. */
const targets: Record<string, string> = {
  'accounts {id}': '110',
  'accounts {accountId}': '110',
  'users {id}': '1101',
  'users {userId}': '1101',
  'users {emailOrId}': '1101',
  'organizations {id}': '10',
  'roles {id}': '3',
  'roles {key}': 'admin',
};

/** Templates that need other values: only a role that is granted can be retrieved. */
const places: Record<string, string> = {
  '/accounts/{id}/roles': '/accounts/120/roles',
  '/accounts/{id}/roles/{key}': '/accounts/120/roles/default-user',
};

/** The path of a template in the fixture of the tests. */
function placeOf(template: string): string {
  const segments = template.split('/');
  const filled = segments.map((segment, at) => {
    if (!segment.startsWith('{')) return segment;
    const target = targets[`${segments[at - 1]} ${segment}`];
    if (target === undefined) throw new Error(`test/platform/samples.ts has no target for ${segment} of ${template}`);
    return target;
  });
  return places[template] ?? filled.join('/');
}

/** Operations that need another path: only a role that is granted can be revoked. */
const ownPlaces: Record<string, string> = { revokeUserRole: '/users/1200/roles/admin' };

const newUser = { firstName: 'New', lastName: 'User', email: 'new@user.example', password: 'fresh-pw' };

/** Bodies that the tests of several operations expect; another operation gets the body of its first example. */
const bodies: Record<string, object> = {
  createAccount: { externalId: 'new-account' },
  updateAccount: { name: 'Renamed' },
  replaceAccount: { name: 'Renamed' },
  createAccountUser: newUser,
  updateAccountUser: { firstName: 'Renamed' },
  replaceAccountUser: { firstName: 'Renamed' },
  createOrganizationUser: newUser,
  updateOrganizationUser: { firstName: 'Renamed' },
  updateOrganization: { name: 'Renamed' },
  updateUser: { firstName: 'Renamed' },
  createOrganizationAccount: { externalId: 'new-account' },
  updateOrganizationRoles: [{ key: 'admin', privileges: [{ key: 'viewUsersAccount' }] }],
  updateOrganizationRole: { privileges: [{ key: 'viewUsersAccount' }] },
  updatePasswordPolicy: { minLength: 9 },
  authenticate: { username: 'user@here.example', password: 'user-pw' },
  changePassword: { password: 'next-pw' },
};

/** A request of an operation that succeeds for an administrator of the organization. */
export interface Sample {
  readonly operationId: string;
  readonly operation: Operation;
  readonly verb: Verb;
  readonly path: string;
  readonly body: object | undefined;
}

/** One sample for every operation. */
export const samples: readonly Sample[] = operations.map((operation) => {
  const { operationId, method } = operation;
  const path = ownPlaces[operationId] ?? placeOf(operation.path);
  const body = operation.body === undefined ? undefined : (bodies[operationId] ?? requestOf(examples[operationId]));
  return { operationId, operation, verb: method.toLowerCase() as Verb, path, body };
});

function requestOf([example]: readonly Example[] = []): object {
  const { name, request } = example ?? {};
  if (typeof request === 'object' && request !== null) return request;
  throw new Error(`the example '${name}' has no request`);
}

/** Operations whose body is an object. */
export const withBody = samples.filter(({ body }) => body !== undefined && !Array.isArray(body));
export const withoutBody = samples.filter(({ body }) => body === undefined);

/** A path of each template of the table, with the methods of all templates that it fits. */
export const templates: readonly { readonly path: string; readonly methods: string[] }[] = [
  ...new Set(operations.map(({ path }) => placeOf(path))),
].map((path) => ({
  path,
  methods: [...new Set(operations.filter((row) => fits(path, row.path)).map(({ method }) => method))],
}));

function fits(path: string, template: string): boolean {
  const segments = path.split('/');
  const expected = template.split('/');
  return (
    segments.length === expected.length &&
    expected.every((segment, at) => segment.startsWith('{') || segment === segments[at])
  );
}
