/**
 * Prepares the search for a part, which is not empty: it finds where the part occurs in a text from a position on,
 * overlapping occurrences too. Its time is linear in the text, while that of the engine's own search can grow with the
 * product of both lengths.
 */
export function occurrencesOf(part: string): (text: string, from?: number) => Generator<number, undefined> {
  const borders = bordersOf(part);
  return function* (text, from = 0) {
    let matched = 0;
    for (let at = from; at < text.length; at += 1) {
      while (matched > 0 && text[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
      if (text[at] === part[matched]) matched += 1;
      if (matched < part.length) continue;
      yield at + 1 - matched;
      matched = borders[matched - 1] ?? 0;
    }
    return undefined;
  };
}

/** The failure function of Knuth, Morris and Pratt: for each prefix, the length of its longest border. */
function bordersOf(part: string): readonly number[] {
  const borders = [0];
  let matched = 0;
  for (let at = 1; at < part.length; at += 1) {
    while (matched > 0 && part[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
    if (part[at] === part[matched]) matched += 1;
    borders.push(matched);
  }
  return borders;
}
