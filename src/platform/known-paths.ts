import { belowBasePath, checkPathPattern, compilePath } from '../http/path-pattern.ts';
import { basePath } from '../http/paths.ts';
import { didYouMean } from '../text/suggest.ts';
import { isNotEmulated, notEmulatedPaths } from './not-emulated.ts';
import { operations } from './operations.ts';

/**
 * Checks a path pattern of a fault, or of a search of the journal: it must match a path of the platform, emulated or
 * not, because a typing mistake could make a test pass. A pattern that ends in `*` is not checked.
 *
 * @param more known path patterns in addition to the paths of the platform, such as those of stubs.
 * @throws {Error} for a pattern that no path could ever match, with the path that was probably meant.
 */
export function checkKnownPath(pattern: string, more: readonly string[] = []): void {
  checkPathPattern(pattern);
  const path = belowBasePath(pattern);
  if (path.endsWith('*') || isNotEmulated('POST', path.replace(/\{[^/]*\}/g, '1'))) return;
  const literal = more.filter((each) => !each.endsWith('*')).map(belowBasePath);
  const known = [...operations.map((operation) => operation.path), ...notEmulatedPaths, ...literal];
  const segments = path.split('/');
  if (known.some((each) => fits(each.split('/'), segments))) return;
  if (more.some((each) => each.endsWith('*') && compilePath(each)(path))) return;
  const nearest = [...new Set(known.map((each) => fillIn(each.split('/'), segments)))];
  const otherwise = `docs/operations.md lists all paths, which begin below ${basePath}; a pattern that ends in * is not checked.`;
  throw new Error(`The platform has no path '${pattern}': ${didYouMean(path, nearest, otherwise)}`);
}

/** Whether one path can match both patterns; a segment in braces matches any. */
function fits(known: readonly string[], asked: readonly string[]): boolean {
  const isSame = (segment: string, index: number) => {
    const other = asked[index] ?? '';
    return segment === other || (isParameter(segment) && other !== '') || isParameter(other);
  };
  return known.length === asked.length && known.every(isSame);
}

/** A known path with the ids of the given one, so that these do not count as differences. */
function fillIn(known: readonly string[], asked: readonly string[]): string {
  if (known.length !== asked.length) return known.join('/');
  return known.map((segment, index) => (isParameter(segment) ? (asked[index] ?? segment) : segment)).join('/');
}

function isParameter(segment: string): boolean {
  return /^\{.*\}$/.test(segment);
}
