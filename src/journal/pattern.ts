import { operationIds } from '../api/operation-ids.ts';
import { compilePath } from '../paths.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** What to ask the journal for; every part that is given must fit. */
export interface RequestQuery {
  /** The verb, in any case of letters. */
  method?: string;
  /** A path pattern, as a fault has it: `/accounts/{id}`, `/accounts/*`. */
  path?: string;
  operationId?: string;
  status?: number;
  /** Names and values that the query has, others aside. */
  query?: Record<string, unknown>;
  /** What the body has, other fields aside; Jest's and Vitest's `expect.…` matchers count. */
  body?: unknown;
}

/**
 * Which requests are meant: `'POST /accounts'`, `'/accounts/{id}'`, an operationId, a
 * `RequestQuery`, or a function that says so.
 */
export type RequestPattern = string | RequestQuery | ((request: RecordedRequest) => boolean);

/** @throws {Error} for a text that is no pattern. */
export function compilePattern(pattern: RequestPattern): (request: RecordedRequest) => boolean {
  if (typeof pattern === 'function') return pattern;
  const wanted = typeof pattern === 'string' ? readPattern(pattern) : pattern;
  const verb = wanted.method?.toUpperCase();
  const isPath = wanted.path === undefined ? undefined : compilePath(wanted.path);
  return (request) =>
    (verb === undefined || request.method === verb) &&
    (isPath === undefined || isPath(request.path)) &&
    (wanted.operationId === undefined || request.operationId === wanted.operationId) &&
    (wanted.status === undefined || request.status === wanted.status) &&
    (wanted.query === undefined || contains(request.query, wanted.query)) &&
    (wanted.body === undefined || contains(request.body, wanted.body));
}

function readPattern(text: string): RequestQuery {
  const [, method, path] = /^(?:([A-Za-z]+)\s+)?(\/\S*)$/.exec(text.trim()) ?? [];
  if (path !== undefined) return method === undefined ? { path } : { method, path };
  const operationId = operationIds.find((id) => id === text);
  if (operationId !== undefined) return { operationId };
  throw new Error(`'${text}' is no request pattern: write 'POST /accounts', '/accounts/{id}' or an operationId.`);
}

/** Whether a value has all that is expected of it; lists must be of the same length. */
export function contains(actual: unknown, expected: unknown): boolean {
  if (isAsymmetricMatcher(expected)) return expected.asymmetricMatch(actual);
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) return false;
  const fields = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(expected).every(([name, value]) => contains(fields.get(name), value));
}

/** `expect.any(String)` and its like, of Jest, Vitest and others. */
function isAsymmetricMatcher(value: unknown): value is { asymmetricMatch(actual: unknown): boolean } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  );
}
