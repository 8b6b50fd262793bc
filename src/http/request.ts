import type { IncomingMessage } from 'node:http';
import express from 'express';
import { decodeUtf8 } from '../text/utf8.ts';
import {
  BadRequestError,
  type HttpError,
  NotAcceptableError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from './errors.ts';

/** Decodes the `Elements-User-Password` header; curl and others send it as UTF-8. */
export function readUserPassword(header: string | undefined): string | undefined {
  if (header === undefined || !/[\u0080-\u00ff]/.test(header)) return header;
  const bytes = Buffer.from(header, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : header;
}

/**
 * The named parameters of a query. A blank one counts as absent; the first of several with one name counts. Malformed
 * percent-encoding stays as it is written (seed 001 prints some) and is never an error.
 */
export function readQuery(
  query: URLSearchParams | undefined,
  names: readonly string[],
): Record<string, string | undefined> {
  const parameters: Record<string, string | undefined> = {};
  if (query === undefined) return parameters;
  for (const name of names) {
    const value = query.get(name);
    if (value !== null && value.trim() !== '') parameters[name] = value;
  }
  return parameters;
}

/** All parameters of a query, decoded; a list where a name occurs more than once. */
export function listQuery(query: URLSearchParams | undefined): Record<string, string | string[]> {
  if (query === undefined) return {};
  const values = new Map<string, string | string[]>();
  for (const [name, value] of query) {
    const before = values.get(name);
    if (before === undefined) values.set(name, value);
    else if (typeof before === 'string') values.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(values);
}

/** The values that clients send by default; other values are parsed. */
const usualAccepts = new Set(['*/*', 'application/json', 'application/json, text/plain, */*']);

/** @throws {NotAcceptableError} when the caller accepts no JSON. */
export function requireAcceptable(request: express.Request): void {
  const accept = request.headers.accept;
  if (accept === undefined || usualAccepts.has(accept)) return;
  if (
    // With the charset, which a client may name in Accept.
    request.accepts('application/json; charset=utf-8') === false
  ) {
    throw new NotAcceptableError(`Only application/json is answered, which 'Accept: ${accept}' leaves out.`);
  }
}

/** The largest body that is read, in bytes. */
const bodyLimit = 1024 * 1024;

const readBytes = express.raw({ limit: bodyLimit, type: () => true });

/** The names by which clients send UTF-8, of which ASCII is a part. JSON has no other charset (RFC 8259). */
const charsets: readonly string[] = ['utf-8', 'utf8', 'us-ascii'];

/**
 * Reads a JSON body; `undefined` when there is none.
 *
 * @param finish makes the result from the parsed body and its text. Default: the parsed body.
 * @throws {HttpError} 400, 413 or 415 when it cannot be read.
 */
export async function readBody(
  request: express.Request,
  response: express.Response,
  finish: (value: unknown, text: string) => unknown = (value) => value,
): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  const type = request.headers['content-type'];
  if (type !== undefined && type !== 'application/json' && request.is(['json', '+json']) === false)
    throw notJson(`'${type}'`);
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type ?? '')?.[1] ?? 'utf-8';
  if (!charsets.includes(charset.toLowerCase())) {
    throw new UnsupportedMediaTypeError('The charset of the body is not supported, only UTF-8 is.');
  }
  // The parser would report this through process.nextTick, which a suite's fake timers replace.
  if (Number(request.headers['content-length']) > bodyLimit) throw tooLarge();
  const failed = await new Promise<unknown>((resolve) => readBytes(request, response, resolve));
  if (failed !== undefined) throw type === undefined ? notJson('without a Content-Type') : bodyError(failed);
  const text = decodeBody(request.body);
  // Without a type the body must mean "no body": empty, or null.
  if (type === undefined && text?.trim() !== 'null' && text !== '') throw notJson('without a Content-Type');
  if (text === undefined) throw new BadRequestError('The body is not UTF-8: send it in that encoding.');
  if (text === '') return undefined;
  const value = parseJson(text);
  requireShallow(value);
  return finish(value, text);
}

/** The parser leaves no buffer for an empty body. */
function decodeBody(bytes: unknown): string | undefined {
  return bytes instanceof Uint8Array ? decodeUtf8(bytes) : '';
}

/** @throws {BadRequestError} without the engine's message, which can quote the body. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = / at position (\d+)/.exec(String(error))?.[1];
    throw new BadRequestError(`The body is not valid JSON${place === undefined ? '' : ` at position ${place}`}.`);
  }
}

/** How deep a body may be nested; the platform's own have at most four levels. */
const maxDepth = 100;

/** Prevents functions that walk a body by recursion from overflowing the stack. @throws {BadRequestError} */
function requireShallow(value: unknown, depth = 0): void {
  if (depth > maxDepth) throw new BadRequestError(`The body is nested deeper than ${maxDepth} levels.`);
  if (typeof value !== 'object' || value === null) return;
  for (const part of Array.isArray(value) ? value : Object.values(value)) requireShallow(part, depth + 1);
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

/** The errors of reading a body, by their documented `type`. */
function bodyError(error: unknown): HttpError {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return tooLarge();
    case 'encoding.unsupported':
      return new UnsupportedMediaTypeError('The Content-Encoding of the body is not supported.');
    default:
      return new BadRequestError('The body could not be read to its end.');
  }
}
