import type { Emulator } from '../../src/index.ts';
import { Ask } from './ask.ts';
import { headerFor, port } from './server.ts';

export const basePath = '/elements/api-v2';

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Calls an emulator as `request(emulator.app)` of supertest does, with paths from the root and without credentials. */
export function request(app: Emulator['app']) {
  const call = (method: string) => (path: string) => new Ask(port, method, path).set(headerFor({ app }));
  return {
    get: call('get'),
    head: call('head'),
    options: call('options'),
    post: call('post'),
    put: call('put'),
    patch: call('patch'),
    delete: call('delete'),
  };
}

/** Calls the platform of an emulator as one caller; paths are those of the documents. */
export function connect(emulator: Emulator, authorization: string | undefined = emulator.credentials.authorization) {
  const call = (verb: Verb, path: string): Ask => {
    const ask = new Ask(port, verb, basePath + path).set(headerFor(emulator));
    return authorization === undefined ? ask : ask.set('Authorization', authorization);
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
