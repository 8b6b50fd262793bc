/**
 * The state, in memory or in a data file. Other folders use what `open` returns: `state`, `keep`, `replace`, `close`.
 * There are three files: FILE is a complete fixture, FILE.log has the changes since, FILE.lock names the owner.
 *
 * What is written when. All changes of a few turns of the event loop are one flush: a line is appended to the log and
 * synced, while nothing else runs. When that fails, the flush undoes its changes in memory. `replace`, `close`, and a
 * start that finds a log rewrite FILE, and so does a change when the log is large: the new text is synced next to FILE,
 * a mark with its digest is appended to the log, the new text replaces FILE, the log is removed. A step that fails
 * undoes the steps before it. Each file appears with all of its content, from a name that nobody can guess.
 *
 * What a start does. It takes the lock, removes drafts of killed processes, reads FILE, and repeats the changes that
 * FILE does not have: all of them when the log continues its text, those after the mark when a mark has its digest. In
 * every other case the start is refused and changes nothing. An incomplete last line is dropped: nobody got its answer.
 *
 * Why no change is lost. A change is acknowledged when its line is on disk and, after that, lock, file and log are as
 * this emulator left them. The next owner takes the lock before it reads, so that it reads all acknowledged changes. An
 * owner that was only stopped finds the lock of another emulator when it continues, and no draft and log of its own.
 * Files that another process has edited, removed or replaced stay unchanged. FILE and log fit after a kill at any step.
 */
import { accessSync, constants, existsSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
// Not the global, which a suite's fake timers replace.
import { setImmediate } from 'node:timers/promises';
import { LowSync, MemorySync } from 'lowdb';
import { FixtureError } from '../fixtures/fixture-error.ts';
import type { State } from '../state/state.ts';
import { describeFileError } from '../text/file-error.ts';
import { codeOf } from '../text/message-of.ts';
import { DataFile, type DataFileOptions } from './data-file.ts';
import { found } from './files.ts';
import { type Lock, lockFile } from './lock.ts';

export { lockPathOf, logPathOf } from './files.ts';
export { holderOf } from './lock.ts';
export { type Build, readDataFile } from './read-data-file.ts';
export { StorageError } from './storage-error.ts';

/** This many turns of the event loop share a flush: Node accepts a connection in each, which would wait for its flush. */
const turns = 25;

/** The state, and the functions that save it. */
export interface Persistence {
  /** The present state; another object once it has been replaced. */
  readonly state: State;
  /** Resolves once all changes are on disk; `undefined` in memory. @throws {StorageError} when they are undone. */
  keep(): Promise<void> | undefined;
  /** Replaces the state. @throws {StorageError} when the new state cannot be saved; the old one stays then. */
  replace(state: State): Promise<void>;
  /** Saves the last changes, rewrites the data file, and releases it. */
  close(): Promise<void>;
}

export interface PersistenceOptions extends Pick<DataFileOptions, 'initial' | 'build' | 'onError'> {
  /** The path of the data file; absent for memory. */
  readonly dataFile: string | undefined;
  /** Called with the reason when the start takes long. */
  onWait(message: string): void;
}

/** Opens the state. @throws {FixtureError} when the data file cannot be used; it stays unchanged. */
export function open(options: PersistenceOptions): Persistence {
  const file = options.dataFile === undefined ? undefined : openFile(options.dataFile, options);
  const db = new LowSync<State>(file?.adapter ?? new MemorySync<State>(), file?.state ?? options.initial.fork());
  let flush: Promise<void> | undefined;
  const flushSoon = async () => {
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    flush = undefined;
    db.write();
  };
  const keep = () => (flush ??= flushSoon());
  return {
    get state() {
      return db.data;
    },
    keep: () => (file === undefined ? undefined : keep()),
    replace: async (state) => {
      const before = db.data;
      db.data = state;
      try {
        db.write();
      } catch (error) {
        db.data = before;
        throw error;
      }
    },
    close: async () => {
      try {
        if (file !== undefined) await keep();
      } finally {
        file?.adapter.close();
      }
    },
  };
}

/** Locks the data file, creates it if it does not exist, and reads it. */
function openFile(given: string, options: PersistenceOptions) {
  if (given.trim() === '') throw new FixtureError('the data file', '', 'its path is blank');
  // All paths to one file must lead to one lock.
  const path = followLinks(resolve(given));
  let lock: Lock | undefined;
  try {
    lock = lockFile(path, options.onWait);
    // Replacing the file would not need this permission.
    if (existsSync(path)) accessSync(path, constants.W_OK);
    const adapter = new DataFile(path, lock, options);
    return { adapter, state: adapter.read() };
  } catch (error) {
    lock?.release();
    if (error instanceof FixtureError) throw error;
    throw new FixtureError(path, '', `the data file cannot be written: ${describeFileError(error, path, 'write')}`);
  }
}

/** The file itself, which need not exist: a link stays a link. */
function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      return found(path)?.isSymbolicLink() ? followLinks(resolve(dirname(path), readlinkSync(path))) : path;
    throw new FixtureError(path, '', `the file cannot be read: ${describeFileError(error, path, 'read')}`);
  }
}
