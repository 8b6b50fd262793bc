/** A `where` that is not CEQL, or that compares values that cannot be compared. */
export class CeqlError extends Error {
  override readonly name = 'CeqlError';
  /** The place of the error in the text, counted from 1. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
