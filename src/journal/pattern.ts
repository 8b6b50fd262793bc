import { METHODS } from 'node:http';
import { compilePath } from '../http/path-pattern.ts';
import { checkKnownPath } from '../platform/known-paths.ts';
import { operationIds } from '../platform/operation-ids.ts';
import { checkNames } from '../text/check-names.ts';
import { didYouMean } from '../text/suggest.ts';
import { contains, isRegExp } from './contains.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** A search of the journal; every given part must match. */
export interface RequestQuery {
  /** The method, in any case of letters. */
  method?: string | undefined;
  /**
   * A path pattern below the base path, as in faults: `/accounts/{id}`, `/accounts/*`. It matches no request outside the
   * base path.
   */
  path?: string | undefined;
  operationId?: string | undefined;
  status?: number | undefined;
  /** Names and values that the query contains; it may contain others. */
  query?: Record<string, unknown> | undefined;
  /** What the body contains; it may contain other fields. `expect.…` matchers of Jest and Vitest work. */
  body?: unknown;
}

/**
 * Selects requests: `'POST /accounts'`, `'/accounts/{id}'`, an operationId, a `RequestQuery`, or a function.
 */
export type RequestPattern = string | RequestQuery | ((request: RecordedRequest) => boolean);

/**
 * @param stubPaths the path patterns of the stubs.
 * @throws {Error} for a value that is not a pattern, and for a pattern that no request could ever match.
 */
export function compilePattern(
  pattern: RequestPattern,
  stubPaths: readonly string[],
): (request: RecordedRequest) => boolean {
  if (typeof pattern === 'function') return pattern;
  const wanted = typeof pattern === 'string' ? readPattern(pattern) : pattern;
  checkQuery(wanted, stubPaths);
  const verb = wanted.method?.toUpperCase();
  const isPath = wanted.path === undefined ? undefined : compilePath(wanted.path);
  // The values of a query are texts, even if the expected value is a number.
  const query =
    wanted.query && Object.fromEntries(Object.entries(wanted.query).map(([name, value]) => [name, textOf(value)]));
  return (request) =>
    (verb === undefined || request.method === verb) &&
    (isPath === undefined || (request.outside !== true && isPath(request.path))) &&
    (wanted.operationId === undefined || request.operationId === wanted.operationId) &&
    (wanted.status === undefined || request.status === wanted.status) &&
    (query === undefined || contains(request.query, query)) &&
    (wanted.body === undefined || contains(request.body, wanted.body));
}

function readPattern(text: string): RequestQuery {
  const [, method, path] = /^(?:([A-Za-z]+)\s+)?(\/\S*)$/.exec(text.trim()) ?? [];
  if (path !== undefined) return method === undefined ? { path } : { method, path };
  if (operationIds.some((id) => id === text)) return { operationId: text };
  const hint = didYouMean(text, operationIds, "write 'POST /accounts', '/accounts/{id}' or an operationId.");
  throw new Error(`'${text}' is not a request pattern: ${hint}`);
}

const parts = ['method', 'path', 'operationId', 'status', 'query', 'body'];

function checkQuery(wanted: unknown, stubPaths: readonly string[]): void {
  if (typeof wanted !== 'object' || wanted === null || isRegExp(wanted) || Array.isArray(wanted)) {
    throw new Error(`A request pattern is a text, an object or a function, not ${String(wanted)}.`);
  }
  checkNames(wanted, parts);
  const { method, path, operationId, status, query, body } = wanted as RequestQuery;
  if (operationId !== undefined && (method !== undefined || path !== undefined)) {
    throw new Error("A request pattern has an 'operationId' in place of 'method' and 'path': leave one of them out.");
  }
  if (method !== undefined && !METHODS.includes(String(method).toUpperCase()))
    throw new Error(`'${method}' is not an HTTP method.`);
  if (path !== undefined) checkKnownPath(path, stubPaths);
  if (operationId !== undefined && !operationIds.some((id) => id === operationId)) {
    const hint = didYouMean(String(operationId), operationIds, 'see docs/operations.md for all.');
    throw new Error(`There is no operation '${operationId}': ${hint}`);
  }
  if (status !== undefined && !(Number.isInteger(status) && status >= 100 && status <= 599))
    throw new Error(`A status is a whole number from 100 to 599, not '${status}'.`);
  if (query !== undefined && (typeof query !== 'object' || query === null || Array.isArray(query)))
    throw new Error("A 'query' is an object of names and values, such as { pageSize: '2' }.");
  if (typeof body === 'string' && isJsonObject(body))
    throw new Error("A 'body' is compared as the value that its JSON has: give that, and not the text.");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function textOf(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : value;
}
