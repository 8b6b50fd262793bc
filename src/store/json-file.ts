import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import type { Adapter } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import { logPathOf } from './beside.ts';
import { encodeEntry, encodeWorld, logVersion } from './change-log.ts';
import { type Captured, Compaction } from './compaction.ts';
import type { Filled } from './fill-fixture.ts';
import { digestOf, fixtureText } from './fixture-text.ts';
import { LogFile } from './log-file.ts';
import { readDataFile } from './read-data-file.ts';
import { mode } from './replace-file.ts';
import type { ChangeSet, State } from './state.ts';
import { StorageError } from './storage-error.ts';

/** A log is large when it has so many bytes, or half of what the data file has. */
const largeLog = 1_048_576;

/** What a data file is opened with. */
export interface JsonFileOptions {
  /** Of the file itself, not of a link to it. */
  readonly path: string;
  /** Makes a state of a fixture. @throws {FixtureError} when it cannot be used. */
  build(fixture: unknown, source: string): Filled;
  /** Throws when the file is another emulator's by now. */
  requireOwn?(): void;
  /** Told of what fails without anybody waiting for it; nothing is lost then. */
  onError?(error: unknown): void;
}

/**
 * lowdb's way to a data file: a pretty-printed fixture, and beside it a log of what has been changed
 * since it was written. A change costs one line of the log, however large the state is; the file
 * itself is written anew in the background.
 *
 * Writes of concurrent requests share one flush: while one runs, all that come wait for the
 * next one together, so that no request waits for more than two. (lowdb's own file adapter
 * makes each write wait for those that follow it.) A flush that fails takes back what it was to
 * keep, and all that has been changed since, so that memory is never ahead of what can be kept.
 */
export class JsonFile implements Adapter<State> {
  readonly path: string;
  readonly #options: JsonFileOptions;
  readonly #compaction: Compaction;
  #log: LogFile;
  /** The digest and the length of the data file's own text. */
  #digest = '';
  #size = 0;
  /** The number of the last change that is kept. */
  #last = 0;
  /** The state that is kept, but for its newest changes. */
  #kept: State | undefined;
  /** The state that is to be written next. */
  #latest: State | undefined;
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #capturing: ((captured: Captured) => void) | undefined;
  /** The lines since the state was captured with which the file is being written anew. */
  #since: string[] | undefined;
  #isClosed = false;

