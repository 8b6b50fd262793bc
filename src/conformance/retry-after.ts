/** The longest that a request waits after a 429. */
const longestMs = 60_000;

/**
 * How many milliseconds to wait after a 429: what `Retry-After` says, in seconds or as a date, or else longer each
 * time. A date is compared with the answer's own `Date`, because the clocks of two machines differ.
 */
export function retryDelay(headers: Headers, attempt: number): number {
  const after = headers.get('retry-after')?.trim() ?? '';
  // Date.parse takes other numbers for months and years.
  const seconds = /^[-+\d.]+$/.test(after)
    ? Number(/^\d+(\.\d+)?$/.test(after) ? after : Number.NaN) * 1000
    : Date.parse(after) - Date.parse(headers.get('date') ?? '');
  const ms = Number.isFinite(seconds) ? seconds : 1000 * 2 ** attempt;
  return Math.min(Math.max(ms, 0), longestMs);
}
