import type { RecordedRequest } from '../index.ts';
import { isAsymmetricMatcher } from '../journal/contains.ts';

/** The texts of the journal in place of secrets, of parts that are too deep and of bodies that are too large. */
const marks = /\[(?:redacted|too deep|\d+ bytes left out)]/;

/**
 * Finds the first place where the journal does not show whether a request matches.
 *
 * @returns that place in words, and what the journal has there; `undefined` when there is no such place.
 */
export function findHidden(requests: readonly RecordedRequest[], expected: object): string | undefined {
  for (const request of requests) {
    const found = hiddenIn(request, expected, '');
    if (found !== undefined) return `${found} of ${request.method} ${request.path}`;
  }
  return undefined;
}

function hiddenIn(actual: unknown, expected: unknown, place: string): string | undefined {
  if (expected === undefined || isAsymmetricMatcher(expected)) return undefined;
  if (typeof actual === 'string') {
    return marks.test(actual) && actual !== expected ? `'${actual}' as ${place}` : undefined;
  }
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null)
    return undefined;
  for (const [name, value] of Object.entries(expected)) {
    const found = hiddenIn(
      Object.getOwnPropertyDescriptor(actual, name)?.value,
      value,
      place === '' ? name : `${place}.${name}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
