import fc from 'fast-check';
import type { Operation } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import { bodiesOf, rawBodies } from './bodies.ts';
import { type Header, headers } from './headers.ts';
import { maxMark } from './resolve.ts';
import { pathOf, queryOf } from './targets.ts';
import { mostly, sometimes } from './values.ts';

/** Requests, made from the table of operations: every path, parameter, field and header, as it should be and not. */

export interface FuzzRequest {
  readonly method: string;
  /** Below the base path, with the query; percent-encoded already but for its marks. */
  readonly target: string;
  readonly headers: readonly Header[];
  /** JSON or not. */
  readonly body: string | undefined;
  readonly isChunked: boolean;
  readonly isAbsent: boolean;
}

const verbs = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'get',
);

/** The same request with all that it says being of one user and one account, so that it fits together. */
function ofOne(made: FuzzRequest, n: number): FuzzRequest {
  const unite = (text: string) => text.replace(/\{\{(?!administrator)(\w+):\d+\}\}/g, `{{$1:${n}}}`);
  const headers = made.headers.map(([name, value]): Header => [name, unite(value)]);
  return { ...made, target: unite(made.target), headers, body: made.body && unite(made.body) };
}

function requestOf(operation: Operation): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      method: mostly(
        fc.constant<string>(operation.method),
        operation.method === 'GET' ? fc.constant('HEAD') : verbs,
        verbs,
      ),
      path: pathOf(operation),
      query: queryOf(operation),
      headers,
      body:
        operation.body === undefined
          ? mostly<string | undefined>(fc.constant(undefined), rawBodies)
          : mostly<string | undefined>(bodiesOf(operation.body.schema), fc.constant(undefined)),
      isChunked: mostly(fc.constant(false), fc.constant(true)),
    })
    .chain(({ path, query, ...rest }) => {
      const made = { ...rest, target: path + query, isAbsent: false };
      return fc.oneof(
        fc.constant(made),
        fc.nat(maxMark).map((n) => ofOne(made, n)),
      );
    });
}

const elsewhere: fc.Arbitrary<FuzzRequest> = fc
  .record({
    method: verbs,
    at: fc.constantFrom(
      ...[
        '/instances',
        '/elements/x',
        '/accounts/1/instances',
        '/organizations/me/elements',
        '/users/1/usage',
        '/users/branding',
        '/authentication/saml',
        '/hubs/',
      ].map((target) => ({ target, isAbsent: true })),
      ...[
        '/',
        '',
        '/nowhere',
        '/accounts/1/2/3',
        '/users/1/roles/x/y',
        '/__proto__',
        '/../x',
        '/Accounts',
        '/%2e%2e/',
      ].map((target) => ({ target, isAbsent: false })),
    ),
    headers,
    body: sometimes(rawBodies, 3),
    isChunked: fc.boolean(),
  })
  .map(({ at, ...rest }) => ({ ...rest, ...at }));

/** Any request: what adds records comes more often, so that there is something to try. */
export const anyRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...operations.map((operation) => ({
    arbitrary: requestOf(operation),
    weight: operation.method === 'POST' ? 8 : operation.method === 'DELETE' ? 3 : 4,
  })),
  { arbitrary: elsewhere, weight: 6 },
);
