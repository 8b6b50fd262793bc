/** Up to so many characters the engine's own search is fast, whatever the text. */
const short = 16;

/**
 * Looks for a part in texts, in time that grows with the text alone: the engine's own search takes
 * that times the length of the part where both repeat themselves.
 */
export function finder(part: string): (text: string, from: number) => number {
  if (part.length <= short) return (text, from) => text.indexOf(part, from);
  const borders = bordersOf(part);
  return (text, from) => {
    let matched = 0;
    for (let at = from; at < text.length; at += 1) {
      while (matched > 0 && text[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
      if (text[at] === part[matched]) matched += 1;
      if (matched === part.length) return at - part.length + 1;
    }
    return -1;
  };
}

/** For each beginning of the part, how much of its end is a beginning again (Knuth, Morris and Pratt). */
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
