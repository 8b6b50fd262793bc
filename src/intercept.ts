import { BatchInterceptor } from '@mswjs/interceptors';
import nodeInterceptors from '@mswjs/interceptors/presets/node';
import inject from 'light-my-request';
import type { Emulator } from './index.ts';
import { messageOf } from './message-of.ts';

/** The hosts that the documents name. */
const documentedHosts = ['api.cloud-elements.com', 'console.cloud-elements.com'];

/** How the platform's hosts are intercepted. */
export interface InterceptOptions {
  /** Further host names of the platform, without scheme and port. Default: none beside those of the documents. */
  hosts?: readonly string[];
}

/**
 * Lets every call that this process makes to the platform's hosts reach the emulator instead, through
 * fetch, node:http, node:https and what is built on them, without a socket. Calls to other hosts pass.
 *
 * @param emulator started or not: it needs no socket for this.
 * @returns the way back: calls pass as they did before.
 */
export function interceptPlatform(emulator: Pick<Emulator, 'app'>, options: InterceptOptions = {}): () => void {
  const hosts = new Set([...documentedHosts, ...(options.hosts ?? [])].map((host) => host.toLowerCase()));
  const interceptor = new BatchInterceptor({ name: 'cloud-elements-emulator', interceptors: nodeInterceptors });
  interceptor.on('request', async ({ request, controller }) => {
    if (!hosts.has(new URL(request.url).hostname)) return;
    try {
      controller.respondWith(await answer(emulator, request));
    } catch (error) {
      // A fault that drops the connection.
      controller.errorWith(Object.assign(new Error(messageOf(error)), { code: 'ECONNRESET' }));
    }
  });
  interceptor.apply();
  return () => interceptor.dispose();
}

async function answer(emulator: Pick<Emulator, 'app'>, request: Request): Promise<Response> {
  const { pathname, search, host } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const { statusCode, headers, rawPayload } = await inject(
    (incoming, outgoing) => emulator.app(incoming as never, outgoing as never),
    {
      method: request.method as 'GET',
      url: pathname + search,
      headers: { ...Object.fromEntries(request.headers), host },
      ...(body.length === 0 ? {} : { payload: body }),
    },
  );
  const answered = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const withoutBody = request.method === 'HEAD' || rawPayload.length === 0;
  return new Response(withoutBody ? null : rawPayload, { status: statusCode, headers: answered });
}
