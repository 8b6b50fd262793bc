import type { IncomingMessage } from 'node:http';
import express from 'express';
import {
  BadRequestError,
  NotAcceptableError,
  PayloadTooLargeError,
  type PlatformError,
  UnsupportedMediaTypeError,
} from '../platform/errors.ts';

/** What a request asks for: its path and query, taken apart once. */
export interface Target {
  readonly path: string;
  readonly search: string;
}

/** Takes a request target apart; clients behind a proxy send it with scheme and host (RFC 9112, 3.2.2). */
export function readTarget(url: string): Target {
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
  const [path = '', ...search] = target.split('?');
  return { path: path === '' ? '/' : path, search: search.join('?') };
}

/** The `Elements-User-Password` header; curl and others send what is not ASCII as UTF-8. */
export function readUserPassword(header: string | undefined): string | undefined {
  if (header === undefined || !/[\u0080-\u00ff]/.test(header)) return header;
  const bytes = Buffer.from(header, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : header;
}

/**
 * The named parameters of a query; a blank one counts as absent, the first of several is taken.
 * Malformed percent-encoding stays as it is written (seed 001 prints some), never an error.
 */
export function readQuery(search: string, names: readonly string[]): Record<string, string | undefined> {
  const query: Record<string, string | undefined> = {};
  if (search === '' || names.length === 0) return query;
  const parameters = new URLSearchParams(search);
  for (const name of names) {
    const value = parameters.get(name);
    if (value !== null && value.trim() !== '') query[name] = value;
  }
  return query;
}

/** What clients send of their own accord; the rest is weighed. */
const usualAccepts = new Set(['*/*', 'application/json', 'application/json, text/plain, */*']);

/** @throws {NotAcceptableError} when the caller accepts no JSON. */
export function requireAcceptable(request: express.Request): void {
  const accept = request.headers.accept;
  if (accept === undefined || usualAccepts.has(accept)) return;
  if (
    // With the charset, so that a client that names it is answered too.
    request.accepts('application/json; charset=utf-8') === false
  ) {
    throw new NotAcceptableError(`Only application/json is answered, which 'Accept: ${accept}' leaves out.`);
  }
}

/** The largest body that is read, in bytes. */
const bodyLimit = 1024 * 1024;

// Not strict: real clients send a literal `null` (spec section 1).
const parseJson = express.json({ strict: false, limit: bodyLimit, type: () => true, verify: requireUtf8 });

/** The parser takes UTF-7 and UTF-16 as well, which no JSON of an API is in (RFC 8259). @throws {Error} of its own kind. */
function requireUtf8(_request: unknown, _response: unknown, _body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw Object.assign(new Error(charset), { type: 'charset.unsupported' });
}

/**
 * Reads a JSON body; `undefined` when there is none.
 *
 * @throws {PlatformError} 400, 413 or 415 when it cannot be read.
 */
export async function readBody(request: express.Request, response: express.Response): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  const type = request.headers['content-type'];
  if (type !== undefined && type !== 'application/json' && request.is(['json', '+json']) === false)
    throw notJson(`'${type}'`);
  // The parser would tell this through process.nextTick, which a suite's fake timers replace.
  if (Number(request.headers['content-length']) > bodyLimit) throw tooLarge();
  const failed = await new Promise<unknown>((resolve) => parseJson(request, response, resolve));
  const body = failed === undefined ? request.body : undefined;
  // Without a type only "no body" is understood: nothing at all, or null.
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  if (type === undefined && (failed !== undefined || !isNoBody(body, isChunked)))
    throw notJson('without a Content-Type');
  if (failed !== undefined) throw bodyError(failed);
  requireShallow(body);
  return body;
}

/** How deep a body may be nested; none that the platform knows has more than four levels. */
const maxDepth = 100;

/** What walks a body by recursion must not run out of stack. @throws {BadRequestError} */
function requireShallow(value: unknown, depth = 0): void {
  if (depth > maxDepth) throw new BadRequestError(`The body is nested deeper than ${maxDepth} levels.`);
  if (typeof value !== 'object' || value === null) return;
  for (const part of Array.isArray(value) ? value : Object.values(value)) requireShallow(part, depth + 1);
}

/** Of an empty body, which only one in chunks can be here, the parser makes an empty object. */
function isNoBody(body: unknown, isChunked: boolean): boolean {
  return body === null || (isChunked && typeof body === 'object' && Object.keys(body ?? {}).length === 0);
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function notJson(found: string): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(`The body must be application/json, not ${found}.`);
}

function tooLarge(): PayloadTooLargeError {
  return new PayloadTooLargeError(`The body is larger than ${bodyLimit} bytes.`);
}

/** The body parser's errors by their documented `type`. Its messages can quote the body: they stay here. */
function bodyError(error: unknown): PlatformError {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return tooLarge();
    case 'encoding.unsupported':
      return new UnsupportedMediaTypeError('The Content-Encoding of the body is not supported.');
    case 'charset.unsupported':
      return new UnsupportedMediaTypeError('The charset of the body is not supported, only UTF-8 is.');
    case 'entity.parse.failed': {
      const place = / at position (\d+)/.exec(String(error))?.[1];
      return new BadRequestError(`The body is not valid JSON${place === undefined ? '' : ` at position ${place}`}.`);
    }
    default:
      return new BadRequestError('The body could not be read to its end.');
  }
}
