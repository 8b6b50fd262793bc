import * as Type from '@sinclair/typebox';
import { describeKind, describeSchema } from '../../src/text/schema-words.ts';

test.each<[Parameters<typeof describeSchema>[0], string]>([
  [Type.String({ title: 'an email' }), 'an email'],
  [Type.Literal('org'), '"org"'],
  [Type.Union([Type.Literal(1), Type.Boolean()]), 'one of 1, true or false'],
  [Type.Integer(), 'a whole number'],
  [Type.Integer({ minimum: 1 }), 'a whole number from 1 up'],
  [Type.Integer({ minimum: 1, maximum: 9 }), 'a whole number from 1 to 9'],
  [Type.Number(), 'a number'],
  [Type.Boolean(), 'true or false'],
  [Type.Array(Type.String()), 'a list'],
  [Type.Array(Type.String(), { minItems: 1 }), 'a list of at least 1'],
  [Type.Array(Type.String(), { maxItems: 9 }), 'a list of at most 9'],
  [Type.Object({}), 'an object'],
  [Type.String(), 'a text'],
])('%j is %s', (schema, words) => {
  expect(describeSchema(schema)).toBe(words);
});

test.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'nothing'],
  [[], 'a list'],
  [{}, 'an object'],
  ['x', 'a text'],
  [false, 'false'],
  [7, 'a number'],
])('%j is %s', (value, words) => {
  expect(describeKind(value)).toBe(words);
});
