import { absent, agreeOn, Difference, such } from '../../src/conformance/difference.ts';

const positive = such('a positive number', (value) => Number(value) > 0);

/** What `agreeOn` says of a value; `[]` when it agrees. */
function deviationsOf(expected: unknown, actual: unknown): readonly object[] {
  try {
    agreeOn('it', actual, expected);
    return [];
  } catch (error) {
    if (error instanceof Difference) return error.deviations;
    throw error;
  }
}

test.each<[what: string, expected: unknown, actual: unknown]>([
  ['a value', 'x', 'x'],
  ['nothing', absent, undefined],
  ['what holds', positive, 5],
  ['a text that matches', /^a/, 'abc'],
  ['a list', [1, positive], [1, 2]],
  ['a record with further keys', { a: { b: 1, c: absent } }, { a: { b: 1 }, d: 2 }],
])('%s agrees', (_what, expected, actual) => {
  expect(deviationsOf(expected, actual)).toEqual([]);
});

test.each<[what: string, expected: unknown, actual: unknown, deviations: readonly object[]]>([
  ['another value', 'x', 'y', [{ at: 'it', expected: 'x', actual: 'y' }]],
  ['something in place of nothing', absent, 5, [{ at: 'it', expected: 'nothing', actual: 5 }]],
  ['what does not hold', positive, -5, [{ at: 'it', expected: 'a positive number', actual: -5 }]],
  ['a text that does not match', /^a/, 'b', [{ at: 'it', expected: '/^a/', actual: 'b' }]],
  ['a number in place of a text', /5/, 5, [{ at: 'it', expected: '/5/', actual: 5 }]],
  ['no list', [1], { length: 1 }, [{ at: 'it', expected: 'a list', actual: { length: 1 } }]],
  ['no record', { a: 1 }, 5, [{ at: 'it', expected: 'an object', actual: 5 }]],
  [
    'places within',
    { a: [1, { b: 2 }], c: absent },
    { a: [0, { b: 3 }], c: null },
    [
      { at: 'it.a.0', expected: 1, actual: 0 },
      { at: 'it.a.1.b', expected: 2, actual: 3 },
      { at: 'it.c', expected: 'nothing', actual: null },
    ],
  ],
  [
    'a list of another length, which is told as JSON',
    [absent, positive, /x/, [1], { a: 'b', c: positive }],
    [],
    [
      {
        at: 'it',
        expected: ['nothing', 'a positive number', '/x/', [1], { a: 'b', c: 'a positive number' }],
        actual: [],
      },
    ],
  ],
])('%s differs', (_what, expected, actual, deviations) => {
  expect(deviationsOf(expected, actual)).toEqual(deviations);
});
