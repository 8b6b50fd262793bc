import { closest, distance } from 'fastest-levenshtein';

/** The known name that is most similar; `undefined` when none is similar enough. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const nearest = closest(name, known);
  // A short word with two different letters is another word.
  const most = Math.max(name.length < 4 ? 1 : 2, name.length / 3);
  return distance(name, nearest) <= most ? nearest : undefined;
}

/** For messages about an unknown name: "did you mean '…'?", or `otherwise` when no known name is similar. */
export function didYouMean(name: string, known: readonly string[], otherwise: string): string {
  const suggestion = suggest(name, known);
  return suggestion === undefined ? otherwise : `did you mean '${suggestion}'?`;
}
