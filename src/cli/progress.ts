import type { Terminal } from './terminal.ts';

/** A line on a terminal that later lines overwrite; does nothing if standard error is not a terminal. */
export class Progress {
  readonly #stderr: Terminal['stderr'];

  constructor({ stderr }: Terminal) {
    this.#stderr = stderr;
  }

  show(text: string): void {
    if (this.#stderr.isTTY) this.#stderr.write(`\r\x1b[K${text}`);
  }

  /** Removes the line. */
  end(): void {
    this.show('');
  }
}
