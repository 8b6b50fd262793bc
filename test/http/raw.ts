import { request } from 'node:http';
import type { Emulator } from '../../src/index.ts';
import type { Answer } from '../platform/answers.ts';
import { basePath } from '../support/client.ts';
import { agent, headerFor, port } from '../support/server.ts';

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
    body === undefined || chunked ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const headers = {
    Authorization: emulator.credentials.authorization,
    ...length,
    ...raw.headers,
    ...headerFor(emulator),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ port: port(), host: '127.0.0.1', method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: text === '' ? '' : JSON.parse(text),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
