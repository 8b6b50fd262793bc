import { constants } from 'node:buffer';
import fs, { type BigIntStats } from 'node:fs';
import type { SyncAdapter } from 'lowdb';
import { digestOf, fixtureText, inPieces } from '../fixtures/fixture-text.ts';
import type { State } from '../state/state.ts';
import { type Entry, encodeEntry, encodeHeader } from './change-log.ts';
import {
  found,
  isSame,
  type Left,
  logPathOf,
  mode,
  putFile,
  remove,
  removeDrafts,
  unlessItFails,
  withFile,
} from './files.ts';
import type { Lock } from './lock.ts';
import { type Build, readDataFile } from './read-data-file.ts';
import { CannotKeepError, foreign, StorageError } from './storage-error.ts';

/** A log of so many bytes, or of half the size of the data file, is large. */
const largeLog = 1_048_576;
/** The text of the file is indented: a line of the log adds up to so many times its own length to it. */
const widening = 8;
/** A link is not followed. Windows has no flag for that. */
const appending = fs.constants.O_WRONLY | fs.constants.O_APPEND | (fs.constants.O_NOFOLLOW ?? 0);

/** What is known of a log. */
interface Log {
  readonly length: number;
  /** The number of its last entry. */
  readonly last: number;
  readonly stats: BigIntStats | undefined;
}
const noLog: Log = { length: 0, last: 0, stats: undefined };

export interface DataFileOptions {
  /** The state of a file that is not there yet. */
  readonly initial: State;
  readonly build: Build;
  /** Told when the file could not be written anew; nothing is lost then. */
  onError(error: unknown): void;
  /** The size of the largest text that can be read again, in bytes; another one for tests. */
  readonly limit?: number;
}

/** lowdb's adapter for a data file and its log. */
export class DataFile implements SyncAdapter<State> {
  readonly #path: string;
  readonly #lock: Lock;
  readonly #options: Required<DataFileOptions>;
  /** The file as our last step left it. */
  #left: Left | undefined;
  /** The log as our last step left it. What is beyond its length does not count, and is taken off before the next line. */
  #log: Log = noLog;
  /** The length of the log at which writing the file anew is tried again. */
  #retryAt = 0;
  /** The state that is on disk, but for what has changed since. */
  #kept: State | undefined;

  /** @param path of the file itself, not of a link to it. */
  constructor(path: string, lock: Lock, options: DataFileOptions) {
    this.#path = path;
    this.#lock = lock;
    this.#options = { limit: constants.MAX_STRING_LENGTH, ...options };
  }

