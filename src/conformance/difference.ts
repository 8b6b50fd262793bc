import type { Answer } from './answer.ts';
import { isRecord, type JsonRecord } from './json.ts';

/** One value that is not as expected. */
export interface Deviation {
  /** The call and the place in its answer, such as `GET /accounts: body.0.type`. */
  readonly at: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The server behaves in another way than the check says. */
export class Difference extends Error {
  override readonly name = 'Difference';
  readonly deviations: readonly Deviation[];

  constructor(deviations: readonly Deviation[]) {
    super(deviations.map(({ at }) => at).join(', '));
    this.deviations = deviations;
  }
}

/** The server lacks what a check needs, or does not let the check prepare it; the message says what. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}

/** Stands for a key that an object must not have. */
export const absent = Symbol('absent');

/** A value that is expected to have a property, and the words for it. */
export class Expectation {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;

  constructor(words: string, holds: (value: unknown) => boolean) {
    this.words = words;
    this.holds = holds;
  }
}

/** Expects a value with a property that `words` describe. */
export function such(words: string, holds: (value: unknown) => boolean): Expectation {
  return new Expectation(words, holds);
}

export const text = such('a text', (value) => typeof value === 'string' && value !== '');
export const day = such('a date YYYY-MM-DD', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value));
export const id = such('a whole number', (value) => Number.isInteger(value));

/** What an answer is expected to be; what is not mentioned may be anything. */
export interface ExpectedAnswer {
  readonly status?: number | Expectation;
  /** By their names; `absent` for a header that must not be there. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** Objects in it may have further keys; lists must have as many entries. */
  readonly body?: unknown;
  /** The body as text, such as '' for an empty one. */
  readonly text?: string | RegExp;
}

/** Compares an answer; a number is the expected status. @throws {Difference} */
export function agree(answer: Answer, expected: number | ExpectedAnswer): void {
  const { status = 200, headers = {}, body, text } = typeof expected === 'number' ? { status: expected } : expected;
  const at = (place: string) => `${answer.call}: ${place}`;
  // With another status, the rest is another answer altogether.
  const deviations = [...compareValues(at('status'), status, answer.status)];
  if (deviations.length === 0) {
    for (const [name, value] of Object.entries(headers)) {
      deviations.push(...compareValues(at(`header ${name}`), value, answer.headers.get(name) ?? undefined));
    }
    if (body !== undefined) deviations.push(...compareValues(at('body'), body, answer.body));
    if (text !== undefined) deviations.push(...compareValues(at('body'), text, answer.text));
  }
  if (deviations.length > 0) throw new Difference(deviations);
}

/** Compares a value that a check has derived from answers; `at` says what it is. @throws {Difference} */
export function agreeOn(at: string, actual: unknown, expected: unknown): void {
  const deviations = [...compareValues(at, expected, actual)];
  if (deviations.length > 0) throw new Difference(deviations);
}

function* compareValues(at: string, expected: unknown, actual: unknown): Iterable<Deviation> {
  if (expected === absent) {
    if (actual !== undefined) yield { at, expected: 'nothing', actual };
  } else if (expected instanceof Expectation) {
    if (!expected.holds(actual)) yield { at, expected: expected.words, actual };
  } else if (expected instanceof RegExp) {
    if (typeof actual !== 'string' || !expected.test(actual)) yield { at, expected: String(expected), actual };
  } else if (Array.isArray(expected)) {
    yield* compareLists(at, expected, actual);
  } else if (isRecord(expected)) {
    yield* compareRecords(at, expected, actual);
  } else if (!Object.is(expected, actual)) {
    yield { at, expected, actual };
  }
}

function* compareLists(at: string, expected: readonly unknown[], actual: unknown): Iterable<Deviation> {
  if (!Array.isArray(actual)) yield { at, expected: 'a list', actual };
  else if (actual.length !== expected.length) yield { at, expected: describe(expected), actual };
  else for (const [n, value] of expected.entries()) yield* compareValues(`${at}.${n}`, value, actual[n]);
}

function* compareRecords(at: string, expected: JsonRecord, actual: unknown): Iterable<Deviation> {
  if (!isRecord(actual)) yield { at, expected: 'an object', actual };
  else for (const [key, value] of Object.entries(expected)) yield* compareValues(`${at}.${key}`, value, actual[key]);
}

/** An expected value as JSON has it. */
function describe(expected: unknown): unknown {
  if (expected === absent) return 'nothing';
  if (expected instanceof Expectation) return expected.words;
  if (expected instanceof RegExp) return String(expected);
  if (Array.isArray(expected)) return expected.map(describe);
  if (isRecord(expected)) return Object.fromEntries(Object.entries(expected).map(([key, v]) => [key, describe(v)]));
  return expected;
}
