import { readFileSync, statSync } from 'node:fs';
// Not the globals, which a suite's fake timers replace.
import { clearInterval, setInterval } from 'node:timers';

/** How often the file is checked, in milliseconds. */
const interval = 200;

/** Detects a change of the content of a file, whether it is written in place or replaced by another file. */
export class FileWatch {
  readonly #path: string;
  /** The content at the last change, or at the beginning. */
  #content: Buffer | undefined;
  /** The file at the last check, and when the content was read. */
  #seen: string;
  #known: string;
  #timer: NodeJS.Timeout | undefined;

  /** Changes count from now on, not from `start`. */
  constructor(path: string) {
    this.#path = path;
    this.#seen = this.#known = look(path);
    this.#content = read(path);
  }

  /** @param changed called for every change, except while its promise is pending. */
  start(changed: () => Promise<void>): void {
    let isBusy = false;
    this.#timer = setInterval(async () => {
      if (isBusy || !this.#hasChanged()) return;
      isBusy = true;
      await changed();
      isBusy = false;
    }, interval).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #hasChanged(): boolean {
    const seen = look(this.#path);
    const isStable = seen === this.#seen;
    this.#seen = seen;
    // A file that is still being written is not read: it must be the same at two checks.
    if (!isStable || seen === this.#known) return false;
    this.#known = seen;
    const content = read(this.#path);
    // The file was only touched, or saved without a change: a restart would lose the state for nothing.
    if (content !== undefined && this.#content?.equals(content)) return false;
    this.#content = content;
    return true;
  }
}

/** The fields that distinguish versions of a file. Polling works on every mount, also for a file that is replaced. */
function look(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'missing';
  }
}

/** `undefined` when it cannot be read; the reader of the file reports why. */
function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
