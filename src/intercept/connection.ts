import http, { maxHeaderSize } from 'node:http';
import { Socket } from 'node:net';
import { hangUp } from '../http/hang-up.ts';
import type { Interception } from './interceptions.ts';

/** Node's own, taken before an interceptor replaces it: a named import would follow the replacement. */
export const { request: openRequest } = http;

/**
 * Lets an intercepting emulator answer a request of fetch, without a socket.
 *
 * Node's own requests and responses meet in a connection within the process. A client and a server of Node at its ends,
 * which write and parse HTTP, would take a quarter of a suite's time.
 *
 * @throws {Error} when the connection is cut off before the end of the answer.
 */
export async function answerBy({ answer, classes }: Interception, request: Request): Promise<Response> {
  const { method, signal } = request;
  const { pathname, search, host } = new URL(request.url);
  const url = pathname + search;
  const body = Buffer.from(await request.arrayBuffer());
  const headers: Record<string, string> = { ...Object.fromEntries(request.headers), host };
  if (body.length > 0 && headers['transfer-encoding'] === undefined) headers['content-length'] = String(body.length);
  const rawHeaders = Object.entries(headers).flat();
  // As a server of Node does.
  if (url.length + rawHeaders.join().length > maxHeaderSize) return new Response(null, tooLong);

  const connection = new Connection();
  const incoming = new classes.IncomingMessage(connection);
  // An answer in pieces has no length: for a client of HTTP/1.0 Node writes them as they are.
  const version = { httpVersion: '1.0', httpVersionMajor: 1, httpVersionMinor: 0 };
  Object.assign(incoming, { ...version, method, url, headers, rawHeaders, complete: true });
  if (body.length > 0) incoming.push(body);
  incoming.push(null);
  const outgoing = new classes.ServerResponse(incoming);
  outgoing.assignSocket(connection);
  connection.on('drain', () => outgoing.emit('drain'));
  const abort = () => connection.destroy();
  signal.addEventListener('abort', abort);
  try {
    await new Promise((resolve, reject) => {
      connection.once('error', reject).once('close', () => reject(hangUp()));
      outgoing.once('finish', resolve);
      if (signal.aborted) abort();
      else answer(incoming, outgoing);
    });
    return readResponse(connection.written);
  } finally {
    signal.removeEventListener('abort', abort);
    connection.destroy();
  }
}

const tooLong = { status: 431, statusText: 'Request Header Fields Too Large' };

/** A connection without a socket, which keeps what the server writes. */
export class Connection extends Socket {
  readonly written: Buffer[] = [];

  override _read(): void {
    // The request comes with its body.
  }

  override _write(chunk: string | Buffer, encoding: BufferEncoding, done: () => void): void {
    this.written.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  override _writev(chunks: { chunk: string | Buffer; encoding: BufferEncoding }[], done: () => void): void {
    for (const { chunk, encoding } of chunks) this._write(chunk, encoding, () => undefined);
    done();
  }

  override resetAndDestroy(): this {
    return this.destroy(hangUp());
  }
}

/** Reads the head that Node has written, and takes the rest as the body. */
function readResponse(written: readonly Buffer[]): Response {
  const bytes = Buffer.concat(written);
  const end = bytes.indexOf('\r\n\r\n');
  const [status = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    // These describe the connection within the process and not that of the client.
    if (!/^(connection|keep-alive|transfer-encoding)$/i.test(name)) headers.append(name, line.slice(colon + 1).trim());
  }
  const [, code = '', statusText = ''] = /^\S+ (\d+) (.*)$/.exec(status) ?? [];
  const content = bytes.subarray(end + 4);
  return new Response(content.length === 0 ? null : content, { status: Number(code), statusText, headers });
}