  constructor(options: JsonFileOptions) {
    this.path = options.path;
    this.#options = options;
    this.#log = new LogFile(logPathOf(this.path), 0, false);
    this.#compaction = new Compaction({
      path: this.path,
      capture: () => this.#capture(),
      mark: (digest, n) => this.#mark(digest, n),
      renew: (digest, size, n) => this.#renew(digest, size, n),
      gone: () => void this.#log.inTurn(() => this.#log.close()),
      onError: (error) => this.#options.onError?.(error),
    });
  }

  /**
   * Reads the file with its log, or makes one.
   *
   * @param initial the state of a new file.
   * @throws {FixtureError} when what is there cannot be used; it is left as it is.
   */
  open(initial: State): State {
    const found = readDataFile(this.path, this.#options.build);
    const { path } = this.#log;
    this.#log = new LogFile(path, found?.log.length ?? 0, found?.log.isLonger ?? existsSync(path));
    const state = found?.state ?? initial.fork();
    if (found === undefined) this.#create(state);
    else {
      this.#digest = found.digest;
      this.#size = found.size;
      this.#last = found.log.last;
    }
    // Made by hand they may be open to others.
    for (const file of [this.path, path]) if (existsSync(file)) chmodSync(file, mode);
    // What had to be filled in would be another thing next time: it is kept with the first change.
    if (found?.isWhole ?? true) this.#kept = state;
    this.#latest = state;
    state.track();
    return state;
  }

  #create(state: State): void {
    const text = `${[...fixtureText(state, 2)].join('')}\n`;
    writeFileAtomic.sync(this.path, '', { mode, tmpfileCreated: (path) => writeFileSync(path, text) });
    this.#digest = digestOf(text);
    this.#size = Buffer.byteLength(text);
  }

  async read(): Promise<State | null> {
    return readDataFile(this.path, this.#options.build)?.state ?? null;
  }

  /** @throws {StorageError} when the state could not be kept; its changes have been taken back then. */
  write(state: State): Promise<void> {
    this.#latest = state;
    if (this.#waiting !== undefined) return this.#waiting;
    if (this.#running === undefined) return this.#flush(state);
    const isNext = () => {
      this.#waiting = undefined;
    };
    this.#waiting = this.#running.then(
      () => {
        isNext();
        return this.#flush(this.#latest ?? state);
      },
      // What waits was changed after what could not be written, and was taken back with it.
      (error: unknown) => {
        isNext();
        throw error;
      },
    );
    return this.#waiting;
  }

  /**
   * Writes the file anew when its log has anything, and then no more: it may be another emulator's.
   * When that fails nothing is lost, and those are told who want to know of errors.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running?.catch(() => undefined);
    await this.#compaction.end(() => this.#log.length > 0);
    if (this.#log.length === 0 && existsSync(this.#log.path)) await this.#removeLog().catch(() => undefined);
    await this.#log.close();
  }

  #flush(state: State): Promise<void> {
    const changes = state.takeChanges();
    const isWorld = state !== this.#kept || (!changes.isEmpty && this.#log.isLost);
    const capturing = this.#capturing;
    // A full disk is no fault where there is nothing to keep.
    if (!isWorld && changes.isEmpty) {
      if (capturing !== undefined) this.#captured(capturing, state.fork());
      return Promise.resolve();
    }
    const fork = isWorld || capturing !== undefined ? state.fork() : undefined;
    this.#running = this.#keep(changes, isWorld ? fork : undefined)
      .then(
        () => {
          this.#kept = state;
          if (capturing !== undefined && fork !== undefined) this.#captured(capturing, fork);
          this.#compaction.request(this.#log.length > Math.max(largeLog, this.#size / 2));
        },
        (error: unknown) => {
          state.takeChanges().undo();
          changes.undo();
          // A state that never came to be must not be what is written next.
          this.#latest = this.#kept ?? state;
          throw new StorageError(error);
        },
      )
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** @param world all that there is, when the changes are not what makes it of what is kept. */
  #keep({ operations, next }: ChangeSet, world: State | undefined): Promise<void> {
    return this.#log.inTurn(async () => {
      if (this.#isClosed) throw new Error('the emulator has been closed');
      this.#options.requireOwn?.();
      if (this.#log.isLost) {
        if (world === undefined) throw new Error(`${this.#log.path} has been removed or replaced by somebody else`);
        await this.#log.forget();
      }
      const n = this.#last + 1;
      const header = this.#log.length === 0 ? this.#header(this.#digest, this.#last) : '';
      if (world === undefined) {
        const line = encodeEntry({ n, operations, next });
        await this.#log.append([Buffer.from(header + line)]);
        this.#since?.push(line);
      } else {
        await this.#log.append(encodeWorld(n, world, header));
        // Too much to be kept twice: the log stays as it is this time.
        this.#since = undefined;
      }
      this.#last = n;
    });
  }

  /** One in which nothing counts. */
  #removeLog(): Promise<void> {
    return this.#log.inTurn(async () => {
      this.#options.requireOwn?.();
      await this.#log.replace('');
    });
  }

  #header(of: string, last: number): string {
    return encodeEntry({ log: logVersion, of, after: last });
  }

  /** Gives the state with its next flush, or at once when there is nothing to flush. */
  #capture(): Promise<Captured> {
    return new Promise((resolve, reject) => {
      const state = this.#latest;
      if (state === undefined) throw new Error('the data file is not open');
      this.#capturing = resolve;
      this.write(state).catch((error: unknown) => {
        this.#capturing = undefined;
        reject(error);
      });
    });
  }

  #captured(capturing: (captured: Captured) => void, state: State): void {
    this.#capturing = undefined;
    this.#since = [];
    capturing({ state, n: this.#last });
  }

  #mark(digest: string, n: number): Promise<void> {
    return this.#log.inTurn(async () => {
      this.#options.requireOwn?.();
      // One that is not there contradicts no file.
      if (this.#log.length > 0 && !this.#log.isLost)
        await this.#log.append([Buffer.from(encodeEntry({ mark: digest, through: n }))]);
    });
  }

  #renew(digest: string, size: number, n: number): Promise<void> {
    return this.#log.inTurn(async () => {
      this.#options.requireOwn?.();
      this.#digest = digest;
      this.#size = size;
      const since = this.#since;
      this.#since = undefined;
      if (since === undefined) return;
      await this.#log.replace(since.length === 0 ? '' : this.#header(digest, n) + since.join(''));
    });
  }
}
