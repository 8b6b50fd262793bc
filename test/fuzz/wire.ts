import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire; header names are in lower case. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** How long an answer may take, in milliseconds: one that takes longer hangs. */
const patience = 10_000;

/**
 * A connection that sends bytes as they are and takes answers apart strictly: one that is framed wrongly, says a
 * header twice, or comes with bytes too many fails. It is opened again when the server has closed it.
 */
export class Wire {
  readonly #port: number;
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  /** Told of everything that happens on the connection. */
  #changed: () => void = () => undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends one request and reads its answer, which has no body when the request is a HEAD. */
  async exchange(bytes: string | Buffer, isHead = false): Promise<WireAnswer> {
    this.send(bytes);
    const answer = await this.read(isHead);
    const ends = answer.headers.get('connection') === 'close';
    // To what is no valid request at all the server cannot know that it was a HEAD.
    const isBody = isHead && ends && answer.status === 400;
    if (this.#received.length > 0 && !isBody) throw new Error(`there is more behind the answer: ${this.#received}`);
    if (ends) this.close();
    return answer;
  }

  send(bytes: string | Buffer): void {
    this.#socket ??= this.#open();
    this.#socket.write(bytes);
  }

  /** Reads one answer; those of status 100 are passed over. */
  async read(isHead = false): Promise<WireAnswer> {
    for (;;) {
      const answer = await this.#readOne(isHead);
      if (answer.status >= 200) return answer;
    }
  }

  /** What came until the server closed the connection. */
  readToEnd(): Promise<string> {
    return this.#wait('the connection is still open', () => (this.isOpen ? undefined : this.#received.toString()));
  }

  get isOpen(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#received = Buffer.alloc(0);
  }

  #open(): Socket {
    const socket = connect(this.#port, '127.0.0.1').setNoDelay(true);
    this.#received = Buffer.alloc(0);
    socket.on('data', (data) => {
      this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
      this.#changed();
    });
    socket.on('close', () => this.#changed());
    // Such as a reset while a body is still being sent; 'close' follows.
    socket.on('error', () => undefined);
    return socket;
  }

  #readOne(isHead: boolean): Promise<WireAnswer> {
    return this.#wait('no answer', () => {
      const answer = takeApart(this.#received, isHead);
      if (answer === undefined) {
        if (!this.isOpen) throw new Error(`the connection was closed without an answer, after '${this.#received}'`);
        return undefined;
      }
      this.#received = this.#received.subarray(answer.end);
      return answer;
    });
  }

  /** Waits until a look at the connection gives something. */
  #wait<T>(missing: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (action: () => void) => {
        clearTimeout(timer);
        this.#changed = () => undefined;
        action();
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`${missing} within ${patience} ms, only '${this.#received}'`)));
      }, patience);
      this.#changed = () => {
        try {
          const found = look();
          if (found !== undefined) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      this.#changed();
    });
  }
}

/** The first answer in what was received; `undefined` while it is not there to its end. */
function takeApart(received: Buffer, isHead: boolean): (WireAnswer & { readonly end: number }) | undefined {
  const endOfHead = received.indexOf('\r\n\r\n');
  if (endOfHead === -1) return undefined;
  const [first = '', ...lines] = received.toString('latin1', 0, endOfHead).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})(?: |$)/.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no status line: ${first}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(line) ?? [];
    if (name === '' || headers.has(name.toLowerCase())) throw new Error(`no header, or one said twice: ${line}`);
    headers.set(name.toLowerCase(), value);
  }
  const start = endOfHead + 4;
  if (status < 200) return { status, headers, text: '', end: start };
  // A stream has no length.
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const length = isHead && isStream ? '0' : headers.get('content-length');
  if (length === undefined || !/^\d+$/.test(length)) throw new Error(`no Content-Length: ${first}`);
  const end = start + (isHead ? 0 : Number(length));
  return received.length < end ? undefined : { status, headers, text: received.toString('utf8', start, end), end };
}
