import { foldCase } from '../text/fold-case.ts';
import { finder } from './search.ts';

/**
 * Compiles a LIKE pattern: `%` matches any text, also none; every other character, `_` too, matches itself;
 * letters match in any case.
 *
 * The search for the parts between the wildcards goes from left to right and never back.
 */
export function compileLike(pattern: string): (text: string) => boolean {
  const parts = foldCase(pattern).split('%');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts
    .slice(1, -1)
    .filter((part) => part !== '')
    .map((part) => ({ find: finder(part), length: part.length }));
  if (parts.length === 1) return (text) => foldCase(text) === first;

  return (text) => {
    const folded = foldCase(text);
    if (folded.length < first.length + last.length) return false;
    if (!folded.startsWith(first) || !folded.endsWith(last)) return false;
    const end = folded.length - last.length;
    let from = first.length;
    for (const { find, length } of middle) {
      const at = find(folded, from);
      if (at === -1 || at + length > end) return false;
      from = at + length;
    }
    return true;
  };
}
