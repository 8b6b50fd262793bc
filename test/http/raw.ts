import type { Emulator } from '../../src/index.ts';
import type { Answer } from '../platform/answers.ts';
import { basePath } from '../support/client.ts';
import { send } from '../support/http.ts';
import { headerFor, port } from '../support/server.ts';

export interface RawRequest {
  method?: string;
  /** Below `base`, sent as it stands: supertest would tidy it. */
  path: string;
  /** Default: the base path of the platform. */
  base?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Sends the body without a Content-Length. */
  chunked?: boolean;
}

export interface RawAnswer extends Answer {
  headers: Record<string, unknown>;
  text: string;
}

/** Sends bytes that supertest cannot: odd paths, encodings, bodies without a type. */
export async function sendRaw(emulator: Emulator, raw: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', body, chunked = false } = raw;
  const path = (raw.base ?? basePath) + raw.path;
  const length: Record<string, string> =
    body === undefined
      ? {}
      : chunked
        ? { 'Transfer-Encoding': 'chunked' }
        : { 'Content-Length': String(Buffer.byteLength(body)) };
  const headers = {
    Authorization: emulator.credentials.authorization,
    ...length,
    ...raw.headers,
    ...headerFor(emulator),
  };
  const { status, headers: received, text } = await send({ port: port(), method, path, headers, body });
  return { status, headers: received, text, body: text === '' ? '' : JSON.parse(text) };
}
