import { inPieces } from '../fixtures/fixture-text.ts';

/** This many small pieces are made before other requests are answered. */
const mostParts = 500;

/** An answer that can be large: its text is made in pieces, and other requests are answered in between. */
export class Pieces {
  readonly text: Iterator<Buffer>;

  /** @param text JSON in small pieces. */
  constructor(text: Iterable<string>) {
    this.text = inPieces(text, '', mostParts);
  }
}

/** An answer that is a list of the results of `show` for each item, without items for which it returns nothing. */
export function listInPieces<T>(items: Iterable<T>, show: (item: T) => object | undefined): Pieces {
  return new Pieces(jsonOf(items, show));
}

function* jsonOf<T>(items: Iterable<T>, show: (item: T) => object | undefined): Generator<string, undefined> {
  let before = '[';
  for (const item of items) {
    const shown = show(item);
    yield shown === undefined ? '' : before + JSON.stringify(shown);
    if (shown !== undefined) before = ',';
  }
  yield before === '[' ? '[]' : ']';
}
