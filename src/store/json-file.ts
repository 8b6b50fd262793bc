import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import { codeOf, messageOf } from '../message-of.ts';
import type { State } from './state.ts';
import { writeFixture } from './write-fixture.ts';

/** For its owner alone: it holds secrets and passwords. */
const mode = 0o600;

/** A change could not be kept, and has been taken back. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** The same without the path, for those who called. */
  readonly summary: string;

  constructor(cause: unknown) {
    super(`the data file cannot be written, the change was taken back: ${messageOf(cause)}`, { cause });
    const code = codeOf(cause);
    const why = code === undefined ? '' : ` (${code})`;
    this.summary = `The change could not be kept in the data file${why} and was taken back.`;
  }
}

/**
 * lowdb's way to a data file: the whole state as one pretty-printed fixture.
 *
 * Writes of concurrent requests share one flush: while one runs, all that come wait for the
 * next one together, so that no request waits for more than two. (lowdb's own file adapter
 * makes each write wait for those that follow it.) A flush that fails takes back what it was to
 * keep, and all that has been changed since, so that memory is never ahead of what can be kept.
 */
export class JsonFile implements Adapter<State> {
  readonly path: string;
  readonly #load: (path: string) => State;
  readonly #requireOwn: () => void;
  /** The state of which the file has the text. */
  #kept: State | undefined;
  /** The state that is to be written next. */
  #latest: State | undefined;
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #isClosed = false;

  /**
   * @param path of the file itself, not of a link to it.
   * @param load builds a state from the file at a path, or throws a FixtureError.
   * @param requireOwn throws when the file is another emulator's by now.
   */
  constructor(path: string, load: (path: string) => State, requireOwn: () => void = () => undefined) {
    this.path = path;
    this.#load = load;
    this.#requireOwn = requireOwn;
  }

  /** Writes the file when there is none yet. */
  create(state: State): void {
    if (existsSync(this.path)) return;
    const text = write(state);
    writeFileAtomic.sync(this.path, '', { mode, tmpfileCreated: (path) => writeFileSync(path, text) });
  }

  /** The state in the file, or `undefined` when there is no file yet. */
  load(): State | undefined {
    if (!existsSync(this.path)) return undefined;
    const state = this.#load(this.path);
    // Unless something was filled in, there is nothing to write until something changes.
    if (readFileSync(this.path, 'utf8') === write(state)) this.#kept = state;
    return state;
  }

  async read(): Promise<State | null> {
    return this.load() ?? null;
  }

  /** @throws {StorageError} when the state could not be kept; its changes have been taken back then. */
  write(state: State): Promise<void> {
    this.#latest = state;
    // A full disk is no fault where there is nothing to keep.
    if (this.#running === undefined && state === this.#kept && !state.isChanged) return Promise.resolve();
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

  /** Writes nothing from here on: the file may be another emulator's. */
  close(): void {
    this.#isClosed = true;
  }

  #flush(state: State): Promise<void> {
    const changes = state.takeChanges();
    this.#running = this.#keep(state)
      .catch(async (error: unknown) => {
        state.takeChanges().undo();
        changes.undo();
        // The file has got the new text and may lose it again: the old one is what was promised.
        if (error instanceof UnsureError) await replace(this.path, write(this.#kept ?? state)).catch(() => undefined);
        throw new StorageError(error instanceof UnsureError ? error.cause : error);
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async #keep(state: State): Promise<void> {
    if (this.#isClosed) throw new Error('the emulator has been closed');
    this.#requireOwn();
    await replace(this.path, write(state));
    this.#kept = state;
  }
}

/** The file has been replaced, and it is not sure that this is on disk. */
class UnsureError extends Error {}

/** Puts a text in place of a file: all of it is on disk when this resolves. */
async function replace(path: string, text: string): Promise<void> {
  // Opened first: what can fail is to fail while the file is as it was. (Windows opens no directories.)
  const directory = process.platform === 'win32' ? undefined : await open(dirname(path));
  try {
    // The library would write once and not look how much of it the disk has taken.
    const tmpfileCreated = (temporary: string) => writeFile(temporary, text);
    await writeFileAtomic(path, '', { mode, tmpfileCreated });
    // A new name in a directory is on disk when the directory is.
    await directory?.sync().catch((cause: unknown) => {
      throw new UnsureError('the directory could not be synced', { cause });
    });
  } finally {
    await directory?.close().catch(() => undefined);
  }
}

function write(state: State): string {
  return `${JSON.stringify(writeFixture(state), null, 2)}\n`;
}
