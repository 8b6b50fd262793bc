import { type App, createApp } from '../../src/app.ts';
import { createControls } from '../../src/control/controls.ts';
import { Events } from '../../src/control/events.ts';
import { FaultList } from '../../src/faults/fault-list.ts';
import type { Fixture } from '../../src/fixtures/fixture-types.ts';
import { InFlight } from '../../src/http/in-flight.ts';
import { Socket } from '../../src/http/server.ts';
import { RequestJournal } from '../../src/journal/journal.ts';
import type { RecordedRequest } from '../../src/journal/recorded-request.ts';
import { Clock } from '../../src/state/clock.ts';
import { createIds } from '../../src/state/ids.ts';
import type { State } from '../../src/state/state.ts';
import { openStore } from '../../src/store.ts';
import { StubList } from '../../src/stubs/stub-list.ts';
import { messageOf } from '../../src/text/message-of.ts';
import { world } from '../support/world.ts';

const now = Date.parse('2020-03-01T10:20:30Z');

/** An emulator with its parts in hand, composed as `src/emulator.ts` does. */
export interface Subject {
  readonly app: App;
  readonly state: State;
  /** The request that was last noted. */
  readonly last: RecordedRequest | undefined;
  /** The errors that the emulator has reported. */
  readonly errors: readonly string[];
  requestId(): string;
  snapshot(): Fixture;
}

/** @param fixture default: the fixture of the other tests. */
export function createSubject(fixture: Fixture = world): Subject {
  const clock = new Clock(now);
  const ids = createIds(clock, 'fuzz');
  const store = openStore({ fixture, dataFile: undefined, now, clock, ids });
  const faults = new FaultList();
  const stubs = new StubList();
  const journal = new RequestJournal({ requests: 10, bytes: 1_000_000 });
  const inFlight = new InFlight();
  // Nobody listens.
  const status = { version: '', now: '', isRunning: false, faults: 0, stubs: 0, snapshots: 0, requests: 0 };
  const events = new Events(() => status);
  const certificate = () => undefined;
  const controls = createControls({ clock, ids, store, faults, stubs, journal, inFlight, events, certificate });
  const errors: string[] = [];
  const app = createApp({
    context: () => ({ state: store.state, clock, ids }),
    flush: () => store.flush(),
    faults,
    stubs,
    journal,
    inFlight,
    events,
    controls,
    isClosed: () => false,
    allowHosts: [],
    onError: (error, during) => {
      errors.push(`${during}: ${error instanceof Error ? error.stack : messageOf(error)}`);
    },
  });
  return {
    app,
    get state() {
      return store.state;
    },
    get last() {
      return journal.all().at(-1);
    },
    errors,
    requestId: () => ids.requestId(),
    snapshot: () => controls.snapshot(),
  };
}

/** Opens the socket of a subject, as `src/emulator.ts` does. */
export async function serve({ app, requestId }: Subject) {
  const socket = new Socket(app.listener, { port: 0, host: '127.0.0.1' }, requestId, app.classes);
  await socket.open();
  return { port: Number(new URL(socket.url).port), close: () => socket.close() };
}
