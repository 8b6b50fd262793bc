import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
// Not the global, which a suite's fake timers replace.
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { closedMessage } from './closed.ts';
import type { RawHeaders } from './exchange.ts';
import type { MessageClasses } from './express-classes.ts';
import { formatUrl } from './format-url.ts';
import { corsHeaders } from './respond.ts';
import { createSecureServer, type KeyPair } from './secure.ts';

/**
 * Opens the socket of a server.
 *
 * @throws {Error} that explains why the port or the host cannot be used.
 */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new Error(describe(error, port, host), { cause: error }));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function describe(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use already: choose another one, or 0 for any that is free.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this process: choose one from 1024 up.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `Host '${host}' is not an address of this machine: use 127.0.0.1, for example.`;
    default:
      return `The emulator cannot listen on ${host}, port ${port}: ${error.message}.`;
  }
}

/**
 * Answers in the platform's envelope where Node could not parse a request, which never reaches the app.
 *
 * @param requestId gives a new request id.
 */
export function answerClientErrors(server: Server, requestId: () => string): void {
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const [status, message] = clientErrors.get(error.code ?? '') ?? [
      '400 Bad Request',
      'This is not a valid HTTP request.',
    ];
    const id = requestId();
    const body = JSON.stringify({ requestId: id, message });
    const cors = writeHeaders(corsHeaders(originIn(error.rawPacket)));
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n${cors}` +
        `Elements-Request-Id: ${id}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    // Close this end as well when the client keeps its end open.
    setTimeout(() => socket.destroy(), closingTime).unref();
  });
}

/** The `Origin` of a request that could not be parsed, if the parser had reached it. */
function originIn(packet: Buffer | undefined): string | undefined {
  return /\r\norigin:[ \t]*([\x21-\x7e]+)[ \t]*\r\n/i.exec(packet?.toString('latin1') ?? '')?.[1];
}

function writeHeaders(headers: RawHeaders): string {
  return headers.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
}

/** How long the last answer of a connection may take to arrive, in milliseconds. */
const closingTime = 1_000;

/** Status and message by the code of Node's error. */
const clientErrors: ReadonlyMap<string, readonly [status: string, message: string]> = new Map([
  [
    'HPE_INVALID_URL',
    ['400 Bad Request', 'The URL has characters that must be percent-encoded, such as a curly quote.'],
  ],
  ['HPE_HEADER_OVERFLOW', ['431 Request Header Fields Too Large', 'The headers or the URL are too long.']],
  ['ERR_HTTP_REQUEST_TIMEOUT', ['408 Request Timeout', 'The request did not arrive completely in time.']],
]);

/** How long requests under way may take when a server is closed, in milliseconds. */
const grace = 500;

/** Closes a server: idle connections at once, the others after their answer or when the grace has passed. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), grace);
    // A connection becomes idle after its answer, and clients would keep it open.
    const sweep = setInterval(() => server.closeIdleConnections(), 5);
    server.close(() => {
      clearTimeout(deadline);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** How long a client may take to send its headers and its whole request, in milliseconds. */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 };

/** How long a client may read nothing of an answer, in milliseconds; while Node writes, it allows this time twice. */
const readingTimeout = 15_000;

/** Ends the connection of a client that does not read its answer, which would stay in memory. */
function endSlowReader(this: ServerResponse): void {
  this.socket?.setTimeout(readingTimeout);
}

/** The address of a socket. */
export interface Address {
  readonly port: number;
  readonly host: string;
  /** For HTTPS: provides the certificate. Default: HTTP. */
  readonly keyPair?: (() => Promise<KeyPair>) | undefined;
}

/** The socket of an emulator: opened once, closed for good. */
export class Socket {
  #server: Server | undefined;
  readonly #address: Address;
  readonly #create: (keyPair: KeyPair | undefined) => Server;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  /**
   * @param requestId gives a new request id, for requests that could not be parsed.
   * @param classes what requests and responses are made of. Default: Node's own.
   */
  constructor(app: RequestListener, address: Address, requestId: () => string, classes?: MessageClasses) {
    const listener: RequestListener = (request, response) => {
      response.on('prefinish', endSlowReader);
      app(request, response);
    };
    this.#address = address;
    this.#create = (keyPair) => {
      // A request without a Host is answered too, in the envelope.
      const options = { requireHostHeader: false, ...patience, ...classes };
      const server = keyPair
        ? createSecureServer({ ...options, ...keyPair }, listener)
        : createServer(options, listener);
      server.on('checkExpectation', app);
      answerClientErrors(server, requestId);
      return server;
    };
  }

  /** @throws {Error} before it is open. */
  get url(): string {
    const address = this.#server?.address() ?? null;
    if (this.#closing !== undefined) throw new Error(closedMessage);
    if (address === null || typeof address === 'string') {
      throw new Error('The emulator is not listening: await emulator.listen() first, or use startEmulator().');
    }
    return formatUrl(address.address, address.port, this.#address.keyPair !== undefined);
  }

  /** Opens it. After a failure it can be opened again. */
  async open(): Promise<void> {
    if (this.#closing !== undefined) throw new Error(closedMessage);
    this.#opening ??= this.#listen().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    await this.#opening;
  }

  async #listen(): Promise<void> {
    const { port, host, keyPair } = this.#address;
    // Without HTTPS it listens in this turn of the event loop.
    this.#server ??= this.#create(keyPair && (await keyPair()));
    await listen(this.#server, port, host);
    warnOfOthers(this.#server.address(), keyPair !== undefined);
  }

  /** Whether it keeps the process alive once it is open. */
  hold(isHolding: boolean): void {
    if (isHolding) this.#server?.ref();
    else this.#server?.unref();
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#opening?.catch(() => undefined);
      if (this.#server !== undefined) await closeServer(this.#server);
    })();
    return this.#closing;
  }
}

/** Warns when other machines can reach the emulator. */
function warnOfOthers(address: ReturnType<Server['address']>, isSecure: boolean): void {
  if (address === null || typeof address === 'string' || isLoopback(address.address)) return;
  process.emitWarning(
    `The emulator listens on ${address.address}: everybody who reaches this machine can use it${isSecure ? '' : ', without encryption'}. ` +
      'Put no real data or credentials into it.',
    'CloudElementsEmulatorWarning',
  );
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
