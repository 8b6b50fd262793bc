import { checkFixture } from './fixtures/check-fixture.ts';
import { type Filled, fillFixture } from './fixtures/fill-fixture.ts';
import { FixtureError } from './fixtures/fixture-error.ts';
import type { CheckedFixture } from './fixtures/fixture-schema.ts';
import { fixtureText } from './fixtures/fixture-text.ts';
import type { Fixture } from './fixtures/fixture-types.ts';
import { loadFixture } from './fixtures/load-fixture.ts';
import { type WrittenFixture, writeFixture } from './fixtures/write-fixture.ts';
import { open } from './persistence/index.ts';
import { Clock, type ClockTime } from './state/clock.ts';
import { parseDate } from './state/dates.ts';
import type { Ids } from './state/ids.ts';
import type { State } from './state/state.ts';

/**
 * The state that a reset or a restore goes back to, which is never changed, with the clock and the count of request
 * ids.
 */
export interface Checkpoint {
  readonly state: State;
  readonly time: ClockTime;
  /** How many request ids had been given. */
  readonly requests: number;
}

/** The state and its checkpoints. */
export interface Store {
  /** The present state; another object after a return to a checkpoint. */
  readonly state: State;
  /** The checkpoint at which the emulator began. */
  readonly start: Checkpoint;
  /** Makes another fixture the start, without going there. @throws {FixtureError} when it cannot be used. */
  startFrom(fixture: string | Fixture): void;
  /**
   * Resolves once all changes so far are on disk; `undefined` without a data file.
   *
   * @throws {StorageError} when they could not be saved and have been undone.
   */
  flush(): Promise<void> | undefined;
  /** The present checkpoint, at no cost that grows with the state. */
  capture(): Checkpoint;
  /**
   * Goes back to a checkpoint and saves it. @throws {StorageError} when it cannot be saved; nothing has changed then.
   */
  goTo(checkpoint: Checkpoint): Promise<void>;
  /** Saves the last changes, rewrites the data file and releases it. */
  close(): Promise<void>;
}

/** The options of a store. */
export interface StoreOptions {
  readonly fixture: string | Fixture;
  readonly dataFile: string | undefined;
  /** Where the clock stands at first. Default: the instant of the fixture. */
  readonly now: number | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called with the fixture, before a data file is opened. `openStore` throws what this throws. */
  onFixture?(fixture: CheckedFixture, source: string): void;
  /** Called when the data file could not be rewritten; nothing is lost then. */
  onError?(error: unknown): void;
  /** Called when a start has to wait, with the reason. */
  onWait?(message: string): void;
}

/**
 * Opens a store: from an existing data file, otherwise from the fixture.
 *
 * @throws {FixtureError} when the fixture or the data file cannot be used; both stay unchanged.
 */
export function openStore({ fixture, dataFile, now, clock, ids, onFixture, ...listeners }: StoreOptions): Store {
  const readStart = (given: string | Fixture): Checkpoint => {
    const { fixture: written, source } = loadFixture(given);
    // Not the emulator's own clock, which a test may have set.
    const checkpoint = readCheckpoint(written, source, new Clock(now), ids, now);
    onFixture?.(written, source);
    return checkpoint;
  };
  let start = readStart(fixture);
  setTime(start, clock, ids);

  const persistence = open({
    ...{ dataFile, initial: start.state, onError: () => undefined, onWait: () => undefined, ...listeners },
    build: (value, path) => readState(value, path, clock, ids),
  });
  return {
    get start() {
      return start;
    },
    startFrom: (given) => {
      start = readStart(given);
    },
    get state() {
      return persistence.state;
    },
    flush: () => persistence.keep(),
    capture: () => ({ state: persistence.state.fork(), time: clock.time, requests: ids.requests }),
    goTo: async (checkpoint) => {
      await persistence.replace(checkpoint.state.fork());
      setTime(checkpoint, clock, ids);
    },
    close: () => persistence.close(),
  };
}

/** Writes a checkpoint as a fixture. */
export function writeCheckpoint({ state, time, requests }: Checkpoint): WrittenFixture {
  const { version, sequences, ...fixture } = writeFixture(state);
  return { version, ...writeTime(time), ...fixture, sequences: { ...sequences, request: requests + 1 } };
}

/** The text of a checkpoint as a fixture, in small pieces, which can be made while requests are answered in between. */
export function checkpointText({ state, time, requests }: Checkpoint): Iterable<string> {
  // A separate fork: a restore of the checkpoint meanwhile can change the order of its tables.
  return fixtureText(state.fork(), { indent: 0, head: writeTime(time), sequences: { request: requests + 1 } });
}

function writeTime(time: ClockTime): Pick<CheckedFixture, 'now' | 'ahead'> {
  if ('standing' in time) return { now: new Date(time.standing).toISOString() };
  return time.ahead === 0 ? {} : { ahead: time.ahead };
}

/**
 * Builds the checkpoint that a checked fixture describes.
 *
 * @param now where the clock stands, in place of the fixture's instant.
 * @throws {FixtureError} for mistakes that the schema of fixtures does not find.
 */
export function readCheckpoint(
  fixture: CheckedFixture,
  source: string,
  clock: Clock,
  ids: Ids,
  now?: number,
): Checkpoint {
  const standing = now ?? readNow(fixture, source);
  // Dates that the fixture leaves out are set to this instant.
  const then: Clock = standing === undefined ? clock : new Clock(standing);
  return {
    state: fillFixture(fixture, source, then, ids).state,
    time: standing === undefined ? { ahead: fixture.ahead ?? 0 } : { standing },
    requests: (fixture.sequences?.request ?? 1) - 1,
  };
}

function readNow({ now }: CheckedFixture, source: string): number | undefined {
  if (now === undefined) return undefined;
  const date = parseDate(now);
  if (date === undefined) throw new FixtureError(source, '/now', `found "${now}", expected an instant that exists`);
  return date.at;
}

function setTime({ time, requests }: Checkpoint, clock: Clock, ids: Ids): void {
  clock.time = time;
  ids.requests = requests;
}

function readState(value: unknown, source: string, clock: Clock, ids: Ids): Filled {
  checkFixture(value, source);
  if (value.stubs !== undefined) {
    // Rewriting the file would lose them.
    const problem = 'a data file keeps the state alone: move the stubs to the fixture with which the emulator starts';
    throw new FixtureError(source, '/stubs', problem);
  }
  return fillFixture(value, source, clock, ids);
}
