/** One thing that is wrong with a fixture. */
export interface FixtureFault {
  /** JSON pointer (RFC 6901); empty for the whole document. */
  readonly pointer: string;
  /** One line that names the file, the JSON pointer, what was found and what was expected. */
  readonly message: string;
}

/** What is wrong, and where, before it is known of which file. */
export type Problem = readonly [pointer: string, problem: string];

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
  readonly #findAll: () => Iterable<Problem>;

  /** @param findAll finds all faults, this one too; looked for when somebody asks alone. */
  constructor(
    source: string,
    pointer: string,
    problem: string,
    findAll: () => Iterable<Problem> = () => [[pointer, problem]],
  ) {
    super(lineOf(source, pointer, problem));
    this.source = source;
    this.pointer = pointer;
    this.#findAll = findAll;
  }

  /** All that is wrong with the fixture, this fault too, as far as one does not hide another. */
  get faults(): readonly FixtureFault[] {
    return Array.from(this.#findAll(), ([pointer, problem]) => ({
      pointer,
      message: lineOf(this.source, pointer, problem),
    }));
  }
}

function lineOf(source: string, pointer: string, problem: string): string {
  return `${source}: ${pointer === '' ? '' : `${pointer}: `}${problem}`;
}
