/** Compares two values as the runner's own matchers do. */
export type Equals = (actual: unknown, expected: unknown) => boolean;

/**
 * Gives `expect.any(String)` and the like of Bun the method `asymmetricMatch`, which they do not have; Bun itself compares.
 *
 * @param expected a value that may contain such matchers; it is not changed.
 */
export function withAskableMatchers(expected: unknown, equals: Equals): unknown {
  const name = /^\[object (\w+)]$/.exec(Object.prototype.toString.call(expected))?.[1] ?? '';
  if (name.startsWith('Expect')) {
    return { asymmetricMatch: (actual: unknown) => equals(actual, expected), toAsymmetricMatcher: () => name };
  }
  if (Array.isArray(expected)) return expected.map((part) => withAskableMatchers(part, equals));
  if (name !== 'Object' || typeof expected !== 'object' || expected === null || 'asymmetricMatch' in expected) {
    return expected;
  }
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, withAskableMatchers(value, equals)]));
}
