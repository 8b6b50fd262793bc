import type { Operation } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import type { Verb } from '../support/client.ts';

/** A path of each template that exists in the world of the tests. */
const places: Record<string, string> = {
  '/accounts': '/accounts',
  '/accounts/{id}': '/accounts/110',
  '/accounts/{id}/users': '/accounts/110/users',
  '/accounts/{id}/users/{userId}': '/accounts/110/users/1101',
  '/accounts/{id}/users/{emailOrId}': '/accounts/110/users/1101',
  '/organizations/users': '/organizations/users',
  '/organizations/users/{id}': '/organizations/users/1101',
  '/organizations/users/{emailOrId}': '/organizations/users/1101',
  '/organizations/me': '/organizations/me',
  '/accounts/{id}/roles': '/accounts/120/roles',
  '/accounts/{id}/roles/{key}': '/accounts/120/roles/default-user',
  '/users': '/users',
  '/users/{id}': '/users/1101',
  '/users/{emailOrId}': '/users/1101',
  '/users/{id}/roles': '/users/1101/roles',
  '/users/{id}/roles/{key}': '/users/1101/roles/admin',
  '/organizations/{id}/accounts': '/organizations/10/accounts',
  '/organizations/{id}/accounts/{accountId}': '/organizations/10/accounts/110',
  '/organizations/roles': '/organizations/roles',
  '/organizations/roles/reset': '/organizations/roles/reset',
  '/organizations/roles/{id}': '/organizations/roles/3',
  '/organizations/password-policies': '/organizations/password-policies',
  '/authentication': '/authentication',
  '/authentication/secrets': '/authentication/secrets',
  '/authentication/passwords': '/authentication/passwords',
  '/authentication/user-secret-reset': '/authentication/user-secret-reset',
};

/** Where an operation needs a path of its own: only a role that is granted can be revoked. */
const ownPlaces: Record<string, string> = { revokeUserRole: '/users/1200/roles/admin' };

const newUser = { firstName: 'New', lastName: 'User', email: 'new@user.example', password: 'fresh-pw' };

/** A body that each operation with one accepts. */
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

/** A request of an operation that an administrator of the organization may make and that succeeds. */
export interface Sample {
  readonly operationId: string;
  readonly operation: Operation;
  readonly verb: Verb;
  readonly path: string;
  readonly body: object | undefined;
}

/** One sample for every operation; an operation that nobody wrote one for breaks every suite that uses them. */
export const samples: readonly Sample[] = operations.map((operation) => {
  const { operationId, method } = operation;
  const path = ownPlaces[operationId] ?? places[operation.path];
  const body = bodies[operationId];
  if (path === undefined) throw new Error(`test/platform/samples.ts has no place for ${operation.path}`);
  if ((body === undefined) !== (operation.body === undefined)) {
    throw new Error(`test/platform/samples.ts has a wrong body for ${operationId}`);
  }
  return { operationId, operation, verb: method.toLowerCase() as Verb, path, body };
});

/** Operations of which the body is an object. */
export const withBody = samples.filter(({ body }) => body !== undefined && !Array.isArray(body));
export const withoutBody = samples.filter(({ body }) => body === undefined);

/** The templates of the table with the verbs of each. */
export const templates: readonly { readonly path: string; readonly methods: string[] }[] = Object.entries(places).map(
  ([template, path]) => ({
    path,
    methods: samples.filter((sample) => sameShape(sample.operation.path, template)).map((s) => s.operation.method),
  }),
);

function sameShape(one: string, other: string): boolean {
  return one.replace(/\{\w+\}/g, '{}') === other.replace(/\{\w+\}/g, '{}');
}