  /** Reads the file with its log, or makes one. @throws {FixtureError} when what is there cannot be used. */
  read(): State {
    const path = this.#path;
    removeDrafts(path);
    const content = readDataFile(path, this.#options.build);
    // It has no change that counts.
    if (content?.log === undefined) remove(logPathOf(path));
    if (content === undefined) return this.#rewrite(this.#options.initial.fork());
    const { state, digest, log } = content;
    // A person may have made it.
    fs.chmodSync(path, mode);
    this.#left = { stats: fs.lstatSync(path, { bigint: true }), digest };
    state.track();
    // What was filled in, such as secrets, differs at each start: the first change writes the file anew.
    if (content.isWhole) this.#kept = state;
    if (log !== undefined) {
      this.#log = { length: log.length, last: log.entries.length - 1, stats: found(logPathOf(path)) };
      this.#tryRewrite(state);
    }
    return state;
  }

  /** @throws {StorageError} when the state could not be kept; its changes have been taken back then. */
  write(state: State): void {
    const changes = state.takeChanges();
    if (state === this.#kept && changes.isEmpty) return;
    try {
      if (state !== this.#kept || !this.#keep(state, changes)) this.#rewrite(state);
    } catch (error) {
      changes.undo();
      throw new StorageError(error);
    }
  }

  /** Writes the file anew when there is a log, and lets others have it. */
  close(): void {
    if (this.#log.length > 0 && this.#kept !== undefined) this.#tryRewrite(this.#kept);
    this.#lock.release();
  }

  /** @returns `false` when the file has to be written anew, because it might become too large to be read again. */
  #keep(state: State, { operations, next }: Omit<Entry, 'n'>): boolean {
    const size = Number(this.#left?.stats.size);
    if (this.#log.length > Math.max(largeLog, size / 2, this.#retryAt) && this.#tryRewrite(state)) return true;
    const line = encodeEntry({ n: this.#log.last + 1, operations, next });
    if (size + widening * (this.#log.length + line.length) > this.#options.limit) return false;
    this.#append(line);
    return true;
  }

  /** @returns whether the file could be written anew. When not, file and log go on as they are. */
  #tryRewrite(state: State): boolean {
    try {
      this.#rewrite(state);
      return true;
    } catch (error) {
      // Do not try again with every change.
      this.#retryAt = 2 * this.#log.length;
      this.#options.onError(error);
      return false;
    }
  }

  /** Writes the file anew and removes the log. When it throws, both are as they were. */
  #rewrite(state: State): State {
    this.#requireOwn();
    const { limit } = this.#options;
    const { length, last } = this.#log;
    this.#left = putFile(this.#path, inPieces(fixtureText(state), '\n'), {
      replaces: this.#left !== undefined,
      removes: length > 0 ? logPathOf(this.#path) : undefined,
      check: ({ stats, digest }) => {
        const most = `${limit >> 20} MiB that can be read again`;
        if (stats.size > limit) throw new CannotKeepError(`it would have more than the ${most}`);
        if (length > 0) this.#append(encodeEntry({ n: last + 1, of: digest, operations: [] }));
        else this.#requireOwn();
      },
    });
    this.#log = noLog;
    this.#retryAt = 0;
    state.track();
    this.#kept = state;
    return state;
  }

  /** Appends a line to the log, all of it or nothing. */
  #append(line: string): void {
    const check = () => this.#requireOwn();
    check();
    if (this.#log.length === 0) {
      const header = encodeHeader(this.#left?.digest ?? '');
      const { stats } = putFile(logPathOf(this.#path), [header + line], { check });
      this.#log = { length: Buffer.byteLength(header), last: 0, stats };
    } else {
      try {
        this.#writeLog(line);
      } catch (error) {
        unlessItFails(() => this.#writeLog(''));
        throw error;
      }
    }
    // When this throws, the line stays: the files are somebody else's.
    check();
    const { length, last, stats } = this.#log;
    this.#log = { length: length + Buffer.byteLength(line), last: last + 1, stats };
  }

  #writeLog(line: string): void {
    withFile(logPathOf(this.#path), appending, (file) => {
      this.#requireOwnLog(fs.fstatSync(file, { bigint: true }));
      const { length, stats } = this.#log;
      try {
        if (Number(stats?.size) > length) fs.ftruncateSync(file, length);
        if (line !== '') fs.writeFileSync(file, line);
        fs.fdatasyncSync(file);
      } finally {
        this.#log = { ...this.#log, stats: fs.fstatSync(file, { bigint: true }) };
      }
    });
  }

  /** @throws {CannotKeepError} when lock, file or log is not as it was left. */
  #requireOwn(): void {
    const path = this.#path;
    this.#lock.requireHeld();
    const stats = found(path);
    if (!isSame(stats, this.#left?.stats)) {
      if (stats === undefined) throw foreign('the file is gone', path);
      // The same text with another time or inode is no edit.
      const digest = stats.isFile() ? digestOf(fs.readFileSync(path)) : '';
      if (digest !== this.#left?.digest) throw foreign('the file has been changed or replaced by somebody else', path);
      this.#left = { stats, digest };
    }
    this.#requireOwnLog(found(logPathOf(path)));
  }

  #requireOwnLog(now: BigIntStats | undefined): void {
    if (isSame(now, this.#log.stats)) return;
    const what = now === undefined ? 'its log is gone' : 'its log has been changed or replaced by somebody else';
    throw foreign(what, logPathOf(this.#path));
  }
}
