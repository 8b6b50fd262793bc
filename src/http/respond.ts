// Not the globals, which a suite's fake timers replace.
import { clearTimeout, setTimeout } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import type { RawHeaders, Response } from './exchange.ts';

const exposed: RawHeaders = [
  'Access-Control-Expose-Headers',
  'Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token, ' +
    'Elements-Trace-Id, Elements-Error, Content-Disposition',
];
const forAnyOrigin: RawHeaders = ['Access-Control-Allow-Origin', '*', 'Vary', 'Origin', ...exposed];

/**
 * The headers by which a page can read an answer: sent with every answer of the platform, errors too.
 *
 * @param origin of the page; a browser that sends credentials refuses `*`.
 */
export function corsHeaders(origin: string | undefined): RawHeaders {
  if (origin === undefined || origin === '') return forAnyOrigin;
  return [
    ...['Access-Control-Allow-Origin', origin, 'Access-Control-Allow-Credentials', 'true', 'Vary', 'Origin'],
    ...exposed,
  ];
}

const jsonType: RawHeaders = ['Content-Type', 'application/json; charset=utf-8'];

export function sendJson(response: Response, status: number, body: unknown, headers: RawHeaders = []): void {
  send(response, status, JSON.stringify(body), headers.length === 0 ? jsonType : [...headers, ...jsonType]);
}

/** Sends an empty answer with further headers. */
export function sendEmpty(response: Response, headers: RawHeaders = []): void {
  send(response, 200, '', headers);
}

/** The text of a body of this type, JSON by default. A text with a type that is not JSON stays as it is. */
export function writeBody(body: unknown, type: string | undefined): string {
  const isText = type !== undefined && typeof body === 'string' && !/json/i.test(type);
  return isText ? body : JSON.stringify(body);
}

/**
 * Sends a body as this type, JSON by default. A text with a type that is not JSON is sent as it is.
 *
 * @param headers replace headers of the same name that every answer has.
 */
export function sendAs(
  response: Response,
  status: number,
  body: unknown,
  type: string | undefined,
  headers: Readonly<Record<string, string>>,
): void {
  sendText(response, status, writeBody(body, type), type, headers);
}

/** Sends a text as it is, as this type, JSON by default; otherwise as `sendAs`. */
export function sendText(
  response: Response,
  status: number,
  text: string,
  type: string | undefined,
  headers: Readonly<Record<string, string>>,
): void {
  const own = type === undefined ? jsonType : ['Content-Type', type];
  const given = replaceHead(response, headers);
  for (const name of ['content-type', 'content-length']) given.delete(name);
  send(response, status, text, [...[...given.values()].flat(), ...own]);
}

/** Sends a text or bytes with these headers, which replace the headers of every answer with the same names. */
export function sendWith(
  response: Response,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): void {
  send(response, status, body, [...replaceHead(response, headers).values()].flat());
}

/** Removes the headers of these names from those of every answer. @returns names and values by lower-case name. */
function replaceHead(response: Response, headers: Readonly<Record<string, string>>): Map<string, readonly string[]> {
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  if (given.size > 0) {
    const { head } = response.locals;
    response.locals.head = head.filter((_, index) => !given.has((head[index - (index % 2)] ?? '').toLowerCase()));
  }
  return given;
}

/** How long a client may read nothing of an answer in pieces, in milliseconds. */
const readingTimeout = 30_000;

/**
 * Sends JSON in pieces. Each piece is made when the client has read the pieces before it, and after other requests have
 * had their turn; no piece is made once the client has left. A single piece is sent like every other answer.
 */
export async function sendPieces(response: Response, pieces: Iterator<Buffer>, headers: RawHeaders): Promise<void> {
  const first = pieces.next();
  await setImmediate();
  if (response.destroyed) return;
  let next = pieces.next();
  if (first.done === true || next.done === true) {
    send(response, 200, first.done === true ? '' : first.value, [...headers, ...jsonType]);
    return;
  }
  const { recorder, head } = response.locals;
  recorder.answered(200);
  response.writeHead(200, [...head, ...headers, ...jsonType]);
  response.write(first.value);
  for (; next.done !== true && response.req.method !== 'HEAD'; next = pieces.next()) {
    if (next.value.length > 0 && !response.write(next.value)) await drained(response);
    await setImmediate();
    if (response.destroyed) return;
  }
  response.end();
}

/** Resolves when the client has read the sent part, or has left. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      response.off('drain', end);
      response.off('close', end);
      resolve();
    };
    const timer = setTimeout(() => response.destroy(), readingTimeout);
    response.on('drain', end);
    response.on('close', end);
    if (response.destroyed) end();
  });
}

/** Begins an answer that ends when the client or the emulator closes it. */
export function openStream(response: Response, type: string, headers: RawHeaders): void {
  const { recorder, head } = response.locals;
  recorder.answered(200);
  response.writeHead(200, [...head, ...headers, 'Content-Type', type]);
}

/** The length from which the bytes of a text are made first; Node sends a shorter one together with its head. */
const longText = 1000;

/** Sends an answer, or passes it to the function that holds it. */
export function send(response: Response, status: number, body: string | Uint8Array, headers: RawHeaders): void {
  const { recorder, head, hold } = response.locals;
  if (hold !== undefined) {
    hold({ status, body, headers });
    return;
  }
  // Node sends no body with these.
  const isEmpty = status === 204 || status === 304;
  recorder.answered(status, isEmpty ? '' : body, headers[headers.indexOf('Content-Type') + 1]);
  // Node would make the bytes of a long text twice: to count and to send them.
  const bytes = typeof body === 'string' && body.length > longText ? Buffer.from(body) : body;
  // An answer with status 204 has no length (RFC 9110, 8.6).
  const length = status === 204 ? [] : ['Content-Length', String(Buffer.byteLength(bytes))];
  response.writeHead(status, [...head, ...headers, ...length]);
  response.end(isEmpty ? '' : bytes);
}

/** Writes instants as HTTP does; makes a new text once a second. */
export function dateWriter(): (at: number) => string {
  let second = Number.NaN;
  let text = '';
  return (at) => {
    const now = Math.floor(at / 1000);
    if (now !== second) {
      second = now;
      text = new Date(at).toUTCString();
    }
    return text;
  };
}
