import { retryDelay } from '../../src/conformance/retry-after.ts';

const date = 'Sat, 28 Nov 2026 09:00:00 GMT';

test.each<[string, Record<string, string>, number, number]>([
  ['seconds', { 'retry-after': '7' }, 0, 7000],
  ['seconds with a fraction', { date, 'retry-after': '1.5' }, 0, 1500],
  ['a negative number', { date, 'retry-after': '-3' }, 1, 2000],
  ['seconds with blanks', { 'retry-after': ' 7 ' }, 0, 7000],
  ['a date, after that of the answer', { date, 'retry-after': 'Sat, 28 Nov 2026 09:00:30 GMT' }, 0, 30_000],
  ['a date that has passed', { date, 'retry-after': 'Sat, 28 Nov 2026 08:00:00 GMT' }, 0, 0],
  ['a date in an answer without one', { 'retry-after': date }, 1, 2000],
  ['more than a minute', { 'retry-after': '3600' }, 0, 60_000],
  ['nothing, the first time', {}, 0, 1000],
  ['nothing, the third time', {}, 2, 4000],
  ['nothing, many times', {}, 20, 60_000],
  ['what is neither', { 'retry-after': 'soon' }, 0, 1000],
])('retryDelay reads Retry-After with %s', (_what, headers, attempt, delay) => {
  expect(retryDelay(new Headers(headers), attempt)).toBe(delay);
});
