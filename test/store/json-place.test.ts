import fc from 'fast-check';
import { findJsonFault } from '../../src/store/json-place.ts';

const place = (line: number, column: number, isEnd = false) => ({ line, column, isEnd });

test.each([
  ['a comma too many', '{"a": [1, 2,]}', place(1, 13)],
  ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', place(3, 3)],
  ['a comma before the end', '{\r\n  "a": 1,\r\n}', place(3, 1)],
  ['a key without quotes', '{a: 1}', place(1, 2)],
  ['a colon too few', '{"a" 1}', place(1, 6)],
  ['another bracket', '{"a": [1}', place(1, 9)],
  ['a closing one alone', ']', place(1, 1)],
  ['a comment', '{\n  // why\n  "a": 1\n}', place(2, 3)],
  ['quotes of another kind', "{'a': 1}", place(1, 2)],
  ['a word that is none', '[nope]', place(1, 2)],
  ['a number that is none', '[01]', place(1, 2)],
  ['a line break in a text', '["a\nb"]', place(1, 4)],
  ['an escape that is none', '["\\x"]', place(1, 3)],
  ['something after the end', '{} {}', place(1, 4)],
  ['zeros', '\0\0', place(1, 1)],
  ['cut off in a list', '[1,\n2', place(2, 2, true)],
  ['cut off in a text', '{"a": "b', place(1, 9, true)],
  ['cut off in an escape', '["\\u00', place(1, 3, true)],
  ['cut off in a word', '[tru', place(1, 2, true)],
  ['cut off in a number', '[-', place(1, 2, true)],
  ['cut off after a key', '{"a"\n', place(2, 1, true)],
  ['nothing', '', place(1, 1, true)],
])('%s', (_what, text, expected) => {
  expect(findJsonFault(text)).toEqual(expected);
});

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('it agrees with the engine on what is JSON', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', '0', 'e', '\\', '\n', '-'),
      (json, at, other) => {
        const text = json.slice(0, at % json.length) + other + json.slice((at % json.length) + 1);
        expect(findJsonFault(json)).toBeUndefined();
        expect(findJsonFault(text) === undefined).toBe(parses(text));
      },
    ),
    { seed: Number(process.env.FC_SEED ?? 20170115), numRuns: 2_000 },
  );
});

test('what is cut off anywhere is said to be so', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      const text = json.slice(0, at % json.length);
      const fault = findJsonFault(text);
      if (!parses(text)) expect(fault?.isEnd).toBe(true);
    }),
    { seed: Number(process.env.FC_SEED ?? 20170115), numRuns: 2_000 },
  );
});

test('no depth is too much', () => {
  expect(findJsonFault('['.repeat(200_000))).toEqual(place(1, 200_001, true));
});
