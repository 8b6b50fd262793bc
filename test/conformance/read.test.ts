import type { Answer } from '../../src/conformance/answer.ts';
import { Difference, NotRun } from '../../src/conformance/difference.ts';
import { idsOf, keysOf, listOf, numberOf, objectOf, prepared, recordsOf, textOf } from '../../src/conformance/read.ts';

const answer = (body: unknown, status = 200): Answer => ({
  ...{ call: 'GET /x', status, body },
  headers: new Headers(),
  text: body === undefined ? '<html>' : JSON.stringify(body),
});

/** The deviations that a reader throws. */
function deviationsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof Difference) return error.deviations;
    throw error;
  }
  return [];
}

test('the readers return values that an answer has', () => {
  expect(objectOf(answer({ id: 1 }))).toEqual({ id: 1 });
  expect(listOf(answer([{ id: 1 }]))).toEqual([{ id: 1 }]);
  expect(idsOf(answer([{ id: 2 }, { id: 1 }]))).toEqual([2, 1]);
  expect(textOf({ name: 'a' }, 'name', 'GET /x')).toBe('a');
  expect(keysOf({ roles: [{ key: 'org' }, { key: 'admin' }] }, 'roles', 'GET /x')).toEqual(['admin', 'org']);
  expect(prepared(answer({}))).toEqual(answer({}));
});

test.each<[string, () => unknown, object]>([
  ['an object', () => objectOf(answer([])), { at: 'GET /x: body', expected: 'an object', actual: [] }],
  ['an object', () => objectOf(answer(undefined)), { at: 'GET /x: body', expected: 'an object', actual: '<html>' }],
  ['a status', () => objectOf(answer({}, 500)), { at: 'GET /x: status', expected: 200, actual: 500 }],
  ['a list', () => listOf(answer({})), { at: 'GET /x: body', expected: 'a list of objects', actual: {} }],
  ['a list', () => listOf(answer([1])), { at: 'GET /x: body', expected: 'a list of objects', actual: [1] }],
  ['a list', () => listOf(answer(undefined)), { at: 'GET /x: body', expected: 'a list of objects', actual: '<html>' }],
  ['a number', () => numberOf({ id: '1' }, 'id', 'GET /x'), { at: 'GET /x: id', expected: 'a number', actual: '1' }],
  ['a text', () => textOf({}, 'name', 'GET /x'), { at: 'GET /x: name', expected: 'a text', actual: undefined }],
  [
    'a list in an object',
    () => recordsOf({ roles: [null] }, 'roles', 'GET /x'),
    { at: 'GET /x: roles', expected: 'a list of objects', actual: [null] },
  ],
])('a reader that does not find %s reports a difference with its place', (_what, read, deviation) => {
  expect(deviationsOf(read)).toEqual([deviation]);
});

test('a check whose preparation fails does not run', () => {
  expect(() => prepared(answer({}, 403))).toThrow(new NotRun('could not prepare it: GET /x was answered 403'));
});
