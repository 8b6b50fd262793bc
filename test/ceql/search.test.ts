import fc from 'fast-check';
import { finder } from '../../src/ceql/search.ts';
import { runs } from '../support/runs.ts';
import { seedFastCheck } from './seed.ts';

seedFastCheck();

// Of two letters, so that parts begin again within themselves.
const letters = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b'), { minLength, maxLength }).map((list) => list.join(''));

test('finds what String.indexOf finds, from any start', () => {
  fc.assert(
    fc.property(letters(0, 60), letters(1, 40), letters(0, 60), fc.nat(120), (before, part, after, from) => {
      const text = before + part + after;
      const find = finder(part);
      expect(find(text, 0)).toBe(text.indexOf(part));
      expect(find(text, from)).toBe(text.indexOf(part, from));
      expect(find(before + after, 0)).toBe((before + after).indexOf(part));
    }),
    { numRuns: runs(500) },
  );
});

test('finds the first of many occurrences', () => {
  const part = 'ab'.repeat(20);
  expect(finder(part)(`x${part}${part}`, 0)).toBe(1);
  expect(finder(part)('ab'.repeat(19), 0)).toBe(-1);
  expect(finder(part)('', 0)).toBe(-1);
});
