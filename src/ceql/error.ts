/** A `where` that cannot be read, or that asks what cannot be answered. */
export class CeqlError extends Error {
  override readonly name = 'CeqlError';
  /** Where in the text the fault is, counted from 1. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
