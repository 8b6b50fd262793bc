import type { Operation } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';
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
};

const newUser = { firstName: 'New', lastName: 'User', email: 'new@user.example', password: 'new-pw' };

/** A body that each operation with one accepts. */
const bodies: Record<string, Record<string, unknown>> = {
  createAccount: { externalId: 'new-account' },
  updateAccount: { name: 'Renamed' },
  replaceAccount: { name: 'Renamed' },
  createAccountUser: newUser,
  updateAccountUser: { firstName: 'Renamed' },
  replaceAccountUser: { firstName: 'Renamed' },
  createOrganizationUser: newUser,
  updateOrganizationUser: { firstName: 'Renamed' },
  updateOrganization: { name: 'Renamed' },
};

/** A request of an operation that an administrator of the organisation may make and that succeeds. */
export interface Sample {
  readonly operationId: string;
  readonly operation: Operation;
  readonly verb: Verb;
  readonly path: string;
  readonly body: Record<string, unknown> | undefined;
}

/** One sample for every operation; an operation that nobody wrote one for breaks every suite that uses them. */
export const samples: readonly Sample[] = operations.map((operation) => {
  const { operationId, method } = operation;
  const path = places[operation.path];
  const body = bodies[operationId];
  if (path === undefined) throw new Error(`test/api/samples.ts has no place for ${operation.path}`);
  if ((body === undefined) !== (operation.body === undefined)) {
    throw new Error(`test/api/samples.ts has a wrong body for ${operationId}`);
  }
  return { operationId, operation, verb: method.toLowerCase() as Verb, path, body };
});

export const withBody = samples.filter(({ body }) => body !== undefined);
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
