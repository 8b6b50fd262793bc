import { basePath, controlPath } from '../http/paths.ts';
import type { RecordedRequest } from '../index.ts';

/**
 * A request as the command logs it, in one line, redacted as the journal has it. Nothing for whoever only
 * looks at the emulator itself, as an open sandbox page does all the time.
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

/** What a status alone does not tell. */
function reasonsOf({ reason, outside, clientLeft }: RecordedRequest): string[] {
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(outside === true ? [`outside ${basePath}`] : []),
    ...(clientLeft === true ? ['the client left'] : []),
  ];
}

/** As a URL has it, but that what is harmless stays readable. */
function writeQuery(query: RecordedRequest['query']): string {
  const parts = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encode(name)}=${encode(value)}`),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** No character is left that could end a line or a parameter. */
function encode(text: string): string {
  return encodeURI(text).replace(/[&#+]/g, encodeURIComponent).replaceAll('%5B', '[').replaceAll('%5D', ']');
}
