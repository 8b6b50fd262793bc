/**
 * A text as it compares when the case of letters does not count.
 *
 * The lower case of Σ depends on its neighbours, which must not make a difference here.
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}
