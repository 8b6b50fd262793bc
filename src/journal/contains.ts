/** Whether a value contains the expected one. Lists must have the same length; a RegExp matches texts. */
export function contains(actual: unknown, expected: unknown): boolean {
  if (isRegExp(expected)) return typeof actual === 'string' && new RegExp(expected).test(actual);
  if (isAsymmetricMatcher(expected)) return expected.asymmetricMatch(actual);
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) return false;
  const fields = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(expected).every(([name, value]) => contains(fields.get(name), value));
}

/** Whether a value is a RegExp, of this realm or another. */
export function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

/** `expect.any(String)` and the like, of Jest, Vitest and other runners. */
export function isAsymmetricMatcher(value: unknown): value is { asymmetricMatch(actual: unknown): boolean } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  );
}
