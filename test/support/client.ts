import request from 'supertest';
import type { Emulator } from '../../src/index.ts';
import { agent } from './http.ts';
import { headerFor, port } from './server.ts';

export const basePath = '/elements/api-v2';

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Calls the platform of an emulator as one caller; paths are those of the documents. */
export function connect(emulator: Emulator, authorization: string | undefined = emulator.credentials.authorization) {
  const call = (verb: Verb, path: string): request.Test => {
    const test = request(`http://127.0.0.1:${port()}`)
      [verb](basePath + path)
      .agent(agent)
      .set(headerFor(emulator));
    return authorization === undefined ? test : test.set('Authorization', authorization);
  };
  return {
    call,
    get: (path: string) => call('get', path),
    post: (path: string, body: object) => call('post', path).send(body),
    put: (path: string, body: object) => call('put', path).send(body),
    patch: (path: string, body: object) => call('patch', path).send(body),
    delete: (path: string) => call('delete', path),
  };
}

/** The envelope of every error, with exactly this message. */
export function envelope(message: unknown) {
  return { requestId: expect.stringMatching(/^[0-9a-f]{24}$/), message };
}

/** The platform's one text for every 401. */
export const unauthorized = envelope('Invalid Organization or User secret, or invalid Element token provided.');
