import http from 'node:http';
// Not the globals: a suite here turns fake timers on.
import { setTimeout } from 'node:timers';
import type { Emulator } from '../../src/index.ts';
import { until } from '../support/until.ts';

/** What became of a request: the status, or the code of the error that ended its connection. */
export type Outcome = number | string | undefined;

export interface Sent {
  readonly request: http.ClientRequest;
  readonly outcome: Promise<Outcome>;
}

interface Options {
  readonly method?: string;
  readonly authorization?: string;
  readonly body?: string;
  /** Leaves the request open after the body. */
  readonly half?: boolean;
}

/** Sends a request over a real socket of its own; the emulator must be listening. */
export function send(emulator: Emulator, path: string, options: Options = {}): Sent {
  const { method = 'GET', authorization = emulator.credentials.authorization, body, half = false } = options;
  const headers = { Authorization: authorization, 'Content-Type': 'application/json' };
  const request = http.request(emulator.baseUrl + path, { method, headers, agent: false });
  const outcome = new Promise<Outcome>((resolve) => {
    request.on('response', (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  if (half) request.write(body ?? '');
  else request.end(body);
  return { request, outcome };
}

/** An upload of which half has come, with the request in the journal. */
export async function halfUpload(emulator: Emulator): Promise<Sent> {
  const before = emulator.requests.length;
  const sent = send(emulator, '/accounts', { method: 'POST', body: '{"externalId": "half', half: true });
  await until(() => emulator.requests.length > before);
  return sent;
}

/** `late` when the promise has not settled in time; its value otherwise. */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | 'late'> {
  return Promise.race([
    promise,
    new Promise<'late'>((resolve) => {
      setTimeout(() => resolve('late'), milliseconds).unref();
    }),
  ]);
}
