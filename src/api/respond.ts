import type { ServerResponse } from 'node:http';
import type { Reply } from './operation.ts';

/** Sent with every answer of the platform, errors too (spec section 1). */
export const corsHeaders: readonly (readonly [name: string, value: string])[] = [
  ['Access-Control-Allow-Origin', '*'],
  [
    'Access-Control-Expose-Headers',
    'Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token, ' +
      'Elements-Trace-Id, Elements-Error, Content-Disposition',
  ],
];

/** Success is always 200, for POST and DELETE too. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  if ('empty' in reply) {
    send(response, 200, '');
  } else if ('list' in reply) {
    const { items, total, nextPageToken } = reply.list;
    response.setHeader('Elements-Total-Count', total);
    response.setHeader('Elements-Returned-Count', items.length);
    if (nextPageToken !== undefined) response.setHeader('Elements-Next-Page-Token', nextPageToken);
    sendJson(response, 200, items);
  } else {
    sendJson(response, 200, reply.body);
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  send(response, status, JSON.stringify(body));
}

/** Sends a body as this type, JSON by default; a text that is said to be no JSON goes out as it is. */
export function sendAs(type: string | undefined, response: ServerResponse, status: number, body: unknown): void {
  if (type === undefined) {
    sendJson(response, status, body);
    return;
  }
  response.setHeader('Content-Type', type);
  send(response, status, typeof body === 'string' && !/json/i.test(type) ? body : JSON.stringify(body));
}

function send(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
