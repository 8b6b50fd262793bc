import { Agent, createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { basePath } from '../../support/client.ts';
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
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = 'GET', url = '', headers } = request;
    await proxy.hold?.(`${method} ${url.slice(basePath.length)}`);
    const upstream = send({ agent, hostname, port, method, path: url, headers });
    // Such as at the end of a test, while a held request is still under way.
    upstream.on('error', () => request.socket.destroy());
    upstream.end(body);
    upstream.once('response', async (answer) => {
      const text = await buffer(answer);
      const [path = '', query] = url.slice(basePath.length).split('?');
      const exchange: Exchange = {
        method,
        path,
        search: query === undefined ? '' : `?${query}`,
        query: new URLSearchParams(query),
        sentHeaders: textsOf(headers),
        sent: body.toString(),
        isAdmin: headers.authorization === administrator,
        status: answer.statusCode ?? 0,
        body: parse(text.toString()),
        earlier: [...exchanges],
      };
      exchanges.push(exchange);
      const altered = proxy.fault?.(exchange) ?? {};
      if (altered.drop) return void request.socket.destroy();
      for (const [name, value] of Object.entries({ ...answer.headers, ...altered.headers })) {
        if (value !== undefined && value !== null && !/^(content-length|connection|keep-alive)$/.test(name)) {
          response.setHeader(name, value);
        }
      }
      response.statusCode = altered.status ?? exchange.status;
      response.end(altered.text ?? (altered.body === undefined ? text : JSON.stringify(altered.body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: BrokenProxy = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
    fault: undefined,
    hold: undefined,
    takeExchanges: () => exchanges.splice(0),
    close: async () => {
      agent.destroy();
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
