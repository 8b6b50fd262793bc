import http, { createServer, type IncomingMessage, type Server } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { Duplex } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { type HttpRequestEventMap, RequestController } from '@mswjs/interceptors';
import { ClientRequestInterceptor } from '@mswjs/interceptors/ClientRequest';
import { FetchInterceptor } from '@mswjs/interceptors/fetch';
import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest';
import { closedMessage, isClosed } from '../http/closed.ts';
import type { Emulator } from '../index.ts';
import { messageOf } from '../text/message-of.ts';

// Taken before anything can be put in its place: an import of the name would follow that.
const { request: openRequest } = http;

/** The hosts that the documents name. */
const documentedHosts = ['api.cloud-elements.com', 'console.cloud-elements.com'];

/** How the platform's hosts are intercepted. */
export interface InterceptOptions {
  /** Further host names of the platform, without scheme and port. Default: none beside those of the documents. */
  hosts?: readonly string[] | undefined;
}

interface Interception {
  readonly server: Server;
  isClosed(): boolean;
  takeOff(): void;
  readonly hosts: ReadonlySet<string>;
}

/**
 * What is on, the latest last. There is one list for the process as there is one fetch and one
 * node:http: interceptors put on over each other could not come off in any order.
 */
const interceptions: Interception[] = [];
let uninstall: (() => void) | undefined;

/**
 * Under this name node:http has what takes off the interceptions of closed emulators, for each copy of this module
 * that has any. Jest loads a copy for each test file: a file that has not taken back its interception would answer
 * the calls of the next one.
 */
const copiesName = Symbol.for('cloud-elements-emulator.interceptions');

function copies(): Set<() => void> {
  const found: Set<() => void> | undefined = Reflect.get(http, copiesName);
  if (found !== undefined) return found;
  const created = new Set<() => void>();
  Object.defineProperty(http, copiesName, { value: created });
  return created;
}

function takeOffClosed(): void {
  for (const { isClosed, takeOff } of [...interceptions]) if (isClosed()) takeOff();
}

/**
 * Lets every call that this process makes to the platform's hosts reach the emulator instead, through
 * fetch, node:http, node:https and what is built on them, without a socket. Calls to other hosts pass.
 * Called again while it is on, the latest emulator has the hosts that both have. `close()` of the emulator ends it:
 * its hosts are those of the emulator before again or, until the way back is taken, calls to them fail with "The emulator
 * has been closed", so that none goes to the real platform unseen.
 *
 * @param emulator started or not: it needs no socket for this.
 * @returns the way back: calls pass as they did before.
 * @throws {Error} for what is no emulator, one that has been closed, or hosts that are no host names.
 */
export function interceptPlatform(emulator: Pick<Emulator, 'app'>, options: InterceptOptions = {}): () => void {
  check(emulator, options);
  const hosts = new Set([...documentedHosts, ...(options.hosts ?? [])].map((host) => host.toLowerCase()));
  const { app } = emulator;
  if (isClosed(app)) throw new Error(closedMessage);
  // Never listens: it is given its connections.
  const server = createServer((request, response) => (isClosed(app) ? response.destroy() : app(request, response)));
  for (const takeOff of copies()) if (takeOff !== takeOffClosed) takeOff();
  const interception = { server, isClosed: () => isClosed(app), hosts, takeOff };
  uninstall ??= install();
  copies().add(takeOffClosed);
  interceptions.push(interception);
  return takeOff;

  function takeOff(): void {
    const index = interceptions.indexOf(interception);
    if (index === -1) return;
    interceptions.splice(index, 1);
    if (interceptions.length > 0) return;
    copies().delete(takeOffClosed);
    uninstall?.();
    uninstall = undefined;
  }
}

/** @throws {Error} for arguments with which calls would go to the real platform in silence. */
function check(emulator: unknown, options: object): void {
  if (typeof emulator !== 'object' || emulator === null || !('app' in emulator) || typeof emulator.app !== 'function') {
    throw new Error('interceptPlatform() takes an emulator: interceptPlatform(emulator, { hosts }).');
  }
  const unknown = Object.keys(options).find((name) => name !== 'hosts');
  if (unknown !== undefined) throw new Error(`Unknown option '${unknown}' of interceptPlatform(): known is hosts.`);
  const { hosts = [] } = options as InterceptOptions;
  if (!Array.isArray(hosts)) throw new Error("Option 'hosts' of interceptPlatform() must be a list of host names.");
  const pattern = hosts.find((host) => typeof host === 'string' && host.includes('*'));
  if (pattern !== undefined) {
    throw new Error(`Option 'hosts' of interceptPlatform() has '${pattern}': a * stands for nothing, name every host.`);
  }
  const wrong = hosts.find((host) => typeof host !== 'string' || !/^[\w.-]+$/.test(host));
  if (wrong !== undefined) {
    throw new Error(`Option 'hosts' of interceptPlatform() has '${wrong}': host names have no scheme, port or path.`);
  }
}

