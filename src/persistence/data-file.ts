import { constants } from 'node:buffer';
import fs, { type BigIntStats } from 'node:fs';
import type { SyncAdapter } from 'lowdb';
import { digestOf, fixtureText, inPieces } from '../fixtures/fixture-text.ts';
import type { State } from '../state/state.ts';
import { type Entry, encodeEntry, encodeHeader } from './change-log.ts';
import { found, isSame, logPathOf, mode, putFile, remove, removeDrafts, unlessItFails, withFile } from './files.ts';
import type { Lock } from './lock.ts';
import { type Build, readDataFile } from './read-data-file.ts';
import { CannotKeepError, foreign, StorageError } from './storage-error.ts';

/** A log of this many bytes, or of half the size of the data file, is large. */
const largeLog = 4_194_304;
/** The text of the file is indented: a line of the log can add this many times its own length to it. */
const widening = 8;
/** A link is not followed. Windows has no flag for that. */
const appending = fs.constants.O_WRONLY | fs.constants.O_APPEND | (fs.constants.O_NOFOLLOW ?? 0);

export interface DataFileOptions {
  /** The state for a file that does not exist yet. */
  readonly initial: State;
  readonly build: Build;
  /** Called when the file could not be rewritten; no change is lost then. */
  onError(error: unknown): void;
  /** The size of the largest text that can be read again, in bytes; tests set a smaller one. */
  readonly limit?: number;
}

/** lowdb's adapter for a data file and its log. */
export class DataFile implements SyncAdapter<State> {
  readonly #path: string;
  readonly #lock: Lock;
  readonly #options: Required<DataFileOptions>;
  /** File and log as the last step of this emulator left them. */
  #left: ReturnType<typeof putFile> | undefined;
  #leftLog: BigIntStats | undefined;
  /** How much of the log is valid, and its last entry. The rest is cut off before another entry is appended. */
  #length = 0;
  #last = 0;
  /** The length of the log at which the next rewrite of the file is tried. */
  #retryAt = 0;
  /** The state that is on disk, without the changes since. */
  #kept: State | undefined;

  /** @param path of the file itself, not of a link to it. */
  constructor(path: string, lock: Lock, options: DataFileOptions) {
    this.#path = path;
    this.#lock = lock;
    this.#options = { limit: constants.MAX_STRING_LENGTH, ...options };
  }

  /** Reads the file with its log, or creates it. @throws {FixtureError} when an existing file cannot be used. */
  read(): State {
    const path = this.#path;
    removeDrafts(path);
    const content = readDataFile(path, this.#options.build);
    // It has no valid change.
    if (content?.log === undefined) remove(logPathOf(path));
    if (content === undefined) return this.#rewrite(this.#options.initial.fork());
    const { state, digest, log } = content;
    // A person may have written it.
    fs.chmodSync(path, mode);
    this.#left = { stats: fs.lstatSync(path, { bigint: true }), digest };
    state.track();
    // Fields that were filled in, such as secrets, differ at each start: the first change rewrites the file.
    if (content.isWhole) this.#kept = state;
    if (log === undefined) return state;
    this.#leftLog = found(logPathOf(path));
    this.#length = log.length;
    this.#last = log.entries.length - 1;
    this.#tryRewrite(state);
    return state;
  }

  /** @throws {StorageError} when the state could not be saved; its changes have been undone then. */
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

  /** Rewrites the file when there is a log, and releases it. */
  close(): void {
    if (this.#length > 0 && this.#kept !== undefined) this.#tryRewrite(this.#kept);
    this.#lock.release();
  }

  /** @returns `false` when the file has to be rewritten, because it might become too large to be read again. */
  #keep(state: State, { operations, next }: Omit<Entry, 'n'>): boolean {
    const size = Number(this.#left?.stats.size);
    if (this.#length > Math.max(largeLog, size / 2, this.#retryAt) && this.#tryRewrite(state)) return true;
    const line = encodeEntry({ n: this.#last + 1, operations, next });
    if (size + widening * (this.#length + line.length) > this.#options.limit) return false;
    this.#append(line);
    return true;
  }

  /** @returns whether the file could be rewritten. Otherwise file and log stay in use unchanged. */
  #tryRewrite(state: State): boolean {
    try {
      this.#rewrite(state);
      return true;
    } catch (error) {
      // The next change does not try again.
      this.#retryAt = 2 * this.#length;
      this.#options.onError(error);
      return false;
    }
  }

  /** Rewrites the file and removes the log. When it throws, both are unchanged. */
  #rewrite(state: State): State {
    this.#requireOwn();
    const { limit } = this.#options;
    const hasLog = this.#length > 0;
    this.#left = putFile(this.#path, inPieces(fixtureText(state), '\n'), {
      replaces: this.#left !== undefined,
      removes: hasLog ? logPathOf(this.#path) : undefined,
      check: ({ stats, digest }) => {
        const most = `${limit >> 20} MiB that can be read again`;
        if (stats.size > limit) throw new CannotKeepError(`it would have more than the ${most}`);
        if (hasLog) this.#append(encodeEntry({ n: this.#last + 1, of: digest, operations: [] }));
        else this.#requireOwn();
      },
    });
    this.#leftLog = undefined;
    this.#length = 0;
    this.#last = 0;
    this.#retryAt = 0;
    state.track();
    this.#kept = state;
    return state;
  }

  /** Appends a line to the log, all of it or nothing. */
  #append(line: string): void {
    const check = () => this.#requireOwn();
    check();
    if (this.#length === 0) {
      const header = encodeHeader(this.#left?.digest ?? '');
      this.#leftLog = putFile(logPathOf(this.#path), [header + line], { check }).stats;
      this.#length = Buffer.byteLength(header);
    } else {
      try {
        this.#writeLog(line);
      } catch (error) {
        unlessItFails(() => this.#writeLog(''));
        throw error;
      }
    }
    // When this throws, the line stays: the files belong to another process.
    check();
    this.#length += Buffer.byteLength(line);
    this.#last += 1;
  }

  #writeLog(line: string): void {
    withFile(logPathOf(this.#path), appending, (file) => {
      // Once the log is open, no other process can put another file in its place.
      this.#requireOwn();
      try {
        if (Number(this.#leftLog?.size) > this.#length) fs.ftruncateSync(file, this.#length);
        if (line !== '') fs.writeFileSync(file, line);
        fs.fdatasyncSync(file);
      } finally {
        this.#leftLog = fs.fstatSync(file, { bigint: true });
      }
    });
  }

  /** @throws {CannotKeepError} when lock, file or log is not as it was left. */
  #requireOwn(): void {
    const path = this.#path;
    const changed = 'has been changed or replaced by another process';
    this.#lock.requireHeld();
    const [stats, log] = [found(path), found(logPathOf(path))];
    if (!isSame(stats, this.#left?.stats)) {
      if (stats === undefined) throw foreign('the file is gone', path);
      // The same text with another time or inode is not an edit.
      const digest = stats.isFile() ? digestOf(fs.readFileSync(path)) : '';
      if (digest !== this.#left?.digest) throw foreign(`the file ${changed}`, path);
      this.#left = { stats, digest };
    }
    if (isSame(log, this.#leftLog)) return;
    throw foreign(`its log ${log === undefined ? 'is gone' : changed}`, logPathOf(path));
  }
}
