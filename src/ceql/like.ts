/**
 * Compiles a LIKE pattern: `%` stands for any text, also none; every other character, `_` too,
 * stands for itself; letters match in any case.
 *
 * The parts between the wildcards are looked for from left to right, which never goes back.
 */
export function compileLike(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('%');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  if (parts.length === 1) return (text) => text.toLowerCase() === first;

  return (text) => {
    const lower = text.toLowerCase();
    if (lower.length < first.length + last.length) return false;
    if (!lower.startsWith(first) || !lower.endsWith(last)) return false;
    const end = lower.length - last.length;
    let from = first.length;
    for (const part of middle) {
      const at = lower.indexOf(part, from);
      if (at === -1 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}
