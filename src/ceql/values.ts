import { type DateValue, parseDate } from '../state/dates.ts';
import type { Literal } from './ast.ts';
import { CeqlError } from './error.ts';

/** The number that a literal means; a number in quotes counts too (`id='1'`). */
export function numberOf(literal: Literal, field: string): number {
  const number = /^\s*-?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(literal.text) ? Number(literal.text) : Number.NaN;
  if (Number.isNaN(number)) throw mismatch(literal, field, 'a number');
  return number;
}

export function booleanOf(literal: Literal, field: string): boolean {
  const text = literal.text.toLowerCase();
  if (text !== 'true' && text !== 'false') throw mismatch(literal, field, 'true or false');
  return text === 'true';
}

/** Reads a date, a timestamp (UTC when it names no zone) or epoch milliseconds. */
export function dateOf(literal: Literal, field: string): DateValue {
  const value = parseDate(literal.text);
  if (value === undefined) {
    throw mismatch(literal, field, "a date such as '2017-01-15' or '2017-01-15T10:30:00Z'");
  }
  return value;
}

function mismatch(literal: Literal, field: string, expected: string): CeqlError {
  const found = literal.kind === 'text' ? `'${literal.text}'` : literal.text;
  return new CeqlError(`field '${field}' is compared with ${expected}, not ${found}`, literal.position);
}
