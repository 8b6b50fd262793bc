import { existsSync, writeFileSync } from 'node:fs';
import { open, realpath, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import { messageOf } from '../message-of.ts';
import type { ChangeSet, State } from './state.ts';
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
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${cause.code})` : '';
    this.summary = `The change could not be kept in the data file${code} and was taken back.`;
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
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;

  /** @param load builds a state from the file at a path, or throws a FixtureError. */
  constructor(path: string, load: (path: string) => State) {
    this.path = path;
    this.#load = load;
  }

  /** Writes the file when there is none yet. */
  create(state: State): void {
    if (existsSync(this.path)) return;
    const text = write(state);
    writeFileAtomic.sync(this.path, '', { mode, tmpfileCreated: (path) => writeFileSync(path, text) });
  }

  /** The state in the file, or `undefined` when there is no file yet. */
  load(): State | undefined {
    return existsSync(this.path) ? this.#load(this.path) : undefined;
  }

  async read(): Promise<State | null> {
    return this.load() ?? null;
  }

  /** @throws {StorageError} when the state could not be kept; its changes have been taken back then. */
  write(state: State): Promise<void> {
    if (this.#waiting !== undefined) return this.#waiting;
    if (this.#running === undefined) return this.#flush(state);
    // What waits was changed after what is being written, and goes with it when that fails.
    this.#waiting = this.#running
      .finally(() => {
        this.#waiting = undefined;
      })
      .then(() => this.#flush(state));
    return this.#waiting;
  }

  #flush(state: State): Promise<void> {
    const changes = state.takeChanges();
    this.#running = replace(this.path, write(state))
      .catch((error: unknown) => takeBack([state.takeChanges(), changes], error))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }
}

function takeBack(latestFirst: readonly ChangeSet[], cause: unknown): never {
  for (const changes of latestFirst) changes.undo();
  throw new StorageError(cause);
}

/** Puts a text in place of a file: all of it is on disk when this resolves, or the file is as it was. */
async function replace(path: string, text: string): Promise<void> {
  // The library would write once and not look how much of it the disk has taken.
  const tmpfileCreated = (temporary: string) => writeFile(temporary, text);
  await writeFileAtomic(path, '', { mode, tmpfileCreated });
  await syncDirectory(dirname(await realpath(path)));
}

/** A new name in a directory is on disk when the directory is. */
async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories.
  if (process.platform === 'win32') return;
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function write(state: State): string {
  return `${JSON.stringify(writeFixture(state), null, 2)}\n`;
}
