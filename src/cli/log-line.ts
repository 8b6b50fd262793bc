import { basePath, controlPath } from '../http/paths.ts';
import type { RecordedRequest } from '../index.ts';

/**
 * The line that the command logs for a request, redacted as in the journal. It is empty for requests that only read
 * from the emulator itself, as an open sandbox page does all the time.
 */
export function logLine(request: RecordedRequest): string {
  const { method, path, query, status = 0, user, duration = 0 } = request;
  if (method === 'GET' && status === 200 && path.startsWith(controlPath)) return '';
  if (path === '/' && status === 302) return '';
  const who = user === undefined ? '' : ` user ${user.id}`;
  const reasons = reasonsOf(request);
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${method} ${path}${writeQuery(query)} ${status || 'no answer'}${who} ${duration.toFixed(1)} ms${why}\n`;
}

/** The details that the status does not show. */
function reasonsOf({ reason, outside, clientLeft, fault, trueStatus, stub }: RecordedRequest): string[] {
  return [
    ...(trueStatus === undefined ? [] : [`fault ${fault} after ${trueStatus}`]),
    ...(reason === undefined ? [] : [reason]),
    ...(stub === undefined ? [] : [`stub ${stub}`]),
    ...(outside === true ? [`outside ${basePath}`] : []),
    ...(clientLeft === true ? ['the client left'] : []),
  ];
}

/** The query as in a URL, but with harmless characters left readable. */
function writeQuery(query: RecordedRequest['query']): string {
  const parts = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encode(name)}=${encode(value)}`),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Encodes every character that could end a line or a parameter. */
function encode(text: string): string {
  return encodeURI(text).replace(/[&#+]/g, encodeURIComponent).replaceAll('%5B', '[').replaceAll('%5D', ']');
}
