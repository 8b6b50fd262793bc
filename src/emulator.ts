import type { RequestListener } from 'node:http';
import { createApp } from './app.ts';
import { createControls } from './control/controls.ts';
import type { Credentials } from './control/credentials.ts';
import { Events } from './control/events.ts';
import { Interceptions } from './control/interceptions.ts';
import { restartable } from './control/restart.ts';
import type { Faults } from './faults/fault.ts';
import { FaultList } from './faults/fault-list.ts';
import type { Fixture } from './fixtures/fixture-types.ts';
import type { Snapshot } from './fixtures/snapshot-types.ts';
import { tellClosed } from './http/closed.ts';
import { holdable } from './http/hold.ts';
import { InFlight } from './http/in-flight.ts';
import { acceptInterceptions } from './http/intercepted.ts';
import { basePath } from './http/paths.ts';
import { Socket } from './http/server.ts';
import { type Journal, RequestJournal } from './journal/journal.ts';
import { checkOptions, type EmulatorOptions } from './options.ts';
import { Clock, controlClock, type EmulatorClock, readInstant } from './state/clock.ts';
import { createIds } from './state/ids.ts';
import { openStore } from './store.ts';
import { fixtureStubs, optionStubs } from './stubs/given-stubs.ts';
import type { Stub, Stubs } from './stubs/stub.ts';
import { StubList } from './stubs/stub-list.ts';
import { messageOf } from './text/message-of.ts';
import { version } from './text/version.ts';
import { provideCertificate } from './tls/certificate.ts';
import type { Certificate } from './tls/key-pair.ts';

/** The platform on this machine. */
export interface Emulator {
  /** Where it listens, such as `http://127.0.0.1:49152`. @throws {Error} before `listen()`. */
  readonly url: string;
  /** `url` with the platform's base path: what a client takes as its host. @throws {Error} before `listen()`. */
  readonly baseUrl: string;
  /**
   * The certificate that a client has to trust with the option `https`, in PEM: the authority of the certificate that
   * was made at the start, or the certificate that was given. @throws {Error} before `listen()`, and without the
   * option.
   */
  readonly certificate: string;
  /** The app for `supertest(emulator.app)` or a server of your own. */
  readonly app: RequestListener;
  /** The secrets of the administrator of the first organization. @throws {Error} when it does not have one any more. */
  readonly credentials: Credentials;
  /** The `Authorization` header of any user, by email or id. @throws {Error} when there is no such user. */
  authorizationFor(emailOrId: string | number): string;
  /**
   * Opens the socket; further calls change nothing.
   *
   * @throws {Error} when the port is taken or may not be used; when the emulator has been closed.
   */
  listen(): Promise<void>;
  /** The requests that it has received, oldest first. */
  readonly requests: Journal;
  /** The faults that a test injects. */
  readonly faults: Faults;
  /** Answers of your own, where the platform is not emulated and over its operations. */
  readonly stubs: Stubs;
  /** The source of every date that it shows. */
  readonly clock: EmulatorClock;
  /**
   * Goes back to the beginning: state, clock and ids of the fixture, no faults, the stubs of the start, an empty
   * journal. The same calls get the same answers again. Requests under way finish first; requests that arrive meanwhile
   * wait.
   */
  reset(): Promise<void>;
  /**
   * The present state and time as plain JSON, complete, to save as a fixture or to restore. It contains secrets and passwords.
   *
   * It is deeply frozen, so that restoring the same object takes the same time however large it is:
   * `structuredClone(emulator.snapshot())` gives a copy that can be changed.
   */
  snapshot(): Snapshot;
  /**
   * Goes to the state and time that a snapshot or fixture describes; faults, stubs and journal stay. Requests under way
   * finish first. Quickest with a snapshot of this emulator.
   *
   * @throws {FixtureError} when it cannot be used; nothing has changed then.
   */
  restore(snapshot: Fixture): Promise<void>;
  /**
   * Closes the socket, ends the interceptions of this emulator, waits shortly for requests under way, and saves the
   * last changes. Later calls to it fail with "The emulator has been closed". Calling it twice is safe.
   */
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
  checkOptions(options);
  const { port = 0, host = '127.0.0.1', fixture = 'documentation', dataFile, seed } = options;
  const { allowHosts = [], journalLimit = 1000, journalBytes = 100_000_000, https = false, onRequest } = options;
  const now = options.now === undefined ? undefined : readInstant(options.now, "Option 'now'");

