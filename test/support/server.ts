import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../../src/index.ts';

/** Names the emulator of a request for the server, which removes it. */
const header = 'x-for-emulator';

const expected = new Map<string, RequestListener>();
let count = 0;

/**
 * One server for all emulators of a test file: a separate server and connection would take most of the time of a small
 * request.
 */
const server = createServer((request, response) => {
  const number = String(request.headers[header]);
  const app = expected.get(number);
  if (app === undefined) throw new Error(`A request came to the server of the tests without the header ${header}.`);
  expected.delete(number);
  delete request.headers[header];
  const at = request.rawHeaders.findIndex((name) => name.toLowerCase() === header);
  request.rawHeaders.splice(at, 2);
  app(request, response);
});
// Only the agent closes connections (http.ts).
server.keepAliveTimeout = 0;

afterAll(() => server.close());

/** Where the server listens. It begins with the first call, at once. */
export function port(): number {
  if (!server.listening) server.listen(0);
  return (server.address() as AddressInfo).port;
}

/** The header that brings one request to an emulator. */
export function headerFor({ app }: Pick<Emulator, 'app'>): Record<string, string> {
  count += 1;
  expected.set(String(count), app);
  return { [header]: String(count) };
}
