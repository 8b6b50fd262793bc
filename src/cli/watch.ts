import { readFileSync, statSync } from 'node:fs';
// Not the globals, which a suite's fake timers replace.
import { clearInterval, setInterval } from 'node:timers';

/** How often the file is looked at, in milliseconds. */
const interval = 200;

/** Notices when the content of a file changes, however it is written: in place, or replaced by another file. */
export class FileWatch {
  readonly #path: string;
  /** The content at the last change, or at the beginning. */
  #content: Buffer | undefined;
  /** The file as it was looked at last, and as it was when the content was read. */
  #seen: string;
  #known: string;
  #timer: NodeJS.Timeout | undefined;

  /** The changes count from now on, not from `start`. */
  constructor(path: string) {
    this.#path = path;
    this.#seen = this.#known = look(path);
    this.#content = read(path);
  }

  /** @param changed called for every change; while its promise is pending, for none. */
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
    // A file that is still being written is not read: it must be the same at two looks.
    if (!isStable || seen === this.#known) return false;
    this.#known = seen;
    const content = read(this.#path);
    // It was only touched, or saved as it was: a new start would lose the state for nothing.
    if (content !== undefined && this.#content?.equals(content)) return false;
    this.#content = content;
    return true;
  }
}

/** What tells one version of a file from another. Polling works on every mount, also of a file that is replaced. */
function look(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'missing';
  }
}

/** `undefined` when it cannot be read; whoever uses the file says why. */
function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
