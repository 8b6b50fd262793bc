import type { FaultList } from '../faults/fault-list.ts';
import { checkFixture } from '../fixtures/check-fixture.ts';
import type { Snapshot } from '../fixtures/snapshot-types.ts';
import type { InFlight } from '../http/in-flight.ts';
import type { RequestJournal } from '../journal/journal.ts';
import type { Clock, ClockTime } from '../state/clock.ts';
import type { Ids } from '../state/ids.ts';
import type { State } from '../state/state.ts';
import { type Checkpoint, checkpointText, readCheckpoint, type Store, writeCheckpoint } from '../store.ts';
import type { StubList } from '../stubs/stub-list.ts';
import { type Credentials, findCredentials } from './credentials.ts';
import { describeSnapshot } from './describe-snapshot.ts';
import type { Events } from './events.ts';
import type { SavedSnapshot } from './saved-snapshot.ts';

/** The functions that the emulator's own methods and the control endpoints share. */
export interface Controls {
  readonly faults: FaultList;
  readonly stubs: StubList;
  readonly requests: RequestJournal;
  readonly events: Events;
  /** The present instant in epoch milliseconds. */
  now(): number;
  setClock(time: ClockTime): void;
  /** Moves the clock, which stands or runs as before. */
  moveClock(milliseconds: number): void;
  /** Goes back to the beginning: the state, the clock and the ids; removes faults and later stubs, and empties the journal. */
  reset(): Promise<void>;
  /** Goes to the start of another fixture, and later resets go there too. @throws {FixtureError} */
  restart(fixture: string): Promise<void>;
  /** The present checkpoint as a fixture. */
  snapshot(): Snapshot;
  /** Goes to the checkpoint that a fixture describes. @throws {FixtureError} when it cannot be used. */
  restore(snapshot: unknown): Promise<void>;
  /** The names of the saved snapshots, oldest first. */
  snapshotNames(): string[];
  /** The saved snapshots with their times and numbers of records, oldest first. */
  listSnapshots(): SavedSnapshot[];
  /** Saves the present checkpoint, or the one that a fixture describes, under a name. @throws {FixtureError} */
  saveSnapshot(name: string, fixture?: unknown): void;
  /** The text of a saved snapshot as a fixture, in small pieces; `undefined` when no snapshot has that name. */
  readSnapshot(name: string): Iterable<string> | undefined;
  /** Deletes a snapshot; `false` when no snapshot has that name. */
  deleteSnapshot(name: string): boolean;
  /** Goes back to a snapshot; `false` when no snapshot has that name. */
  restoreSnapshot(name: string): Promise<boolean>;
  /** The credentials of a user, of the administrator by default; `undefined` when there is none. */
  credentialsOf(emailOrId?: string): Credentials | undefined;
  /** The present state. */
  state(): State;
  /** What clients have to trust, in PEM; `undefined` without HTTPS. */
  certificate(): string | undefined;
}

/** The largest number of snapshots that are saved by name. */
const maxSnapshots = 100;

/** The parts of an emulator that its controls change. */
export interface ControlledParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly store: Store;
  readonly faults: FaultList;
  readonly stubs: StubList;
  readonly journal: RequestJournal;
  readonly inFlight: InFlight;
  readonly events: Events;
  certificate(): string | undefined;
}

/** Makes the controls of an emulator. */
export function createControls(parts: ControlledParts): Controls {
  const { clock, ids, store, faults, stubs, journal, inFlight, events, certificate } = parts;
  const saved = new Map<string, { readonly checkpoint: Checkpoint; readonly about: SavedSnapshot }>();
  const read = (snapshot: unknown): Checkpoint => {
    const source = 'the snapshot given';
    checkFixture(snapshot, source);
    return readCheckpoint(snapshot, source, clock, ids);
  };
  /** The checkpoints of the snapshots that `snapshot()` gave. These are frozen, so that going back is a fork. */
  const given = new WeakMap<object, Checkpoint>();
  const goTo = (checkpoint: Checkpoint) => inFlight.exclusively(() => goToNow(checkpoint));
  const goToNow = async (checkpoint: Checkpoint) => {
    await store.goTo(checkpoint);
    events.publish('state');
    events.publish('clock');
  };

  const reset = () =>
    inFlight.exclusively(async () => {
      await goToNow(store.start);
      faults.reset();
      stubs.reset();
      journal.clear();
      events.publish('reset');
    });

  return {
    faults,
    stubs,
    requests: journal,
    events,
    now: () => clock.now(),
    setClock: (time) => {
      clock.time = time;
      events.publish('clock');
    },
    moveClock: (milliseconds) => {
      clock.advance(milliseconds);
      events.publish('clock');
    },
    reset,
    restart: async (fixture) => {
      store.startFrom(fixture);
      await reset();
    },
    snapshot: () => {
      const checkpoint = store.capture();
      const snapshot = deepFreeze(writeCheckpoint(checkpoint));
      given.set(snapshot, checkpoint);
      return snapshot;
    },
    restore: (snapshot) => {
      const known = typeof snapshot === 'object' && snapshot !== null ? given.get(snapshot) : undefined;
      return goTo(known ?? read(snapshot));
    },
    snapshotNames: () => [...saved.keys()],
    listSnapshots: () => [...saved.values()].map(({ about }) => about),
    saveSnapshot: (name, fixture) => {
      const checkpoint = fixture === undefined ? store.capture() : read(fixture);
      if (!saved.has(name) && saved.size >= maxSnapshots) {
        throw new Error(`There are ${maxSnapshots} snapshots already: use one of their names again.`);
      }
      saved.set(name, { checkpoint, about: describeSnapshot(name, checkpoint, clock.now()) });
      events.publish('snapshots');
    },
    readSnapshot: (name) => {
      const checkpoint = saved.get(name)?.checkpoint;
      return checkpoint && checkpointText(checkpoint);
    },
    deleteSnapshot: (name) => {
      events.publish('snapshots');
      return saved.delete(name);
    },
    restoreSnapshot: async (name) => {
      const checkpoint = saved.get(name)?.checkpoint;
      if (checkpoint !== undefined) await goTo(checkpoint);
      return checkpoint !== undefined;
    },
    credentialsOf: (emailOrId) => findCredentials(store.state, emailOrId),
    state: () => store.state,
    certificate,
  };
}

/** Freezes a value deeply. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const key in value) deepFreeze(value[key]);
  return Object.freeze(value);
}
