/** Where the platform's paths begin. */
export const basePath = '/elements/api-v2';

/** Where the emulator's own paths begin. */
export const controlPath = '/__emulator';

/** A path as it counts: doubled and trailing slashes do not. */
export function tidyPath(path: string): string {
  const single = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  return single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single;
}

/** The part of a tidy path below another, such as the base path; `undefined` for one that is elsewhere. */
export function pathBelow(base: string, path: string): string | undefined {
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

/** @throws {Error} for a text that no path could ever match, and why. */
export function checkPathPattern(pattern: string): void {
  const fault = [
    [/\?/, "a query, which goes into 'query'"],
    [/:\/\//, 'a scheme and host, which a path has not'],
    [/\*(?!$)/, 'a * before its end: one segment is {name}'],
    [/(^|\/):/, 'a :name, which is written {name}'],
    [/\{[^}/]*(\/|$)|^[^{]*\}/, 'a brace that stands alone'],
    [/[^/]\{|\}[^/*]/, 'a {name} with something beside it: it stands for a whole segment'],
    [/\s/, 'a space'],
    [
      new RegExp(`^/*${basePath.slice(1).replace('/', '/+')}(/*|\\*)$`),
      'the base path alone: whatever is below it is /*',
    ],
  ] as const;
  const found = fault.find(([what]) => what.test(pattern));
  if (found !== undefined) throw new Error(`Path pattern '${pattern}' has ${found[1]}.`);
}

/** A path pattern below the base path, which it may begin with or leave out; its first slash too. */
export function belowBasePath(pattern: string): string {
  const tidy = tidyPath(pattern.startsWith('/') ? pattern : `/${pattern}`);
  return pathBelow(basePath, tidy) ?? tidy;
}

/**
 * Compiles a path pattern: `{name}` stands for one segment, a `*` at the end for whatever
 * follows, nothing too, and the rest of its own segment. A pattern may begin with the base path
 * or leave it out.
 */
export function compilePath(pattern: string): (path: string) => boolean {
  const below = belowBasePath(pattern);
  const open = below.endsWith('*');
  const isPart = open && !below.endsWith('/*');
  const segments = (open ? below.slice(0, -1).replace(/\/$/, '') : below).split('/');
  const tests = segments.map((segment, index): ((part: string) => boolean) => {
    if (/^\{.*\}$/.test(segment)) return () => true;
    const text = decode(segment);
    return isPart && index === segments.length - 1 ? (part) => part.startsWith(text) : (part) => part === text;
  });
  return (path) => {
    const parts = path.split('/').map(decode);
    if (open ? parts.length < tests.length : parts.length !== tests.length) return false;
    return tests.every((test, index) => test(parts[index] ?? ''));
  };
}

/** A segment without its percent-encoding; one that is malformed stays as it is written. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
