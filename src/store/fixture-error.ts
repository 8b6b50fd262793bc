/**
 * A fixture or data file that cannot be used. The message is one line that names the file, the
 * JSON pointer of the fault, what was found and what was expected.
 */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';
  /** Where the fixture came from: a file's path, a built-in name or "the fixture given". */
  readonly source: string;
  /** JSON pointer (RFC 6901) of the first fault; empty for the whole document. */
  readonly pointer: string;

  constructor(source: string, pointer: string, problem: string) {
    super(`${source}: ${pointer === '' ? '' : `${pointer}: `}${problem}`);
    this.source = source;
    this.pointer = pointer;
  }
}
