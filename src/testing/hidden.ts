import type { RecordedRequest } from '../index.ts';
import { isAsymmetricMatcher } from '../journal/contains.ts';

/** What stands in the journal for what it does not keep: secrets, what lies too deep, bodies that are too large. */
const marks = /\[(?:redacted|too deep|\d+ bytes left out)]/;

/**
 * Finds the first place where the journal does not tell whether a request has what is expected.
 *
 * @returns in words where that is, and what the journal has there; `undefined` where it tells.
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
