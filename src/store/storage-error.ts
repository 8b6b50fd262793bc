import { codeOf, messageOf } from '../message-of.ts';

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
