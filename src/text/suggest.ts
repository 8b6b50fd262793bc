import { closest, distance } from 'fastest-levenshtein';

/** The known name that was probably meant; `undefined` when none is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const nearest = closest(name, known);
  // Of three letters, two others make another word.
  const most = Math.max(name.length < 4 ? 1 : 2, name.length / 3);
  return distance(name, nearest) <= most ? nearest : undefined;
}

/** What to say of an unknown name: "did you mean '…'?", or something else when no known one is near. */
export function didYouMean(name: string, known: readonly string[], otherwise: string): string {
  const suggestion = suggest(name, known);
  return suggestion === undefined ? otherwise : `did you mean '${suggestion}'?`;
}
