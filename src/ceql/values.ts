import type { Literal } from './ast.ts';
import { CeqlError } from './error.ts';

const day = 86_400_000;

/** A point in time or, when the literal has no time of day, a whole day (UTC). */
export interface DateValue {
  readonly at: number;
  readonly wholeDay: boolean;
}

/** The number a literal stands for; a number written as text counts too (`id='1'`). */
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

/** The day of an instant, as its first millisecond (UTC). */
export function dayOf(instant: number): number {
  return Math.floor(instant / day) * day;
}

const timestamp = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The instant of so many epoch milliseconds; `undefined` beyond the years 0000 to 9999. */
export function dateOfEpoch(milliseconds: number): DateValue | undefined {
  return Number.isInteger(milliseconds) && isDate(milliseconds) ? { at: milliseconds, wholeDay: false } : undefined;
}

/**
 * Reads `YYYY-MM-DD`, an ISO 8601 timestamp or epoch milliseconds; `undefined` when the text is
 * none of them or names a day that does not exist. Epoch milliseconds have ten digits or more:
 * 2017 and 20170115 are not meant as some.
 */
export function parseDate(text: string): DateValue | undefined {
  if (/^-?\d{10,15}$/.test(text)) return dateOfEpoch(Number(text));
  const match = timestamp.exec(text);
  if (match === null) return undefined;
  const [, year, month, date, time, seconds = ':00', zone = 'Z'] = match;
  const midnight = Date.parse(`${year}-${month}-${date}T00:00:00Z`);
  // Date.parse turns 2017-02-30 into 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(date)) return undefined;
  if (time === undefined) return { at: midnight, wholeDay: true };
  const offset = zone.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const at = Date.parse(`${year}-${month}-${date}T${time}${seconds}${offset}`);
  return isDate(at) ? { at, wholeDay: false } : undefined;
}

/** Of the years 0000 to 9999, beyond which YYYY-MM-DD cannot be written. */
function isDate(instant: number): boolean {
  return instant >= -62_167_219_200_000 && instant < 253_402_300_800_000;
}

function mismatch(literal: Literal, field: string, expected: string): CeqlError {
  const found = literal.kind === 'text' ? `'${literal.text}'` : literal.text;
  return new CeqlError(`field '${field}' is compared with ${expected}, not ${found}`, literal.position);
}