function install(): () => void {
  const natives = [patchable(http), patchable(https)].map(({ target, request, get }) => ({ target, request, get }));
  const nativeFetch = globalThis.fetch;
  const onNodeRequest = answerWith((error) => error);
  const onFetch = answerWith((cause) => new TypeError('fetch failed', { cause }));
  // New ones each time: an interceptor that has been disposed of cannot be put on again.
  const interceptors = [new ClientRequestInterceptor(), new XMLHttpRequestInterceptor(), new FetchInterceptor()];
  for (const interceptor of interceptors) {
    interceptor.apply();
    interceptor.on('request', interceptor instanceof FetchInterceptor ? onFetch : onNodeRequest);
  }
  // Calls to other hosts never come near the interceptors, which would take their connections from them.
  for (const { target, request, get } of natives) {
    target.request = route(target.request, request);
    target.get = route(target.get, get);
  }
  // Else `import { request } from 'node:https'` would still be what it was.
  syncBuiltinESMExports();
  return () => {
    for (const interceptor of interceptors) interceptor.dispose();
    for (const { target, request, get } of natives) Object.assign(target, { request, get });
    globalThis.fetch = nativeFetch;
    syncBuiltinESMExports();
  };
}

type Call = typeof http.request;

/** A module whose ways to make a call can be put in place of. */
function patchable(module: { request: Call; get: Call }) {
  return { target: module, request: module.request, get: module.get };
}

/** About what Node's server reads; the interceptor's own parser never tells that it has given up. */
const maxHead = 15_000;

/** Where a call goes: to another host as it would have, to the platform through the interceptor. */
function route(intercepted: Call, native: Call): Call {
  const routed = (...args: unknown[]): http.ClientRequest => {
    const options = readCall(args);
    const interception = interceptionOf(String(options.hostname ?? options.host ?? 'localhost'));
    if (interception === undefined) return Reflect.apply(native, http, args);
    const head = JSON.stringify(options.headers ?? {}) + String(options.path ?? '/');
    if (/^[\x20-\x7e]*$/.test(head) && head.length < maxHead) return Reflect.apply(intercepted, http, args);
    // Its parser would wait for ever.
    return openRequest({ createConnection: () => new End() }).destroy(
      new Error(`interceptPlatform() passes on calls of up to ${maxHead} characters of ASCII in URL and headers.`),
    );
  };
  return routed;
}

/** What the arguments of `request` and `get` come to, in their three forms. */
function readCall(args: readonly unknown[]): http.RequestOptions {
  const rest = [...args];
  const first = rest[0];
  let options: http.RequestOptions = {};
  if (typeof first === 'string' || (typeof first === 'object' && first !== null && 'searchParams' in first)) {
    rest.shift();
    if (URL.canParse(String(first))) options = urlToHttpOptions(new URL(String(first)));
  }
  return typeof rest[0] === 'object' && rest[0] !== null ? { ...options, ...rest[0] } : options;
}

/** The latest interception of a host, in any case of letters, with a port or a dot at its end; one that is closed last. */
function interceptionOf(host: string): Interception | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const found = interceptions.filter(({ hosts }) => hosts.has(name));
  return found.findLast((interception) => !interception.isClosed()) ?? found.at(-1);
}

/** @param asClients gives a network error the form in which the client throws it. */
function answerWith(asClients: (error: Error) => Error) {
  return async ({ request, controller }: HttpRequestEventMap['request'][0]): Promise<void> => {
    const interception = interceptionOf(new URL(request.url).hostname);
    if (interception === undefined) return;
    const answered = await answer(interception.server, request).catch((error: unknown) =>
      // Of this realm, as the interceptor asks.
      asClients(
        interception.isClosed()
          ? Object.assign(new Error(closedMessage), { code: 'ECONNREFUSED' })
          : // A fault that drops the connection.
            Object.assign(new Error(messageOf(error)), { code: 'ECONNRESET' }),
      ),
    );
    // The client may have given up meanwhile.
    if (request.signal.aborted || controller.readyState !== RequestController.PENDING) return;
    if (answered instanceof Error) controller.errorWith(answered);
    else controller.respondWith(answered);
  };
}

async function answer(server: Server, request: Request): Promise<Response> {
  const { pathname, search, host } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = openRequest({
      createConnection: () => connect(server),
      method: request.method,
      path: pathname + search,
      headers: { ...Object.fromEntries(request.headers), host },
      signal: request.signal,
    });
    outgoing.once('response', resolve).once('error', reject).end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { statusCode = 0, statusMessage = '', rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    // These are of the connection within the process, and say nothing about the client's.
    if (!/^(connection|keep-alive|transfer-encoding)$/i.test(name)) headers.append(name, value);
  }
  const content = chunks.length === 0 ? null : Buffer.concat(chunks);
  return new Response(content, { status: statusCode, statusText: statusMessage, headers });
}

/** Opens a connection to a server within the process, and gives the client's end. */
function connect(server: Server): Duplex {
  const client = new End();
  const other = new End();
  client.other = other;
  other.other = client;
  server.emit('connection', other);
  return client;
}

/** One end of a connection: what is written to it is read from the other. */
class End extends Duplex {
  other: End | undefined;

  override _read(): void {
    // What there is has been pushed by the other end.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.other?.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    done(error);
    // Cut off and not ended in order: the other end is to notice.
    if (!this.writableFinished) this.other?.destroy();
  }
}
