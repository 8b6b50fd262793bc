import { counted } from '../../src/text/counted.ts';
import { shown } from '../../src/text/shown.ts';

test.each([
  ['api.cloud-elements.com', "'api.cloud-elements.com'"],
  ['', "''"],
  ['organization-user-required-feilds', "'organization-user-required-feilds'"],
  ['e598b00f16fb9fe4f81768387352348d', "'…' (32 characters, not repeated here)"],
  ['Ntt0KFVYihWZK6RK22afO01IddI/0mg4qreYVpyMHA4=', "'…' (44 characters, not repeated here)"],
  ['User a, Organization b', "'…' (22 characters, not repeated here)"],
  ['http://a.example/b/c', "'http://a.example/b/c'"],
])('a message shows %j as %s', (text, words) => {
  expect(shown(text)).toBe(words);
});

test('a message cuts a long text', () => {
  expect(shown('a.'.repeat(150))).toBe(`'${'a.'.repeat(100)}…'`);
});

test.each([
  [0, '0 users'],
  [1, '1 user'],
  [2, '2 users'],
  [5000, '5,000 users'],
])('a message counts %d as %s', (count, words) => {
  expect(counted(count, 'user')).toBe(words);
});
