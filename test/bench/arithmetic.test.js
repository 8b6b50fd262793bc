import { bounds, goals, isMet } from '../../bench/goals.js';
import { sectionsFor } from '../../bench/lib/notes.js';
import { median, ratios, rotated, summary } from '../../bench/lib/statistics.js';
import { figure, goalRows, spread, table } from '../../bench/lib/table.js';

describe('the arithmetic of the benchmark', () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[10, 9, 1, 2], 5.5],
    [[100, 20, 3], 20],
  ])('the median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('there is no median of nothing', () => {
    expect(() => median([])).toThrow('no median of nothing');
  });

  test('ratios compare figures of the same round', () => {
    // The machine was three times slower in the second round; the ratio does not show it.
    expect(summary(ratios([10, 30, 8], [20, 60, 20]))).toEqual({ median: 0.5, min: 0.4, max: 0.5, samples: 3 });
    expect(() => ratios([1], [1, 2])).toThrow('same ones');
  });

  test('every contestant comes first in some round', () => {
    const list = ['a', 'b', 'c'];
    expect([0, 1, 2, 3].map((round) => rotated(list, round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  });
});

describe('the tables of the benchmark', () => {
  test.each([
    [0.6944, '0.694'],
    [1.3, '1.30'],
    [12.34, '12.3'],
    [1234.5, '1,235'],
  ])('%d is written %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  test('a cell cannot break its row', () => {
    expect(table(['a'], [['x|y']])).toBe('| a |\n| --- |\n| x\\|y |');
    expect(spread({ median: 1, min: 0.5, max: 20 })).toBe('1.00 (0.500–20.0)');
  });

  test('a goal is met at its bound, except "ahead"; "at least" compares the other way', () => {
    expect([1, 2, 3].map((value) => isMet({ bound: 2 }, value))).toEqual([true, true, false]);
    expect([1, 2, 3].map((value) => isMet({ bound: 2, below: true }, value))).toEqual([true, false, false]);
    expect([1, 2, 3].map((value) => isMet({ bound: 2, least: true }, value))).toEqual([false, true, true]);
    expect(isMet({}, 1)).toBeUndefined();
  });

  test('a goal without a result has no row', () => {
    const [, rows] = goalRows(goals, [{ id: 'get', median: 0.9, min: 0.8, max: 1, samples: 3 }]);
    expect(rows).toEqual([
      ['GET one user', 'CPU per request over bare Express', '<= 0.7', '0.900 (0.800–1.00)', '**no**'],
    ]);
  });

  test.each([
    ['goals', goals],
    ['bounds', bounds],
  ])('%s have different ids', (_name, list) => {
    const ids = list.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the report has the notes on missed goals, and no others', () => {
    const notes = '# Head\n\n## get, list\n\nRouting.\n\n## scan\n\nOne thread.\n';
    expect(sectionsFor(['list'], notes)).toBe('Routing.');
    expect(sectionsFor(['get', 'scan'], notes)).toBe('Routing.\n\nOne thread.');
    expect(sectionsFor(['post'], notes)).toBe('');
  });
});