  const clock = new Clock(now);
  const ids = createIds(clock, seed);
  const onError = (error: unknown, during: string) => {
    try {
      (options.onError ?? reportError)(error, during);
    } catch (failure) {
      reportError(error, during);
      reportError(failure, 'onError');
    }
  };
  const ofOptions = optionStubs(options.stubs);
  let ofFixture: readonly Stub[] = [];
  const store = openStore({
    ...{ fixture, dataFile, now, clock, ids },
    onError: (error) => onError(error, 'rewriting the data file (no change is lost: its log has them all)'),
    onFixture: (written, source) => {
      ofFixture = fixtureStubs(written.stubs, source);
    },
    onWait: (message) => process.stderr.write(`cloud-elements-emulator: ${message}\n`),
  });
  const events: Events = new Events(() => ({
    version,
    now: new Date(clock.now()).toISOString(),
    isRunning: !('standing' in clock.time),
    ...(dataFile === undefined ? {} : { hasDataFile: true as const }),
    ...(interceptions.hosts().length === 0 ? {} : { intercepted: interceptions.hosts() }),
    faults: faults.list().length,
    stubs: stubs.list().length,
    snapshots: controls.snapshotNames().length,
    requests: journal.length,
  }));
  const interceptions = new Interceptions(() => events.publish('interceptions'));
  const stubs = new StubList(() => events.publish('stubs'));
  stubs.begin(() => [...ofFixture, ...ofOptions]);
  const faults = new FaultList(
    () => events.publish('faults'),
    () => stubs.paths(),
  );
  const journal = new RequestJournal(
    { requests: journalLimit, bytes: journalBytes },
    () => events.publish('journal'),
    () => stubs.paths(),
  );
  const inFlight = new InFlight();
  let certificate: Certificate | undefined;
  const trusted = () => certificate?.trusted;
  const parts = { clock, ids, store, faults, stubs, journal, inFlight, events, certificate: trusted };
  const controls = createControls(parts);
  let closing: Promise<void> | undefined;
  const app = createApp({
    context: () => ({ state: store.state, clock, ids }),
    flush: () => store.flush(),
    faults,
    stubs,
    journal,
    inFlight,
    events,
    controls,
    allowHosts,
    isClosed: () => closing !== undefined,
    onRequest,
    onError,
  });
  tellClosed(app.listener, () => closing !== undefined);
  acceptInterceptions(app.listener, { classes: app.classes, begin: (hosts) => interceptions.begin(hosts) });
  const keyPair = https && (async () => (certificate ??= await provideCertificate(https, [host, ...allowHosts])));
  const address = { port, host, keyPair: keyPair || undefined };
  const socket = new Socket(app.listener, address, () => ids.requestId(), app.classes);

  const close = () => {
    closing ??= (async () => {
      inFlight.endDelays();
      events.close();
      await socket.close();
      // Requests to the app alone do not go through the socket.
      await inFlight.exclusively(() => store.close());
    })();
    return closing;
  };

  return {
    get url() {
      return socket.url;
    },
    get baseUrl() {
      return socket.url + basePath;
    },
    get certificate() {
      if (certificate !== undefined) return certificate.trusted;
      throw new Error(
        https === false ? noHttps : 'The certificate is made when it listens: await emulator.listen() first.',
      );
    },
    app: app.listener,
    get credentials() {
      const credentials = controls.credentialsOf();
      if (credentials === undefined) {
        throw new Error('The first organization has no administrator any more: reset() the emulator.');
      }
      return credentials;
    },
    authorizationFor: (emailOrId) => {
      const credentials = controls.credentialsOf(String(emailOrId));
      if (credentials === undefined) throw new Error(`There is no user '${emailOrId}' in the emulator.`);
      return credentials.authorization;
    },
    requests: journal,
    faults,
    stubs,
    clock: controlClock(clock, () => events.publish('clock')),
    listen: () => socket.open(),
    reset: () => controls.reset(),
    snapshot: () => controls.snapshot(),
    restore: async (snapshot) => controls.restore(snapshot),
    close,
    [asyncDispose]: close,
    ...holdable((isHolding) => socket.hold(isHolding)),
    ...restartable((given) => controls.restart(given)),
  };
}

/**
 * Makes an emulator and opens its socket.
 *
 * @throws what `createEmulator` and `listen` throw.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = createEmulator(options);
  try {
    await emulator.listen();
  } catch (error) {
    // The caller never gets this emulator and cannot close it, which releases the data file.
    await emulator.close();
    throw error;
  }
  return emulator;
}

const noHttps = "The emulator speaks HTTP and has no certificate: start it with the option 'https'.";

// Custom test environments can lack the symbol that Node 20 brings.
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

function reportError(error: unknown, during: string): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  process.stderr.write(`cloud-elements-emulator: unexpected error in ${during}: ${detail}\n`);
}
