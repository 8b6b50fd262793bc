import { METHODS } from 'node:http';
import { compilePath } from '../http/path-pattern.ts';
import { checkKnownPath } from '../platform/known-paths.ts';
import { operationIds } from '../platform/operation-ids.ts';
import { checkNames } from '../text/check-names.ts';
import { didYouMean } from '../text/suggest.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** What to ask the journal for; every part that is given must fit. */
export interface RequestQuery {
  /** The verb, in any case of letters. */
  method?: string | undefined;
  /**
   * A path pattern below the base path, as a fault has it: `/accounts/{id}`, `/accounts/*`. Requests outside the base
   * path fit none.
   */
  path?: string | undefined;
  operationId?: string | undefined;
  status?: number | undefined;
  /** Names and values that the query has, others aside. */
  query?: Record<string, unknown> | undefined;
  /** What the body has, other fields aside; Jest's and Vitest's `expect.…` matchers count. */
  body?: unknown;
}

/**
 * Which requests are meant: `'POST /accounts'`, `'/accounts/{id}'`, an operationId, a
 * `RequestQuery`, or a function that says so.
 */
export type RequestPattern = string | RequestQuery | ((request: RecordedRequest) => boolean);

/** @throws {Error} for what is no pattern, or one that no request could ever fit. */
export function compilePattern(pattern: RequestPattern): (request: RecordedRequest) => boolean {
  if (typeof pattern === 'function') return pattern;
  const wanted = typeof pattern === 'string' ? readPattern(pattern) : pattern;
  checkQuery(wanted);
  const verb = wanted.method?.toUpperCase();
  const isPath = wanted.path === undefined ? undefined : compilePath(wanted.path);
  // A query holds texts alone, whatever it is asked for as.
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
  throw new Error(`'${text}' is no request pattern: ${hint}`);
}

const parts = ['method', 'path', 'operationId', 'status', 'query', 'body'];

function checkQuery(wanted: unknown): void {
  if (typeof wanted !== 'object' || wanted === null || isRegExp(wanted) || Array.isArray(wanted)) {
    throw new Error(`A request pattern is a text, an object or a function, not ${String(wanted)}.`);
  }
  checkNames(wanted, parts);
  const { method, path, operationId, status, query, body } = wanted as RequestQuery;
  if (operationId !== undefined && (method !== undefined || path !== undefined)) {
    throw new Error("A request pattern has an 'operationId' in place of 'method' and 'path': leave one of them out.");
  }
  if (method !== undefined && !METHODS.includes(String(method).toUpperCase()))
    throw new Error(`'${method}' is no verb of HTTP.`);
  if (path !== undefined) checkKnownPath(path);
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

function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

/** Whether a value has all that is expected of it; lists must be of the same length, a RegExp is for texts. */
export function contains(actual: unknown, expected: unknown): boolean {
  if (isRegExp(expected)) return typeof actual === 'string' && new RegExp(expected).test(actual);
  if (isAsymmetricMatcher(expected)) return expected.asymmetricMatch(actual);
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) return false;
  const fields = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(expected).every(([name, value]) => contains(fields.get(name), value));
}

/** `expect.any(String)` and its like, of Jest, Vitest and others. */
export function isAsymmetricMatcher(value: unknown): value is { asymmetricMatch(actual: unknown): boolean } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  );
}
