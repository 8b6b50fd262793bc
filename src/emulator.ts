import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnsweredRequest } from './api/answered-request.ts';
import { basePath, createApp } from './api/app.ts';
import { parseDate } from './ceql/index.ts';
import { createClock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import { createIds } from './ids.ts';
import { authorizationOf } from './platform/authentication.ts';
import { lookUpUser } from './platform/users.ts';
import { answerClientErrors, closeServer, listen } from './server.ts';
import type { Fixture } from './store/fixture-types.ts';
import type { UserRecord } from './store/records.ts';
import { openStore } from './store/store.ts';

/** How an emulator is started. All of it is optional. */
export interface EmulatorOptions {
  /** The port to listen on; 0 for any free one. Default: 0. */
  port?: number;
  /** The address to listen on. Default: 127.0.0.1, which no other machine reaches. */
  host?: string;
  /** A built-in name (`documentation`, `minimal`), a file's path, or the fixture. Default: `documentation`. */
  fixture?: string | Fixture;
  /** A JSON file to live in; it is made from the fixture when it does not exist. Default: memory. */
  dataFile?: string | undefined;
  /** An ISO 8601 instant at which the clock stands still. Default: the machine's time. */
  now?: string | undefined;
  /** Equal seeds give equal ids and secrets. Default: a random one. */
  seed?: string | number | undefined;
  /** Further host names under which the control endpoints answer. Default: none. */
  allowHosts?: readonly string[];
  /** Called after every request that was answered. */
  onRequest?: ((request: AnsweredRequest) => void) | undefined;
}

/** The platform on this machine. */
export interface Emulator {
  /** Where it listens, such as `http://127.0.0.1:49152`. @throws {Error} before `listen()`. */
  readonly url: string;
  /** `url` with the platform's base path: what a client takes as its host. @throws {Error} before `listen()`. */
  readonly baseUrl: string;
  /** The app for `supertest(emulator.app)` or a server of your own. */
  readonly app: RequestListener;
  /** The secrets of the administrator of the first organisation. @throws {Error} when it has none any more. */
  readonly credentials: Credentials;
  /** The `Authorization` header of any user, by email or id. @throws {Error} when there is no such user. */
  authorizationFor(emailOrId: string | number): string;
  /**
   * Opens the socket; further calls change nothing.
   *
   * @throws {Error} when the port is taken or may not be used; when the emulator has been closed.
   */
  listen(): Promise<void>;
  /** Goes back to the fixture: the same calls give the same ids and secrets again. */
  reset(): Promise<void>;
  /** Ends listening, gives requests under way a moment, and keeps what is left. Safe to call twice. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes an emulator without a socket: `emulator.app` answers, and `listen()` opens one.
 *
 * @throws {FixtureError} when the fixture or data file cannot be used.
 * @throws {Error} when an option cannot be used.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { port = 0, host = '127.0.0.1', fixture = 'documentation', dataFile, seed, allowHosts = [] } = options;
  requirePort(port);
  const clock = createClock(readInstant(options.now));
  const ids = createIds(clock, seed);
  const store = openStore(fixture, dataFile, clock, ids);

  const credentialsOf = (emailOrId?: string): Credentials | undefined => {
    const { state } = store;
    const user = emailOrId === undefined ? administrator() : lookUpUser(state, emailOrId);
    const organization = user && state.organizations.get(user.organizationId);
    if (user === undefined || organization === undefined) return undefined;
    return {
      userSecret: user.secret,
      organizationSecret: organization.secret,
      authorization: authorizationOf(user.secret, organization.secret),
    };
  };
  const administrator = (): UserRecord | undefined => {
    const { organizations, users } = store.state;
    const first = organizations.values().next().value;
    const candidates = [...users.values()].filter(
      (user) => user.organizationId === first?.id && user.roles.includes('org-admin'),
    );
    return candidates.find((user) => user.active) ?? candidates[0];
  };

  const app = createApp({
    world: () => ({ state: store.state, clock, ids }),
    flush: () => store.flush(),
    onRequest: options.onRequest,
    onUnexpectedError: (error, during) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`cloud-elements-emulator: unexpected error in ${during}: ${detail}\n`);
    },
    allowHosts,
    credentialsOf,
  });

  let server: Server | undefined;
  let opening: Promise<void> | undefined;
  const open = async () => {
    const created = createServer(app);
    answerClientErrors(created, () => ids.requestId());
    try {
      await listen(created, port, host);
      server = created;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  let closing: Promise<void> | undefined;
  const urlOf = (): string => {
    const address = server?.address();
    if (address === null || address === undefined || typeof address === 'string') {
      throw new Error('The emulator is not listening: await emulator.listen() first, or use startEmulator().');
    }
    return formatUrl(address);
  };

  const emulator: Omit<Emulator, typeof Symbol.asyncDispose> = {
    get url() {
      return urlOf();
    },
    get baseUrl() {
      return urlOf() + basePath;
    },
    app: app as RequestListener,
    get credentials() {
      const credentials = credentialsOf();
      if (credentials === undefined) {
        throw new Error('The first organization has no administrator any more: reset() the emulator.');
      }
      return credentials;
    },
    authorizationFor: (emailOrId) => {
      const credentials = credentialsOf(String(emailOrId));
      if (credentials === undefined) throw new Error(`There is no user '${emailOrId}' in the emulator.`);
      return credentials.authorization;
    },
    listen: async () => {
      if (closing !== undefined) throw new Error('The emulator has been closed: create another one.');
      opening ??= open();
      await opening;
    },
    reset: async () => {
      ids.reset();
      await store.reset();
    },
    close: () => {
      closing ??= (async () => {
        await opening?.catch(() => undefined);
        if (server !== undefined) await closeServer(server);
        await store.flush();
      })();
      return closing;
    },
  };
  return Object.defineProperty(emulator, asyncDispose, { value: () => emulator.close() }) as Emulator;
}

/**
 * Makes an emulator and opens its socket.
 *
 * @throws what `createEmulator` and `listen` throw.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = createEmulator(options);
  await emulator.listen();
  return emulator;
}

// Test environments of their own can lack the symbol that Node 20 brings.
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

function requirePort(port: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return;
  throw new Error(`Option 'port' must be a whole number from 0 to 65535, not ${port}.`);
}

function readInstant(now: string | undefined): number | undefined {
  if (now === undefined) return undefined;
  const instant = parseDate(now);
  if (instant === undefined) throw new Error(`Option 'now' must be an ISO 8601 instant, not '${now}'.`);
  return instant.at;
}

function formatUrl({ address, family, port }: AddressInfo): string {
  const any: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const host = any[address] ?? address;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}
