import type { Journal, RecordedRequest, RequestPattern } from '../index.ts';
import { checkNames } from '../text/check-names.ts';
import { withAskableMatchers } from './bun-matchers.ts';
import { findHidden } from './hidden.ts';

/** Further conditions for the requests that match a pattern. */
export interface ReceivedExpectation {
  /** What the body contains; it may contain other fields. `expect.any(String)` and the like work. */
  body?: unknown;
  /** Names and values that the query contains; it may contain others. */
  query?: Record<string, unknown> | undefined;
  /** The status of the answer. */
  status?: number | undefined;
  /** How many requests must match. Default: at least one. */
  times?: number | undefined;
}

/** The result of a matcher, in Jest and in Vitest. */
interface MatcherResult {
  pass: boolean;
  message(): string;
}

/** The matchers, for `expect.extend(matchers)`. */
export const matchers = {
  /**
   * Passes when the emulator has received a request that matches.
   *
   * @param received an emulator.
   * @param pattern `'POST /accounts'`, `'/accounts/{id}'`, an operationId or a function.
   */
  toHaveReceived(
    this: unknown,
    received: unknown,
    pattern: RequestPattern,
    given: ReceivedExpectation = {},
  ): MatcherResult {
    const journal = journalOf(received);
    checkExpectation(given);
    const expectation = 'Bun' in globalThis ? askable(given, this) : given;
    const { times, ...parts } = expectation;
    // `filter` refuses unknown paths.
    const fitting = journal.filter(pattern);
    const expected = new Set(journal.filter(parts));
    const found = fitting.filter((request) => expected.has(request));
    const pass = times === undefined ? found.length > 0 : found.length === times;
    const others = fitting.filter((request) => !expected.has(request));
    if (times !== undefined || !pass) requireTold(journal, others, parts);
    return {
      pass,
      message: () => describe(pass, pattern, expectation, found.length, journal.all()),
    };
  },
};

/** @throws {Error} where the journal cannot show how many requests there were: the test must not pass without proof. */
function requireTold(journal: Journal, others: readonly RecordedRequest[], parts: object): void {
  if (journal.dropped > 0) {
    const kept = `the journal keeps the last ${journal.length} requests, and ${journal.dropped} older ones have dropped out`;
    throw new Error(
      `toHaveReceived() cannot tell: ${kept}. Raise the option journalLimit or journalBytes, or requests.clear() before.`,
    );
  }
  const hidden = findHidden(others, parts);
  if (hidden === undefined) return;
  const hint = 'expect what the journal has there, or expect.any(String)';
  throw new Error(`toHaveReceived() cannot tell: the journal has ${hidden}; ${hint}.`);
}

/** @param context the `this` of a matcher in Bun. */
function askable(expectation: ReceivedExpectation, context: unknown): ReceivedExpectation {
  if (typeof context !== 'object' || context === null || !('equals' in context)) return expectation;
  const { equals } = context;
  if (typeof equals !== 'function') return expectation;
  const asked = withAskableMatchers(expectation, (actual, expected) => equals.call(context, actual, expected) === true);
  return { ...expectation, ...(typeof asked === 'object' ? asked : {}) };
}

/** @throws {Error} for a value that is not an expectation, and for unknown names, which would be ignored. */
function checkExpectation(expectation: unknown): void {
  if (typeof expectation !== 'object' || expectation === null) {
    throw new Error(`toHaveReceived() takes { body, query, status, times }, not ${String(expectation)}.`);
  }
  checkNames(expectation, ['body', 'query', 'status', 'times']);
  const { times } = expectation as ReceivedExpectation;
  if (times === undefined || (Number.isInteger(times) && times >= 0)) return;
  throw new Error(`'times' is a whole number from 0 up, not ${String(times)}.`);
}

function journalOf(received: unknown): Journal {
  if (typeof received === 'object' && received !== null && 'requests' in received) {
    const { requests } = received;
    if (typeof requests === 'object' && requests !== null && 'all' in requests) return requests as Journal;
  }
  throw new Error('toHaveReceived() is for an emulator: expect(emulator).toHaveReceived(…).');
}

function describe(
  pass: boolean,
  pattern: RequestPattern,
  expectation: ReceivedExpectation,
  found: number,
  requests: readonly RecordedRequest[],
): string {
  const { times, ...parts } = expectation;
  const what =
    typeof pattern === 'string' ? pattern : typeof pattern === 'function' ? 'a fitting request' : show(pattern);
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  const besides = given.map(([name, value]) => ` with ${name} ${show(value)}`);
  const often =
    times === undefined ? '' : ` ${times === 1 ? 'once' : `${times} times`}${pass ? '' : `, and not ${found}`}`;
  const log = requests.slice(-20).map((request) => `  ${line(request)}`);
  const head =
    requests.length === 0 ? 'It has received nothing.' : `It has received ${requests.length}, the last of them:`;
  return [
    `Expected the emulator ${pass ? 'not ' : ''}to have received ${what}${besides.join('')}${often}.`,
    '',
    head,
    ...log,
  ].join('\n');
}

function line(request: RecordedRequest): string {
  const { method, path, query, body, status, reason, message, fault } = request;
  const parts = [
    `${method} ${path}`,
    request.outside === true ? '(outside the base path)' : '',
    Object.keys(query).length === 0 ? '' : `query ${show(query)}`,
    body === undefined ? '' : `body ${show(body)}`,
    `→ ${status ?? 'no answer'}`,
    fault === undefined ? '' : `by fault ${fault}`,
    reason ?? message ?? '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A value as JSON; matchers such as `expect.any(String)` as their own text. */
function show(value: unknown): string {
  const text = JSON.stringify(value, (_name, part: unknown) => wordsFor(part)) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

function wordsFor(part: unknown): unknown {
  // JSON would show a RegExp as an empty object; `instanceof` fails for one of another realm.
  if (Object.prototype.toString.call(part) === '[object RegExp]') return String(part);
  if (typeof part !== 'object' || part === null || !('asymmetricMatch' in part)) return part;
  if ('toAsymmetricMatcher' in part && typeof part.toAsymmetricMatcher === 'function')
    return part.toAsymmetricMatcher();
  return 'sample' in part ? { [String(part)]: part.sample } : String(part);
}
