import { belowBasePath } from '../../http/path-pattern.ts';

/**
 * Whether a path pattern of a fault fits no path of an operation. The emulator refuses such a pattern unless it ends in
 * `*`: that may be meant for paths which it does not emulate, so the page only says so.
 */
export function fitsNoPath(pattern: string, paths: readonly string[]): boolean {
  if (pattern === '' || paths.length === 0) return false;
  const below = belowBasePath(pattern);
  const isOpen = below.endsWith('*');
  const asked = (isOpen ? below.slice(0, -1).replace(/\/$/, '') : below).split('/');
  return !paths.some((path) => {
    const known = path.split('/');
    if (isOpen ? known.length < asked.length : known.length !== asked.length) return false;
    return asked.every((segment, index) => {
      const own = known[index] ?? '';
      return segment === own || [segment, own].some((each) => each.startsWith('{'));
    });
  });
}
