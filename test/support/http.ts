import { exchange } from './connections.ts';

export interface Sent {
  readonly port: number;
  readonly method: string;
  /** It is sent unchanged: supertest and fetch would normalize it. */
  readonly path: string;
  /** Those that are undefined are left out. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer | undefined;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/**
 * Sends a request to this machine. Of two headers with the same name it sends the latter. It adds Host and a header that
 * says how long the body is, unless they are given.
 */
export async function send({ port, method, path, headers, body }: Sent): Promise<Received> {
  const bytes = Buffer.from(body ?? '');
  const lines = new Map([['host', `Host: 127.0.0.1:${port}`]]);
  // A request of these methods has a body, which may be empty.
  if (body !== undefined || ['POST', 'PUT', 'PATCH'].includes(method)) {
    lines.set('content-length', `Content-Length: ${bytes.length}`);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) lines.set(name.toLowerCase(), `${name}: ${value}`);
  }
  const isChunked = lines.has('transfer-encoding');
  if (isChunked) lines.delete('content-length');
  const head = Buffer.from(`${[`${method} ${path} HTTP/1.1`, ...lines.values()].join('\r\n')}\r\n\r\n`, 'latin1');
  const answer = await exchange(port, method, Buffer.concat([head, isChunked ? inOneChunk(bytes) : bytes]));
  return { status: answer.status, headers: answer.headers, bytes: answer.bytes, text: answer.bytes.toString() };
}

function inOneChunk(bytes: Buffer): Buffer {
  const chunk = bytes.length === 0 ? [] : [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')];
  return Buffer.concat([...chunk, Buffer.from('0\r\n\r\n')]);
}
