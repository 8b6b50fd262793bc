import { accessSync, constants, existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Low, Memory } from 'lowdb';
import { parseDate } from '../ceql/index.ts';
import { Clock, type ClockTime } from '../clock.ts';
import { describeFileError } from '../file-error.ts';
import type { Ids } from '../ids.ts';
import { codeOf } from '../message-of.ts';
import { logPathOf } from './beside.ts';
import { checkFixture } from './check-fixture.ts';
import { type Filled, fillFixture } from './fill-fixture.ts';
import { FixtureError } from './fixture-error.ts';
import type { CheckedFixture } from './fixture-schema.ts';
import type { Fixture } from './fixture-types.ts';
import { JsonFile, type JsonFileOptions } from './json-file.ts';
import { loadFixture } from './load-fixture.ts';
import { lockFile } from './lock.ts';
import type { State } from './state.ts';
import { type WrittenFixture, writeFixture } from './write-fixture.ts';

/** The emulator at one moment: what a reset or a restore goes back to. Its state is never changed. */
export interface Moment {
  readonly state: State;
  readonly time: ClockTime;
  /** How many request ids have been given. */
  readonly requests: number;
}

/** Where the state lives: in memory, with lowdb as the way to keep it. */
export interface Store {
  /** The present state; another object after a return to a moment. */
  readonly state: State;
  /** The moment at which the emulator began. */
  readonly start: Moment;
  /**
   * Resolves once every change made so far is kept on disk; `undefined` without a data file.
   *
   * @throws {StorageError} when they could not be kept, and have been taken back.
   */
  flush(): Promise<void> | undefined;
  /** The present moment, at no cost that grows with the state. */
  capture(): Moment;
  /** Goes back to a moment, and keeps that. @throws {StorageError} when it cannot be kept; nothing is changed then. */
  goTo(moment: Moment): Promise<void>;
  /** Keeps what is left to be kept, writes the data file anew, and lets others have it. */
  close(): Promise<void>;
}

/** What a store is opened with. */
export interface StoreOptions {
  readonly fixture: string | Fixture;
  readonly dataFile: string | undefined;
  /** Where the clock is to stand at first; else where the fixture says. */
  readonly now: number | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told when the data file could not be written anew in the background; nothing is lost then. */
  onError?(error: unknown): void;
}

/**
 * Opens a store: from the data file when there is one already, else from the fixture.
 *
 * @throws {FixtureError} when the fixture or the data file cannot be used; both are left as they are.
 */
export function openStore({ fixture, dataFile, now, clock, ids, onError = () => undefined }: StoreOptions): Store {
  const { fixture: written, source } = loadFixture(fixture);
  const start = readMoment(written, source, clock, ids, now);
  setTime(start, clock, ids);

  const build = (value: unknown, path: string) => readState(value, path, clock, ids);
  const file = dataFile === undefined ? undefined : openFile(dataFile, start.state, { build, onError });
  const db = new Low<State>(file?.adapter ?? new Memory<State>(), file?.state ?? start.state.fork());
  /** Puts another state in place; the old one stays when it cannot be kept. */
  const replace = async (state: State) => {
    const before = db.data;
    if (file !== undefined) {
      // What is still to be written is of a state that ends here, whatever becomes of it.
      await db.write().catch(() => undefined);
      state.track();
    }
    db.data = state;
    try {
      await db.write();
    } catch (error) {
      db.data = before;
      throw error;
    }
  };

  return {
    start,
    get state() {
      return db.data;
    },
    flush: () => (file === undefined ? undefined : db.write()),
    capture: () => ({ state: db.data.fork(), time: clock.time, requests: ids.requests }),
    goTo: async (moment) => {
      await replace(moment.state.fork());
      setTime(moment, clock, ids);
    },
    close: async () => {
      try {
        await db.write();
      } finally {
        await file?.adapter.close();
        file?.release();
      }
    },
  };
}

/** A data file that is locked, with what is in it. */
interface OpenFile {
  readonly adapter: JsonFile;
  readonly state: State;
  release(): void;
}

/**
 * Locks the data file, makes it when there is none, and reads it.
 *
 * @throws {FixtureError} when it cannot be used; it is left as it was.
 */
function openFile(given: string, initial: State, options: Pick<JsonFileOptions, 'build' | 'onError'>): OpenFile {
  if (typeof given !== 'string') throw new Error("Option 'dataFile' must be the path of a file.");
  if (given.trim() === '') throw new FixtureError('the data file', '', 'its path is blank');
  // Two ways to one file must find one lock.
  const path = followLinks(resolve(given));
  const lock = lockFile(path);
  try {
    const adapter = new JsonFile({ ...options, path, requireOwn: () => lock.requireHeld() });
    for (const each of [path, logPathOf(path)]) requireWritable(each);
    const state = adapter.open(initial);
    return { adapter, state, release: () => lock.release() };
  } catch (error) {
    lock.release();
    if (error instanceof FixtureError) throw error;
    throw new FixtureError(path, '', `the data file cannot be written: ${describeFileError(error, path, 'write')}`);
  }
}

/** The file itself, which need not exist: a link stays a link. @throws {FixtureError} for one that is out of reach, and links in a circle. */
function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new FixtureError(path, '', `the file cannot be read: ${describeFileError(error, path, 'read')}`);
    const target = readLink(path);
    return target === undefined ? path : followLinks(resolve(dirname(path), target));
  }
}

function readLink(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
}

/** It is replaced and not written to, so that it would not be found out otherwise. */
function requireWritable(path: string): void {
  if (!existsSync(path)) return;
  const stats = statSync(path);
  if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is no regular file');
  accessSync(path, constants.W_OK);
}

/** Writes a moment out as a fixture. */
export function writeMoment({ state, time, requests }: Moment): WrittenFixture {
  const { version, sequences, ...fixture } = writeFixture(state);
  return { version, ...writeTime(time), ...fixture, sequences: { ...sequences, request: requests + 1 } };
}

function writeTime(time: ClockTime): Pick<CheckedFixture, 'now' | 'ahead'> {
  if ('standing' in time) return { now: new Date(time.standing).toISOString() };
  return time.ahead === 0 ? {} : { ahead: time.ahead };
}

/**
 * Builds the moment that a checked fixture describes.
 *
 * @param now where the clock is to stand, whatever the fixture says.
 * @throws {FixtureError} for what the form of a fixture does not rule out.
 */
export function readMoment(fixture: CheckedFixture, source: string, clock: Clock, ids: Ids, now?: number): Moment {
  const standing = now ?? readNow(fixture, source);
  // Dates that are not written are those of this moment.
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

function setTime({ time, requests }: Moment, clock: Clock, ids: Ids): void {
  clock.time = time;
  ids.requests = requests;
}

function readState(value: unknown, source: string, clock: Clock, ids: Ids): Filled {
  checkFixture(value, source);
  return fillFixture(value, source, clock, ids);
}
