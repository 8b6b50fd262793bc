/**
 * The state, in memory or in a data file. The rest knows what `open` gives: `state`, `keep`, `replace`, `close`.
 *
 * Three files: FILE, a fixture with everything written out; FILE.log, what was changed since; FILE.lock, who has both.
 *
 * What is written when. `keep` appends a line to the log and syncs it; those who come meanwhile share the next line,
 * and what fails is taken back in memory. The file is written anew, at once and in the queue of writes, by `replace`,
 * when the log is large, at a start that finds a log, and by `close`: the text on disk beside the file, a mark in the
 * log that says which text has all of it, the text in the file's place, no log any more. What fails on the way is
 * undone. Files come into being whole, by a link or a rename, under names that nobody can have prepared.
 *
 * What a start does with what it finds. It takes the lock, removes drafts of killed processes, reads FILE, and makes
 * the changes again that FILE lacks: all when the log continues its text, those after the mark that names it. When it
 * is neither, or what is there is no emulator's, the start is refused and all is left. The end of a log that was cut
 * off was never acknowledged.
 *
 * Why nothing is lost. A line is acknowledged when it is on disk and, after that, lock, file and log are as they were
 * left. Whoever comes next takes the lock before it reads: it has all that was acknowledged, and one who was only
 * stopped finds another's lock, its drafts gone, and the log that it has open nobody's. What others have edited,
 * removed or replaced is not touched any more. Killed at any step, FILE and its log still go together.
 */
import { accessSync, constants, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Low, Memory } from 'lowdb';
import { describeFileError } from '../file-error.ts';
import { codeOf } from '../message-of.ts';
import { FixtureError } from '../store/fixture-error.ts';
import type { State } from '../store/state.ts';
import { DataFile } from './data-file.ts';
import { found } from './files.ts';
import { type Lock, lockFile } from './lock.ts';
import type { Build } from './read-data-file.ts';

export { lockPathOf, logPathOf } from './files.ts';
export { holderOf } from './lock.ts';
export { type Build, readDataFile } from './read-data-file.ts';
export { StorageError } from './storage-error.ts';

/** The state, and the way to keep it. */
export interface Persistence {
  /** The present state; another object once it has been replaced. */
  readonly state: State;
  /**
   * Resolves once every change made so far is on disk; `undefined` in memory.
   *
   * @throws {StorageError} when they could not be kept, and have been taken back.
   */
  keep(): Promise<void> | undefined;
  /** Puts another state in place. @throws {StorageError} when it cannot be kept; the old one stays then. */
  replace(state: State): Promise<void>;
  /** Keeps what is left to be kept, writes the data file anew, and lets others have it. */
  close(): Promise<void>;
}

/** What is to be opened. */
export interface PersistenceOptions {
  /** The path of the data file; absent for memory. */
  readonly dataFile: string | undefined;
  /** The state to begin with where there is no data file yet. */
  readonly initial: State;
  /** Makes a state of a fixture. @throws {FixtureError} when it cannot be used. */
  readonly build: Build;
  /** Told when the data file could not be written anew; nothing is lost then. */
  onError(error: unknown): void;
  /** Told why a start takes so long. */
  onWait(message: string): void;
}

/** Opens the state. @throws {FixtureError} when the data file cannot be used; it is left as it was. */
export function open(options: PersistenceOptions): Persistence {
  const { dataFile, initial } = options;
  const file = dataFile === undefined ? undefined : openFile(dataFile, options);
  const db = new Low<State>(file?.adapter ?? new Memory<State>(), file?.state ?? initial.fork());
  return {
    get state() {
      return db.data;
    },
    keep: () => (file === undefined ? undefined : db.write()),
    replace: async (state) => {
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

/** Locks the data file, makes it when there is none, and reads it. */
function openFile(given: string, options: PersistenceOptions) {
  if (typeof given !== 'string') throw new Error("Option 'dataFile' must be the path of a file.");
  if (given.trim() === '') throw new FixtureError('the data file', '', 'its path is blank');
  // Two ways to one file must find one lock.
  const path = followLinks(resolve(given));
  let lock: Lock | undefined;
  try {
    lock = lockFile(path, options.onWait);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined) {
      if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is no regular file');
      // It is replaced and not written to: nothing else would tell.
      accessSync(path, constants.W_OK);
    }
    const adapter = new DataFile(path, lock, options);
    return { adapter, state: adapter.open(options.initial), release: lock.release };
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
    if (codeOf(error) === 'ENOENT') {
      // Another start may just have made it.
      return found(path)?.isSymbolicLink() ? followLinks(resolve(dirname(path), readlinkSync(path))) : path;
    }
    throw new FixtureError(path, '', `the file cannot be read: ${describeFileError(error, path, 'read')}`);
  }
}
