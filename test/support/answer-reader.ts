/** An answer as it comes from a connection; the names of its headers are in lower case. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

const nothing = Buffer.alloc(0);

/** Reads one answer of HTTP/1.1 as it comes, in any pieces. */
export class AnswerReader {
  readonly #isHead: boolean;
  #status = 0;
  #headers: Readonly<Record<string, string>> | undefined;
  /** What has come and is not read yet. */
  #rest: Buffer = nothing;
  readonly #parts: Buffer[] = [];
  #size = 0;

  constructor(method: string) {
    this.#isHead = method === 'HEAD';
  }

  /** Returns the answer when these bytes complete it. */
  add(bytes: Buffer): Received | undefined {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    while (this.#headers === undefined) {
      if (!this.#readHead()) return undefined;
    }
    return this.#readBody(this.#headers) ? this.#received(this.#headers) : undefined;
  }

  /** Returns the answer when it is one that the end of the connection completes. */
  end(): Received | undefined {
    const headers = this.#headers;
    if (headers === undefined || 'content-length' in headers || 'transfer-encoding' in headers) return undefined;
    return this.#received(headers);
  }

  #received(headers: Readonly<Record<string, string>>): Received {
    return { status: this.#status, headers, bytes: Buffer.concat(this.#parts) };
  }

  #readHead(): boolean {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end === -1) return false;
    const [first = '', ...lines] = this.#rest.toString('latin1', 0, end).split('\r\n');
    this.#rest = this.#rest.subarray(end + 4);
    this.#status = Number(first.slice(9, 12));
    // 100 Continue comes before the answer itself.
    if (this.#status >= 200) this.#headers = readHeaders(lines);
    return true;
  }

  #readBody(headers: Readonly<Record<string, string>>): boolean {
    if (this.#isHead || this.#status === 204 || this.#status === 304) return true;
    if (headers['transfer-encoding'] === 'chunked') return this.#readChunks();
    this.#take(this.#rest);
    this.#rest = nothing;
    return this.#size === Number(headers['content-length']);
  }

  #readChunks(): boolean {
    for (;;) {
      const end = this.#rest.indexOf('\r\n');
      if (end === -1) return false;
      const size = Number.parseInt(this.#rest.toString('latin1', 0, end), 16);
      const next = end + size + 4;
      if (this.#rest.length < next) return false;
      this.#take(this.#rest.subarray(end + 2, next - 2));
      this.#rest = this.#rest.subarray(next);
      if (size === 0) return true;
    }
  }

  #take(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
  }
}

function readHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`;
  }
  return headers;
}
