import { existsSync } from 'node:fs';
import type { Adapter } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import type { State } from './state.ts';
import { writeFixture } from './write-fixture.ts';

/**
 * lowdb's way to a data file: the whole state as one pretty-printed fixture.
 *
 * Writes of concurrent requests share one flush: while one runs, all that come wait for the
 * next one together, so that no request waits for more than two. (lowdb's own file adapter
 * makes each write wait for those that follow it.)
 */
export class JsonFile implements Adapter<State> {
  readonly path: string;
  readonly #load: (path: string) => State;
  #latest: State | undefined;
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;

  /** @param load builds a state from the file at a path, or throws a FixtureError. */
  constructor(path: string, load: (path: string) => State) {
    this.path = path;
    this.#load = load;
  }

  /** Writes the file when there is none yet. */
  create(state: State): void {
    if (!existsSync(this.path)) writeFileAtomic.sync(this.path, write(state), { mode: 0o600 });
  }

  /** The state in the file, or `undefined` when there is no file yet. */
  load(): State | undefined {
    return existsSync(this.path) ? this.#load(this.path) : undefined;
  }

  async read(): Promise<State | null> {
    return this.load() ?? null;
  }

  write(state: State): Promise<void> {
    this.#latest = state;
    if (this.#waiting !== undefined) return this.#waiting;
    if (this.#running === undefined) return this.#flush(state);
    this.#waiting = this.#running
      .catch(() => undefined)
      .then(() => {
        this.#waiting = undefined;
        return this.#flush(this.#latest ?? state);
      });
    return this.#waiting;
  }

  #flush(state: State): Promise<void> {
    this.#running = writeFileAtomic(this.path, write(state), { mode: 0o600 }).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }
}

function write(state: State): string {
  return `${JSON.stringify(writeFixture(state), null, 2)}\n`;
}
