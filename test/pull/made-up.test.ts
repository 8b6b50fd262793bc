import fc from 'fast-check';
import { madeUpNames } from '../../src/pull/made-up.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { runs } from '../support/runs.ts';

seedFastCheck();

/** Originals as real organizations have them, and one text more. */
const originals = (...more: string[]) => ['Bob Fox', 'Ann', 'kam0', 'kam1', 'kam2', 'kam3', 'Zoe Lee', ...more];

test('a text of a hundred thousand letters is made up letter by letter', () => {
  const long = 'abcdefghij'.repeat(10_000);
  const made = madeUpNames(originals(long, `${long}x`)).text(long);
  expect(made).toHaveLength(long.length);
  expect(made).not.toMatch(/bob|fox|ann|zoe|lee|kam\d/);
});

test('a made-up text has no original in it', () => {
  const word = fc.stringMatching(/^[a-z]{3,5}$|^[A-Z][a-z]{2,9}\d?$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
      const names = madeUpNames(words);
      const made = words.map((each) => names.text(each).toLowerCase());
      for (const each of words) expect(made.filter((text) => text.includes(each.toLowerCase()))).toEqual([]);
      expect(new Set(made).size).toBe(new Set(words.map((each) => each.toLowerCase())).size);
    }),
    { numRuns: runs(300) },
  );
});
