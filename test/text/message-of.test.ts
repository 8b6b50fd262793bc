import { codeOf, messageOf } from '../../src/text/message-of.ts';

test.each<[unknown, string]>([
  [new Error('boom'), 'boom'],
  [{ message: 7 }, '7'],
  ['boom', 'boom'],
  [undefined, 'undefined'],
  [Object.create(null), 'a value without a message'],
])('the message of %p', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

test.each<[unknown, string | undefined]>([
  [Object.assign(new Error('gone'), { code: 'ENOENT' }), 'ENOENT'],
  [{ code: 7 }, undefined],
  [new Error('boom'), undefined],
  [null, undefined],
  ['ENOENT', undefined],
])('the code of %p', (thrown, code) => {
  expect(codeOf(thrown)).toBe(code);
});
