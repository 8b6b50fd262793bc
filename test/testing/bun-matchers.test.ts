import { createEmulator } from '../../src/index.ts';
import { contains } from '../../src/journal/contains.ts';
import { withAskableMatchers } from '../../src/testing/bun-matchers.ts';
import { matchers } from '../../src/testing/index.ts';
import { connect } from '../support/client.ts';

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
])('a matcher of Bun %s is used', (_where, fitting, other, expected) => {
  expect(fits(fitting, expected)).toBe(true);
  expect(fits(other, expected)).toBe(false);
});

test.each([[/x/], [null], [undefined], [1], [expect.any(String)]])('%s stays unchanged', (value) => {
  expect(withAskableMatchers(value, equals)).toBe(value);
  expect(withAskableMatchers({ value }, equals)).toEqual({ value });
});

describe('toHaveReceived in Bun', () => {
  const emulator = createEmulator();
  const expectation = () => ({ body: { externalId: anyText as unknown }, times: 1 });
  beforeAll(async () => {
    await connect(emulator).post('/accounts', { externalId: 'a' });
    Object.assign(globalThis, { Bun: {} });
  });
  afterAll(() => Reflect.deleteProperty(globalThis, 'Bun'));

  test('compares with the function that Bun gives the matcher', () => {
    const context = {
      // Bun's own asks for its context as well.
      equals(this: unknown, actual: unknown, expected: unknown) {
        return this === context && equals(actual, expected);
      },
    };
    expect(matchers.toHaveReceived.call(context, emulator, 'createAccount', expectation()).pass).toBe(true);
    const other = { body: { externalId: new Opaque('ExpectOther') } };
    expect(matchers.toHaveReceived.call(context, emulator, 'createAccount', other).pass).toBe(false);
  });

  test.each([[undefined], [null], [{}], [{ equals: 1 }]])(
    'uses the expectation unchanged with the context %j',
    (context) => {
      const plain = { body: { externalId: 'a' }, times: 1 };
      expect(matchers.toHaveReceived.call(context, emulator, 'createAccount', plain).pass).toBe(true);
    },
  );
});
