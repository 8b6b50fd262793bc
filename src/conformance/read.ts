import type { Answer } from './answer.ts';
import { agreeOn, Difference, NotRun } from './difference.ts';
import { isRecord, type JsonRecord } from './json.ts';

/** The object that a successful answer has. @throws {Difference} when it has none. */
export function objectOf(answer: Answer): JsonRecord {
  agreeOn(`${answer.call}: status`, answer.status, 200);
  if (isRecord(answer.body)) return answer.body;
  throw new Difference([{ at: `${answer.call}: body`, expected: 'an object', actual: answer.body ?? answer.text }]);
}

/** The objects of the list that a successful answer has. @throws {Difference} when it has none. */
export function listOf(answer: Answer): readonly JsonRecord[] {
  agreeOn(`${answer.call}: status`, answer.status, 200);
  if (Array.isArray(answer.body) && answer.body.every(isRecord)) return answer.body;
  throw new Difference([
    { at: `${answer.call}: body`, expected: 'a list of objects', actual: answer.body ?? answer.text },
  ]);
}

/** The ids of a list. @throws {Difference} */
export function idsOf(answer: Answer): number[] {
  return listOf(answer).map((record) => numberOf(record, 'id', answer.call));
}

/** A number of a record. @throws {Difference} */
export function numberOf(record: JsonRecord, key: string, call: string): number {
  const value = record[key];
  if (typeof value === 'number') return value;
  throw new Difference([{ at: `${call}: ${key}`, expected: 'a number', actual: value }]);
}

/** A text of a record. @throws {Difference} */
export function textOf(record: JsonRecord, key: string, call: string): string {
  const value = record[key];
  if (typeof value === 'string') return value;
  throw new Difference([{ at: `${call}: ${key}`, expected: 'a text', actual: value }]);
}

/** A list of a record, such as `roles`. @throws {Difference} */
export function recordsOf(record: JsonRecord, key: string, call: string): readonly JsonRecord[] {
  const value = record[key];
  if (Array.isArray(value) && value.every(isRecord)) return value;
  throw new Difference([{ at: `${call}: ${key}`, expected: 'a list of objects', actual: value }]);
}

/** The keys of the roles, or of the privileges, of a record, in alphabetical order. @throws {Difference} */
export function keysOf(record: JsonRecord, key: string, call: string): string[] {
  return recordsOf(record, key, call)
    .map((entry) => textOf(entry, 'key', `${call}: ${key}`))
    .sort();
}

/** Makes sure that a call which only prepares a check has succeeded. @throws {NotRun} */
export function prepared(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  throw new NotRun(`could not prepare it: ${answer.call} was answered ${answer.status}`);
}

/** Makes sure that a call which cleans up has succeeded. @throws {NotRun} */
export function succeeded(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  throw new NotRun(`${answer.call} was answered ${answer.status}`);
}
