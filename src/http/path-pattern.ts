import { basePath, pathBelow, tidyPath } from './paths.ts';

/** Path patterns of faults, stubs and searches of the journal: `/accounts/{id}`, `/accounts/*`. */

const mistakes = [
  [/\?/, "a query: leave it out (a pattern of the journal has it in 'query')"],
  [/:\/\//, 'a scheme and host, which do not belong to a path'],
  [/\*(?!$)/, 'a * before its end: write {name} for one segment'],
  [/(^|\/):/, 'a :name, which is written {name}'],
  [/\{[^}/]*(\/|$)|^[^{]*\}/, 'a single brace'],
  [/[^/]\{|\}[^/*]/, 'a {name} that is part of a segment: it matches a whole segment'],
  [/\s/, 'a space'],
  [
    new RegExp(`^/*${basePath.slice(1).replace('/', '/+')}(/*|\\*)$`),
    'only the base path: write /* for all paths below it',
  ],
] as const;

/** @throws {Error} for a text that no path could ever match, and why. */
export function checkPathPattern(pattern: string): void {
  const found = mistakes.find(([what]) => what.test(pattern));
  if (found !== undefined) throw new Error(`Path pattern '${pattern}' has ${found[1]}.`);
}

/**
 * A path pattern below the base path. The given pattern can begin with the base path or leave it out, and its first
 * slash too.
 */
export function belowBasePath(pattern: string): string {
  const tidy = tidyPath(pattern.startsWith('/') ? pattern : `/${pattern}`);
  return pathBelow(basePath, tidy) ?? tidy;
}

/**
 * Compiles a path pattern: `{name}` matches one segment, and a `*` at the end the rest of its segment and any further
 * segments. A pattern can begin with the base path or leave it out.
 */
export function compilePath(pattern: string): (path: string) => boolean {
  const below = belowBasePath(pattern);
  const isOpen = below.endsWith('*');
  const isPart = isOpen && !below.endsWith('/*');
  const segments = (isOpen ? below.slice(0, -1).replace(/\/$/, '') : below).split('/');
  const tests = segments.map((segment, index): ((part: string) => boolean) => {
    if (/^\{.*\}$/.test(segment)) return () => true;
    const text = decode(segment);
    return isPart && index === segments.length - 1 ? (part) => part.startsWith(text) : (part) => part === text;
  });
  return (path) => {
    const parts = path.split('/').map(decode);
    if (isOpen ? parts.length < tests.length : parts.length !== tests.length) return false;
    return tests.every((test, index) => test(parts[index] ?? ''));
  };
}

/** The decoded values of the names in braces of a pattern below the base path, for a path that matches it. */
export function pathParameters(below: string, path: string): Record<string, string> {
  const parts = path.split('/').map(decode);
  const named = below.split('/').flatMap((segment, index) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    return name === undefined ? [] : [[name, parts[index] ?? '']];
  });
  return Object.fromEntries(named);
}

/** A segment without its percent-encoding; a malformed one stays as it is written. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
