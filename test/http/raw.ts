import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../../src/index.ts';
import type { Answer } from '../platform/answers.ts';
import { basePath } from '../support/client.ts';

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

/** One server an emulator, because a test sends many; without a reference, so that Jest can end. */
const servers = new WeakMap<Emulator, Promise<AddressInfo>>();

function serve(emulator: Emulator): Promise<AddressInfo> {
  const server = createServer(emulator.app).unref();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo)));
}

/** Sends bytes that supertest cannot: odd paths, encodings, bodies without a type. */
export async function sendRaw(emulator: Emulator, raw: RawRequest): Promise<RawAnswer> {
  const address = servers.get(emulator) ?? serve(emulator);
  servers.set(emulator, address);
  return send(await address, { ...raw, path: (raw.base ?? basePath) + raw.path }, emulator);
}

function send({ port }: AddressInfo, raw: RawRequest, emulator: Emulator): Promise<RawAnswer> {
  const { method = 'GET', path, body, chunked = false } = raw;
  const length: Record<string, string> =
    body === undefined || chunked ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const headers = { Authorization: emulator.credentials.authorization, ...length, ...raw.headers };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
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
