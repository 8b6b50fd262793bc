import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
// Not the globals, which a suite's fake timers replace.
import { clearTimeout, setTimeout } from 'node:timers';
import { fixtureText, inTurns } from './fixture-text.ts';
import { replaceFile } from './replace-file.ts';
import type { State } from './state.ts';

/** How long nothing is to change before the data file is written anew, in milliseconds. */
const idle = 250;
/** After one that failed, in milliseconds. */
const retry = 1000;
/** How many times as long as it took is rested after each. */
const rest = 20;

/** A state, with the number of the last change in it. */
export interface Captured {
  readonly state: State;
  readonly n: number;
}

/** The data file that is written anew, as those see it who keep changes in its log. */
export interface Compacted {
  readonly path: string;
  /** A state of which all changes are in the log. */
  capture(): Promise<Captured>;
  /** Notes in the log that a text, which is about to be put in place, has the changes through `n` in it. */
  mark(digest: string, n: number): Promise<void>;
  /** The text is in place: the log is to continue it. */
  renew(digest: string, size: number, n: number): Promise<void>;
  /** Where it was there is nothing any more. */
  gone(): void;
  onError(error: unknown): void;
}

/**
 * Writes the data file anew, so that its log does not grow for ever and people find the present
 * state in the file. It goes on beside changes, and takes a small part of the time only.
 *
 * The order is what makes it safe to be killed anywhere: the text is on disk beside the file, then a
 * mark in the log says so, then it takes the file's place, then the log loses what is in the file.
 */
export class Compaction {
  readonly #file: Compacted;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** Whether one has just ended, so that the next has to wait for the timer. */
  #isResting = false;
  /** Whether something has come meanwhile, and whether there is much of it. */
  #isDue = false;
  #isLarge = false;
  #hasFailed = false;

  constructor(file: Compacted) {
    this.#file = file;
  }

  /** Something is in the log: the file is written once it is quiet, or at once when the log is large. */
  request(isLarge: boolean): void {
    this.#isDue = true;
    this.#isLarge = isLarge;
    if (this.#running !== undefined || this.#isResting) return;
    if (isLarge) this.#begin();
    else if (this.#timer !== undefined) this.#timer.refresh();
    else this.#wait(idle, () => this.#begin());
  }

  /** Writes the file once more if the log has anything, and nothing from there on. */
  async end(isNeeded: () => boolean): Promise<void> {
    this.#isResting = true;
    clearTimeout(this.#timer);
    await this.#running;
    clearTimeout(this.#timer);
    if (isNeeded()) await this.#compact().catch((error: unknown) => this.#file.onError(error));
  }

  /** No reason for a process to stay: what is not in the file yet is in the log. */
  #wait(milliseconds: number, then: () => void): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      then();
    }, milliseconds).unref();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    this.#isLarge = false;
    const began = performance.now();
    this.#running = this.#compact().then(
      () => {
        this.#hasFailed = false;
        this.#rest(rest * (performance.now() - began));
      },
      (error: unknown) => {
        // The place has been cleared away: whoever changes something still is told.
        if (!existsSync(dirname(this.#file.path))) {
          this.#running = undefined;
          this.#file.gone();
          return;
        }
        // Once: else people would be told of a disk that stays full every second.
        if (!this.#hasFailed) this.#file.onError(error);
        this.#hasFailed = true;
        this.#isDue = true;
        this.#rest(Math.max(retry, rest * (performance.now() - began)));
      },
    );
  }

  #rest(milliseconds: number): void {
    this.#running = undefined;
    this.#isResting = true;
    this.#wait(milliseconds, () => {
      this.#isResting = false;
      if (this.#isDue) this.request(this.#isLarge);
    });
  }

  async #compact(): Promise<void> {
    const { state, n } = await this.#file.capture();
    const hash = createHash('sha256');
    let size = 0;
    async function* text() {
      for await (const piece of inTurns(fixtureText(state, 2), '\n')) {
        hash.update(piece);
        size += piece.length;
        yield piece;
      }
    }
    let digest = '';
    await replaceFile(this.#file.path, text(), () => {
      digest = hash.digest('hex');
      return this.#file.mark(digest, n);
    });
    await this.#file.renew(digest, size, n);
  }
}
