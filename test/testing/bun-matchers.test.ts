import { contains } from '../../src/journal/pattern.ts';
import { withAskableMatchers } from '../../src/testing/bun-matchers.ts';

/** As Bun's are: nothing but a tag. */
class Opaque {
  readonly #tag: string;
  constructor(tag: string) {
    this.#tag = tag;
  }
  get [Symbol.toStringTag](): string {
    return this.#tag;
  }
}

const anyText = new Opaque('ExpectAny');
const equals = (actual: unknown, expected: unknown) => expected === anyText && typeof actual === 'string';
const fits = (actual: unknown, expected: unknown) => contains(actual, withAskableMatchers(expected, equals));

test.each([
  ['at the top', 'x', 1, anyText],
  ['in a field', { a: 'x', b: 2 }, { a: 1 }, { a: anyText }],
  ['in a list', ['x', 2], [1, 2], [anyText, 2]],
  ['below both', { a: [{ b: 'x' }] }, { a: [{ b: 1 }] }, { a: [{ b: anyText }] }],
])('a matcher of Bun %s is asked', (_where, fitting, other, expected) => {
  expect(fits(fitting, expected)).toBe(true);
  expect(fits(other, expected)).toBe(false);
});

test.each([[/x/], [null], [undefined], [1], [expect.any(String)]])('%s is left as it is', (value) => {
  expect(withAskableMatchers(value, equals)).toBe(value);
  expect(withAskableMatchers({ value }, equals)).toEqual({ value });
});
