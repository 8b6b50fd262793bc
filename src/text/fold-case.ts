/**
 * A text for comparisons that ignore the case of letters.
 *
 * The lower case of Σ depends on its neighbors, which must not make a difference here.
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}
