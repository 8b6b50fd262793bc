import { constants } from 'node:buffer';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import type { Adapter } from 'lowdb';
import { digestOf, fixtureText, inPieces } from '../fixtures/fixture-text.ts';
import type { ChangeSet, State } from '../state/state.ts';
import { encodeEntry, encodeHeader } from './change-log.ts';
import { found, logPathOf, makeFile, markOf, mode, placeDraft, remove, removeDrafts, writeDraft } from './files.ts';
import type { Lock } from './lock.ts';
import { LogFile } from './log-file.ts';
import { type Build, readDataFile } from './read-data-file.ts';
import { CannotKeepError, foreign, StorageError } from './storage-error.ts';

/** A log of so many bytes, or of half the size of the data file, is large. */
const largeLog = 1_048_576;
/** The text of the file is indented: a line of the log adds up to so many times its own length to it. */
const widening = 8;

interface DataFileOptions {
  readonly build: Build;
  /** Told when the file could not be written anew; nothing is lost then. */
  onError(error: unknown): void;
}

/**
 * lowdb's adapter for a data file and its log.
 *
 * Writes of concurrent requests share one flush: while one runs, all that come wait for the next one together.
 * (In lowdb's own file adapter each write waits for those that follow it.) A flush that fails takes back its changes
 * and all later ones, so that memory has nothing that the disk cannot have.
 */
export class DataFile implements Adapter<State> {
  readonly #path: string;
  readonly #lock: Pick<Lock, 'requireHeld'>;
  readonly #options: DataFileOptions;
  readonly #limit: number;
  #log: LogFile;
  /** The text in the data file, the text that is being written, and the mark of the file after our last step. */
  #text = { digest: '', size: 0 };
  #next = this.#text;
  #mark: string | undefined;
  /** The number of the last change in the log, and the length of the log at which the file is written anew. */
  #last = 0;
  #largest = 0;
  /** The state that is on disk but for its newest changes, and the state to write next. */
  #kept: State | undefined;
  #latest: State | undefined;
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #isClosed = false;

  /**
   * @param path of the file itself, not of a link to it.
   * @param limit the size of the largest text that can be read again, in bytes.
   */
  constructor(
    path: string,
    lock: Pick<Lock, 'requireHeld'>,
    options: DataFileOptions,
    limit: number = constants.MAX_STRING_LENGTH,
  ) {
    this.#path = path;
    this.#lock = lock;
    this.#options = options;
    this.#limit = limit;
    this.#log = new LogFile(logPathOf(path), 0);
  }

