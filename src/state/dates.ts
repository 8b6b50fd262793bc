/** Instants are epoch milliseconds of the years 0000 to 9999, beyond which `YYYY-MM-DD` cannot be written. */

const dayLength = 86_400_000;

/** A point in time or, when the text has no time of day, a whole day (UTC). */
export interface DateValue {
  readonly at: number;
  readonly wholeDay: boolean;
}

const timestamp = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads `YYYY-MM-DD`, an ISO 8601 timestamp (UTC when it names no zone) or epoch milliseconds. Epoch milliseconds have
 * ten digits or more, because 2017 and 20170115 are more likely a year and a day in a wrong form.
 *
 * @returns `undefined` when the text has another form or names a day that does not exist.
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
  return isWithinYears(at) ? { at, wholeDay: false } : undefined;
}

/** The instant of a number of epoch milliseconds; `undefined` beyond the years 0000 to 9999. */
export function dateOfEpoch(milliseconds: number): DateValue | undefined {
  return Number.isInteger(milliseconds) && isWithinYears(milliseconds)
    ? { at: milliseconds, wholeDay: false }
    : undefined;
}

function isWithinYears(instant: number): boolean {
  return instant >= -62_167_219_200_000 && instant < 253_402_300_800_000;
}

/** The first millisecond of the day (UTC) of an instant. */
export function startOfDay(instant: number): number {
  return Math.floor(instant / dayLength) * dayLength;
}

/** The day (UTC) of an instant as `YYYY-MM-DD`. */
export function formatDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** An instant as `YYYY-MM-DD` when it is the first of a day (UTC), as an ISO 8601 timestamp otherwise. */
export function formatDate(instant: number): string {
  return instant === startOfDay(instant) ? formatDay(instant) : new Date(instant).toISOString();
}
