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
