import fc from 'fast-check';
import { hasCredentials, readHeaders, spoil } from '../../src/sandbox/console/headers.ts';
import { seedFastCheck } from '../ceql/seed.ts';

seedFastCheck();

const line = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.string(), fc.string({ unit: 'binary' })).map((pair) => pair.join(':')),
  fc.tuple(fc.constantFrom('X-A', 'authorization', 'b!#$%&'), fc.string()).map((pair) => pair.join(': ')),
);

test('the browser takes every header that the console takes, with the value that was typed', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const { headers, issue } = readHeaders(lines.join('\n'));
      if (issue !== undefined) return;
      const taken = new Headers(headers);
      for (const [name, value] of Object.entries(headers)) {
        expect(taken.has(name)).toBe(true);
        expect(lines.join('\n')).toContain(value);
      }
      expect(hasCredentials(headers)).toBe(taken.has('Authorization'));
    }),
  );
});

test.each([
  ['', {}],
  ['\n  \n', {}],
  ['X-A: 1', { 'X-A': '1' }],
  ['X-A:1\r\nX-B:  two words  ', { 'X-A': '1', 'X-B': 'two words' }],
  ['X-A:', { 'X-A': '' }],
  ['X-A: http://a:80/', { 'X-A': 'http://a:80/' }],
])('%j is read as %j', (text, headers) => {
  expect(readHeaders(text)).toEqual({ headers });
});

test('a wrong secret replaces one part of the credentials', () => {
  const right = 'User a=b+c/d=, Organization 0123';
  expect(spoil(right, undefined)).toBe(right);
  expect(spoil(right, 'user')).toBe('User wrong-secret, Organization 0123');
  expect(spoil(right, 'organization')).toBe('User a=b+c/d=, Organization wrong-secret');
});
