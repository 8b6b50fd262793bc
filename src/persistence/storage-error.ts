import { codeOf, messageOf } from '../text/message-of.ts';

/** No change can be saved, although no system call failed. */
export class CannotKeepError extends Error {
  /** The same without paths. */
  readonly summary: string;

  constructor(summary: string, message = summary) {
    super(message);
    this.summary = summary;
  }
}

/** The data file, its log or its lock is not as this emulator left it. */
export function foreign(what: string, path: string): CannotKeepError {
  const remedy = 'end this emulator and start it again. POST /__emulator/snapshots first to save what it has in memory';
  return new CannotKeepError(what, `${path}: ${what}. The emulator saves and overwrites nothing more: ${remedy}`);
}

/** A change could not be saved and has been undone. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** The same without the path, for clients. */
  readonly summary: string;

  constructor(cause: unknown) {
    super(`the data file cannot be written, the change was undone: ${messageOf(cause)}`, { cause });
    const why = cause instanceof CannotKeepError ? cause.summary : codeOf(cause);
    this.summary = `The change could not be saved in the data file${why === undefined ? '' : ` (${why})`} and was undone.`;
  }
}
