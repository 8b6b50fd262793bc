import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { basePath } from '../../support/client.ts';
import { send } from '../../support/http.ts';
import type { Exchange, Fault } from './exchange.ts';

/** A server between the checks and an emulator, which can be broken. */
export interface BrokenProxy {
  readonly baseUrl: string;
  /** How it alters answers. */
  fault: Fault | undefined;
  /** What a request such as `POST /accounts` waits for before it reaches the emulator, even if its client leaves. */
  hold: ((call: string) => Promise<void> | undefined) | undefined;
  /** Returns the exchanges since the last call of this: those of one check. */
  takeExchanges(): Exchange[];
  close(): Promise<void>;
}

export async function startProxy(target: string, administrator: string): Promise<BrokenProxy> {
  const port = Number(new URL(target).port);
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = 'GET', url = '', headers } = request;
    await proxy.hold?.(`${method} ${url.slice(basePath.length)}`);
    // It fails such as at the end of a test, while a held request is still under way.
    const answer = await send({ port, method, path: url, headers: textsOf(headers), body }).catch(() => undefined);
    if (answer === undefined) return void request.socket.destroy();
    const [path = '', query] = url.slice(basePath.length).split('?');
    const exchange: Exchange = {
      method,
      path,
      search: query === undefined ? '' : `?${query}`,
      query: new URLSearchParams(query),
      sentHeaders: textsOf(headers),
      sent: body.toString(),
      isAdmin: headers.authorization === administrator,
      status: answer.status,
      body: parse(answer.text),
      earlier: [...exchanges],
    };
    exchanges.push(exchange);
    const altered = proxy.fault?.(exchange) ?? {};
    if (altered.drop) return void request.socket.destroy();
    for (const [name, value] of Object.entries({ ...answer.headers, ...altered.headers })) {
      if (value !== null && !/^(content-length|connection|keep-alive|transfer-encoding)$/.test(name)) {
        response.setHeader(name, value);
      }
    }
    response.statusCode = altered.status ?? exchange.status;
    response.end(altered.text ?? (altered.body === undefined ? answer.bytes : JSON.stringify(altered.body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: BrokenProxy = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
    fault: undefined,
    hold: undefined,
    takeExchanges: () => exchanges.splice(0),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function textsOf(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
