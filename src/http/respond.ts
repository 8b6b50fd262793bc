import type { Response } from '../app.ts';
import type { List } from '../platform/lists.ts';
import type { Reply } from '../platform/operation.ts';

/** Headers as Node writes them out without a detour: names and values by turns. */
export type RawHeaders = readonly string[];

const exposed: RawHeaders = [
  'Access-Control-Expose-Headers',
  'Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token, ' +
    'Elements-Trace-Id, Elements-Error, Content-Disposition',
];
const forAnyOrigin: RawHeaders = ['Access-Control-Allow-Origin', '*', 'Vary', 'Origin', ...exposed];

/**
 * What tells a browser that a page may read an answer: sent with every answer of the platform, errors too.
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

/** Success is always 200, for POST and DELETE too. */
export function sendReply(response: Response, reply: Reply): void {
  if ('empty' in reply) {
    send(response, 200, '', []);
  } else if ('list' in reply) {
    sendList(response, reply.list);
  } else {
    sendJson(response, 200, reply.body);
  }
}

function sendList(response: Response, { items, total, nextPageToken }: List): void {
  send(response, 200, joinJson(items), [
    'Elements-Total-Count',
    String(total),
    'Elements-Returned-Count',
    String(items.length),
    ...(nextPageToken === undefined ? [] : ['Elements-Next-Page-Token', nextPageToken]),
    ...jsonType,
  ]);
}

const opening = 0x5b;
const comma = 0x2c;
const closing = 0x5d;

/** A JSON list of texts that are JSON already. */
function joinJson(items: readonly Uint8Array[]): Buffer {
  const last = items.length - 1;
  const length = items.reduce((sum, item) => sum + item.length, 0) + Math.max(last, 0) + 2;
  const body = Buffer.allocUnsafe(length);
  body[0] = opening;
  let at = 1;
  items.forEach((item, index) => {
    body.set(item, at);
    at += item.length;
    if (index === last) return;
    body[at] = comma;
    at += 1;
  });
  body[at] = closing;
  return body;
}

export function sendJson(response: Response, status: number, body: unknown, headers: RawHeaders = []): void {
  send(response, status, JSON.stringify(body), headers.length === 0 ? jsonType : [...headers, ...jsonType]);
}

/** An empty answer with further headers. */
export function sendEmpty(response: Response, headers: RawHeaders): void {
  send(response, 200, '', headers);
}

/**
 * Sends a body as this type, JSON by default; a text that is said to be no JSON goes out as it is.
 *
 * @param headers replace those of the same name that every answer has.
 */
export function sendAs(
  response: Response,
  status: number,
  body: unknown,
  type: string | undefined,
  headers: Readonly<Record<string, string>>,
): void {
  const isText = type !== undefined && typeof body === 'string' && !/json/i.test(type);
  const text = isText ? body : JSON.stringify(body);
  const own = type === undefined ? jsonType : ['Content-Type', type];
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  if (given.size > 0) {
    const { head } = response.locals;
    response.locals.head = head.filter((_, index) => !given.has((head[index - (index % 2)] ?? '').toLowerCase()));
    for (const name of ['content-type', 'content-length']) given.delete(name);
  }
  send(response, status, text, [...[...given.values()].flat(), ...own]);
}

/** Begins an answer that goes on as long as the emulator does. */
export function openStream(response: Response, type: string, headers: RawHeaders): void {
  const { recorder, head } = response.locals;
  recorder.answered(200);
  response.writeHead(200, [...head, ...headers, 'Content-Type', type]);
}

function send(response: Response, status: number, body: string | Buffer, headers: RawHeaders): void {
  const { recorder, head } = response.locals;
  recorder.answered(status);
  response.writeHead(status, [...head, ...headers, 'Content-Length', String(Buffer.byteLength(body))]);
  response.end(body);
}
