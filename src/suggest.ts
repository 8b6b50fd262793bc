import { closest, distance } from 'fastest-levenshtein';

/** The known name that was probably meant; `undefined` when none is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const nearest = closest(name, known);
  return distance(name, nearest) <= Math.max(2, name.length / 3) ? nearest : undefined;
}