  /**
   * Reads the file with its log, or makes one.
   *
   * @param initial the state of a new file.
   * @throws {FixtureError} when what is there cannot be used; it is left as it is.
   */
  open(initial: State): State {
    const path = this.#path;
    removeDrafts(path);
    const content = readDataFile(path, this.#options.build);
    const state = content?.state ?? initial.fork();
    if (content === undefined && !makeFile(path, this.#write(state))) throw new Error('somebody else has just made it');
    this.#note(content ?? this.#next);
    // A person may have made it.
    chmodSync(path, mode);
    this.#mark = markOf(found(path));
    const { length, last } = content?.log ?? { length: 0, last: 0 };
    if (length === 0) remove(this.#log.path);
    this.#log = new LogFile(this.#log.path, length);
    this.#last = last;
    // What was filled in, such as secrets, differs at each start: the first change writes the file anew.
    if (content?.isWhole ?? true) this.#kept = state;
    this.#latest = state;
    state.track();
    if (length > 0) void this.#run(this.#tryRewrite(state).then(() => undefined));
    return state;
  }

  async read(): Promise<State | null> {
    return this.#latest ?? null;
  }

  /** @throws {StorageError} when the state could not be kept; its changes have been taken back then. */
  write(state: State): Promise<void> {
    this.#latest = state;
    if (this.#waiting !== undefined) return this.#waiting;
    if (this.#running === undefined) return this.#flush(state);
    this.#waiting = this.#running.then(
      () => {
        this.#waiting = undefined;
        return this.#flush(this.#latest ?? state);
      },
      // The changes that wait were taken back with those that could not be kept.
      (error: unknown) => {
        this.#waiting = undefined;
        throw error;
      },
    );
    return this.#waiting;
  }

  /** Writes the file anew when there is a log, and nothing after that. */
  async close(): Promise<void> {
    await (this.#waiting ?? this.#running)?.catch(() => undefined);
    this.#isClosed = true;
    if (this.#log.length > 0 && this.#kept !== undefined) await this.#tryRewrite(this.#kept);
    await this.#log.close();
  }

  #flush(state: State): Promise<void> {
    const changes = state.takeChanges();
    if (state === this.#kept && changes.isEmpty) return Promise.resolve();
    return this.#run(
      this.#keep(state, changes).then(
        () => {
          this.#kept = state;
        },
        (error: unknown) => {
          state.takeChanges().undo();
          changes.undo();
          this.#latest = this.#kept ?? state;
          throw new StorageError(error);
        },
      ),
    );
  }

  #run(running: Promise<void>): Promise<void> {
    this.#running = running.finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Appends a line to the log. A large log, or another state than the one on disk, has the file written anew. */
  async #keep(state: State, { operations, next }: ChangeSet): Promise<void> {
    if (this.#isClosed) throw new Error('the emulator has been closed');
    if (state !== this.#kept) return this.#rewrite(state);
    const { length } = this.#log;
    if (length > this.#largest && (await this.#tryRewrite(state))) return undefined;
    const line = encodeEntry({ n: this.#last + 1, operations, next });
    if (this.#text.size + widening * (length + line.length) > this.#limit) throw this.#tooLarge();
    await this.#append(line);
    this.#last += 1;
  }

  #append(line: string): Promise<void> {
    this.#requireOwn();
    return this.#log.append(encodeHeader(this.#text.digest), line, () => this.#requireOwn());
  }

  /** @returns whether the file could be written anew. When not, file and log go on as they are. */
  async #tryRewrite(state: State): Promise<boolean> {
    try {
      await this.#rewrite(state);
      return true;
    } catch (error) {
      // Do not try again with every change.
      this.#largest = Math.max(this.#largest, 2 * this.#log.length);
      this.#options.onError(error);
      return false;
    }
  }

  /** Writes the file anew and removes the log. When it throws, both are as they were. */
  async #rewrite(state: State): Promise<void> {
    this.#requireOwn();
    const path = this.#path;
    const draft = writeDraft(path, this.#write(state));
    const mark = markOf(found(draft));
    const hasLog = this.#log.length > 0;
    try {
      if (hasLog) await this.#append(encodeEntry({ mark: this.#next.digest }));
      this.#requireOwn();
      placeDraft(draft, path, () => hasLog && this.#log.remove());
    } catch (error) {
      remove(draft);
      throw error;
    }
    this.#mark = mark;
    this.#last = 0;
    this.#note(this.#next);
  }

  /** The text of a state. @throws {CannotKeepError} when it is too large. */
  *#write(state: State): Generator<Buffer, void> {
    const hash = createHash('sha256');
    let size = 0;
    for (const piece of inPieces(fixtureText(state), '\n')) {
      hash.update(piece);
      size += piece.length;
      if (size > this.#limit) throw this.#tooLarge();
      yield piece;
    }
    this.#next = { digest: hash.digest('hex'), size };
  }

  #tooLarge(): CannotKeepError {
    return new CannotKeepError(`it would have more than the ${this.#limit >> 20} MiB that can be read again`);
  }

  #note({ digest, size }: { digest: string; size: number }): void {
    this.#text = { digest, size };
    this.#largest = Math.min(Math.max(largeLog, size / 2), (this.#limit - size) / widening / 2);
  }

  /** @throws {CannotKeepError} when lock, file or log is not as it was left. */
  #requireOwn(): void {
    const path = this.#path;
    this.#lock.requireHeld();
    const stats = found(path);
    if (stats === undefined) throw foreign('the file is gone', path);
    if (markOf(stats) !== this.#mark) {
      // The same text with another time or inode is no edit.
      const isSame = stats.isFile() && digestOf(readFileSync(path)) === this.#text.digest;
      if (!isSame) throw foreign('the file has been changed or replaced by somebody else', path);
      this.#mark = markOf(stats);
    }
    this.#log.requireOwn();
  }
}
