import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { urlToHttpOptions } from 'node:url';
import { type HttpRequestEventMap, RequestController } from '@mswjs/interceptors';
import { ClientRequestInterceptor } from '@mswjs/interceptors/ClientRequest';
import { FetchInterceptor } from '@mswjs/interceptors/fetch';
import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest';
import { closedMessage } from '../http/closed.ts';
import { messageOf } from '../text/message-of.ts';
import { answerBy, Connection, openRequest } from './connection.ts';
import { interceptionOf } from './interceptions.ts';

/**
 * Sends the calls of fetch, node:http and node:https to intercepted hosts through the interceptors.
 *
 * @returns restores the replaced functions.
 */
export function install(): () => void {
  const natives = [patchable(http), patchable(https)].map(({ target, request, get }) => ({ target, request, get }));
  const nativeFetch = globalThis.fetch;
  const onNodeRequest = answerWith((error) => error);
  const onFetch = answerWith((cause) => new TypeError('fetch failed', { cause }));
  // New ones each time, because a disposed interceptor cannot be applied again.
  const interceptors = [new ClientRequestInterceptor(), new XMLHttpRequestInterceptor(), new FetchInterceptor()];
  for (const interceptor of interceptors) {
    interceptor.apply();
    interceptor.on('request', interceptor instanceof FetchInterceptor ? onFetch : onNodeRequest);
  }
  // Calls to other hosts do not go through the interceptors, which would change their connections.
  for (const { target, request, get } of natives) {
    target.request = route(target.request, request);
    target.get = route(target.get, get);
  }
  // Without this, `import { request } from 'node:https'` would keep its old value.
  syncBuiltinESMExports();
  return () => {
    for (const interceptor of interceptors) interceptor.dispose();
    for (const { target, request, get } of natives) Object.assign(target, { request, get });
    globalThis.fetch = nativeFetch;
    syncBuiltinESMExports();
  };
}

type Call = typeof http.request;

/** A module whose functions for calls can be replaced. */
function patchable(module: { request: Call; get: Call }) {
  return { target: module, request: module.request, get: module.get };
}

/** About the limit of Node's server. The interceptor's own parser does not report that it has given up. */
const maxHead = 15_000;

/** Sends calls to other hosts as before, and calls to the platform through the interceptor. */
function route(intercepted: Call, native: Call): Call {
  const routed = (...args: unknown[]): http.ClientRequest => {
    const options = readCall(args);
    const interception = interceptionOf(String(options.hostname ?? options.host ?? 'localhost'));
    if (interception === undefined) return Reflect.apply(native, http, args);
    const head = JSON.stringify(options.headers ?? {}) + String(options.path ?? '/');
    if (/^[\x20-\x7e]*$/.test(head) && head.length < maxHead) return Reflect.apply(intercepted, http, args);
    // Its parser would wait forever.
    return openRequest({ createConnection: () => new Connection() }).destroy(
      new Error(`interceptPlatform() passes on calls of up to ${maxHead} characters of ASCII in URL and headers.`),
    );
  };
  return routed;
}

/** The options of a call, from the three forms that the arguments of `request` and `get` have. */
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

/** @param asClients turns a network error into the error that the client throws. */
function answerWith(asClients: (error: Error) => Error) {
  return async ({ request, controller }: HttpRequestEventMap['request'][0]): Promise<void> => {
    const interception = interceptionOf(new URL(request.url).hostname);
    if (interception === undefined) return;
    const answered = await answerBy(interception, request).catch((error: unknown) =>
      // An error of this realm, because the interceptor checks that.
      asClients(
        interception.isClosed()
          ? Object.assign(new Error(closedMessage), { code: 'ECONNREFUSED' })
          : // A fault has reset the connection.
            Object.assign(new Error(messageOf(error)), { code: 'ECONNRESET' }),
      ),
    );
    // The client may have aborted meanwhile.
    if (request.signal.aborted || controller.readyState !== RequestController.PENDING) return;
    if (answered instanceof Error) controller.errorWith(answered);
    else controller.respondWith(answered);
  };
}
