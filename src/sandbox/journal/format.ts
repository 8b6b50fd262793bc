import type { RecordedRequest } from '../../journal/recorded-request.ts';

/** Why a request failed, where the caller is not the cause; `undefined` for a success. */
export function failureOf({ message, status, duration, clientLeft }: RecordedRequest): string | undefined {
  if (clientLeft === true) return 'the client left before the answer';
  return message ?? (status === undefined && duration !== undefined ? 'the connection was dropped' : undefined);
}

/** A duration with its unit: one decimal below 100 ms. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds).toLocaleString('en')} ms`;
}

/** A query as it stands in a URL, readable: `?where=active=true`; blank without one. */
export function formatQuery(query: RecordedRequest['query']): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => `${name}=${each}`));
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** An instant of the emulator's clock: the time, with the date when it is not the machine's present one. */
export function formatTime(at: string): string {
  const isToday = at.slice(0, 10) === new Date().toISOString().slice(0, 10);
  return isToday ? at.slice(11, 19) : `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}

/** A note in place of a body that the journal has left out for its size; `undefined` for all other bodies. */
export function leftOut(body: unknown): string | undefined {
  const [, size] = (typeof body === 'string' && /^\[(\d+) bytes left out\]$/.exec(body)) || [];
  return size === undefined
    ? undefined
    : `Not recorded: ${Number(size).toLocaleString('en')} bytes are too large for the journal.`;
}
