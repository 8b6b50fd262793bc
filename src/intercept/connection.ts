import http, { type IncomingMessage, type Server } from 'node:http';
import { Duplex } from 'node:stream';

/** Node's own, taken before an interceptor replaces it: a named import would follow the replacement. */
export const { request: openRequest } = http;

/** Lets a server answer a request of fetch, through a connection within the process. */
export async function answerBy(server: Server, request: Request): Promise<Response> {
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
    // These describe the connection within the process and not that of the client.
    if (!/^(connection|keep-alive|transfer-encoding)$/i.test(name)) headers.append(name, value);
  }
  const content = chunks.length === 0 ? null : Buffer.concat(chunks);
  return new Response(content, { status: statusCode, statusText: statusMessage, headers });
}

/** Opens a connection to a server within the process, and returns the client's end. */
function connect(server: Server): Duplex {
  const client = new End();
  const other = new End();
  client.other = other;
  other.other = client;
  server.emit('connection', other);
  return client;
}

/** One end of a connection: the other end reads what is written to it. */
export class End extends Duplex {
  other: End | undefined;

  override _read(): void {
    // The other end pushes the data.
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
    // The connection was cut off, which the other end must notice.
    if (!this.writableFinished) this.other?.destroy();
  }
}
