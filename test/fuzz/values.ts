import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox';
import fc from 'fast-check';
import type { Expression } from '../../src/ceql/ast.ts';
import { privilegeKeys } from '../../src/state/privileges.ts';
import { anyExpression, anyText } from '../ceql/arbitraries.ts';
import { and, bool, compare, date, like, not, number, or, text, unset, within } from '../ceql/expressions.ts';
import { print } from '../ceql/print.ts';
import { type Mark, maxMark } from './resolve.ts';

/** Values for parameters and fields: valid, invalid and hostile ones. */

/** A mark of a record that will be there when the request is sent. */
export function mark(kind: Mark): fc.Arbitrary<string> {
  return fc.nat(maxMark).map((n) => `{{${kind}:${n}}}`);
}

/** Mostly the first, seldom one of the others. */
export function mostly<T>(usual: fc.Arbitrary<T>, ...odd: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: usual, weight: 12 * odd.length }, ...odd.map((arbitrary) => ({ arbitrary, weight: 1 })));
}

/** A value, one time in so many; else none. */
export function sometimes<T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: times - 1 }, { arbitrary, weight: 1 });
}

/** Texts that have caused errors in other software. */
export const hostileText = fc.constantFrom(
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'undefined', 'NaN'],
  ...['\0', 'a\0b', '\ud800', '\udc00', 'a\ud83d', '\ufeff', '\u2028', '\u202e', '\u0085', '\r\n', '\t', '\x1b[31m'],
  ...[
    '%',
    '%2F',
    '%00',
    '%ff',
    '%25',
    '../..',
    '/',
    '\\',
    "'",
    '"',
    '`',
    '’',
    '<script>',
    '%{1}',
    '{{7*7}}',
    '$&',
    '$1',
  ],
  ...['İ', 'ß', 'ς', 'Σ', '😀', 'e\u0301', '٣', ' ', '', '0', '-1', 'null', 'true', '1e999', '[]', '{}'],
  'x'.repeat(5000),
  '.'.repeat(3000),
  '😀'.repeat(1000),
);

const words = fc.constantFrom('here', 'Here', 'there', 'Uma', 'User', 'a', 'Greg Smith', 'O’Brien', '50%', 'Ä', '7');
export const anyWord = fc.oneof(
  { arbitrary: words, weight: 6 },
  { arbitrary: hostileText, weight: 3 },
  { arbitrary: anyText, weight: 1 },
);

export const hostileNumber = fc.constantFrom(
  ...[0, -0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e300, -1e300, 5e-324, 253_402_300_799_999, -1e14],
);

/** A value of any kind at all. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  anyWord,
  hostileNumber,
  fc.constantFrom<unknown>(true, false, null, [], {}, [[]], [null], [{}], { key: null }, { length: 1 }, [[[[{}]]]]),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')),
  fc.jsonValue({ maxDepth: 3 }),
);

const roleKey = fc.constantFrom('admin', 'org', 'org-admin', 'default-user', 'admin', 'sys-admin', 'x', '__proto__');
const privilegeKey = mostly(fc.constantFrom<string>(...privilegeKeys), fc.constantFrom('system', 'x', 'constructor'));
const day = fc.constantFrom('2017-07-10', '2020-03-01', '0000-01-01', '9999-12-31', '2017-02-30');
const instant = fc.constantFrom('2017-07-10T12:30:15.123+02:00', '9999-12-31T23:59:59-01:00', '1e3', '1499644800123');

/** Texts that mean something under a name. */
const known: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.oneof(
    { arbitrary: fc.nat(50).map((n) => `user-${n}@new.example`), weight: 8 },
    fc.nat(50).map((n) => `USER-${n}@New.Example`),
    mark('email'),
    hostileText.map((odd) => `${odd.slice(0, 90)}@odd.example`),
    hostileText,
  ),
  username: fc.oneof(mark('username'), mark('email'), anyWord),
  password: fc.oneof(mark('password'), fc.constantFrom('Passw0rd!', 'aB1!aB1!aB1!', 'secured', 'user-pw'), anyWord),
  externalId: fc.oneof(mark('externalId'), anyWord),
  createdDate: fc.oneof(day, instant),
  symbolCharacterSet: fc.constantFrom('!?$', '', '€', ']\\^-', '__proto__'),
  'roles.key': roleKey,
  'privileges.key': privilegeKey,
  'roles[].key': roleKey,
};

/**
 * A value that fits a schema.
 *
 * @param name where it stands, such as `roles.key`.
 */
export function fitting(schema: TSchema, name = ''): fc.Arbitrary<unknown> {
  if (KindGuard.IsObject(schema)) return bodyOf(schema, name).map((entries) => Object.fromEntries(entries));
  if (KindGuard.IsArray(schema)) return fc.array(fitting(schema.items, name), { maxLength: 3 });
  if (KindGuard.IsUnion(schema)) return fc.oneof(...schema.anyOf.map((each) => fitting(each, name)));
  if (KindGuard.IsBoolean(schema)) return fc.boolean();
  if (KindGuard.IsInteger(schema)) {
    const { minimum = 0, maximum = minimum + 3 } = schema;
    // Some are within narrow bounds, so that passwords that fit are to be had.
    return fc.oneof(fc.integer({ min: minimum, max: maximum }), fc.constant(minimum), fc.constantFrom(3, 930));
  }
  if (KindGuard.IsNumber(schema)) return hostileNumber;
  const texts = known[name] ?? anyWord;
  return schema.pattern === '\\S' ? texts.filter((word) => /\S/.test(word)) : texts;
}

export type Entries = readonly (readonly [name: string, value: unknown])[];

/** The fields of an object that fits: optional ones are there, absent or null. */
export function bodyOf(schema: TObject, place = ''): fc.Arbitrary<Entries> {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const value = fitting(field, place === '' ? name : `${place}.${name}`).map((each) => [[name, each] as const]);
    const absent = fc.constantFrom<Entries>([], [], [[name, null]]);
    return required.has(name) ? value : fc.oneof({ arbitrary: value, weight: 2 }, { arbitrary: absent, weight: 3 });
  });
  return fc.tuple(...fields).map((found) => found.flat());
}

const operator = fc.constantFrom('=', '!=', '<', '>', '<=', '>=' as const);

/** A predicate on a field of this schema, with values that records have. */
function predicate(name: string, schema: TSchema): fc.Arbitrary<Expression> {
  const marks: readonly Mark[] = ['account', 'user', 'organization'];
  const ids = fc.oneof(...marks.map(mark)).map(number);
  const texts = fc.oneof(anyWord, known[name] ?? anyWord, day).map(text);
  const literal = KindGuard.IsBoolean(schema)
    ? fc.constantFrom(bool('true'), bool('false'), text('TRUE'))
    : KindGuard.IsInteger(schema)
      ? mostly(ids, hostileNumber.map(String).map(number))
      : schema.pattern === undefined
        ? texts
        : day.map(date);
  return fc.oneof(
    fc.tuple(operator, literal).map(([op, value]) => compare(name, op, value)),
    fc.tuple(anyWord, fc.boolean()).map(([pattern, negated]) => like(name, `%${pattern}%`, negated)),
    fc.tuple(fc.array(literal, { minLength: 1, maxLength: 3 }), fc.boolean()).map((parts) => within(name, ...parts)),
    fc.boolean().map((negated) => unset(name, negated)),
  );
}

/** A `where` for a list of such records: mostly one that can be answered. */
export function whereOf(properties: Readonly<Record<string, TSchema>>): fc.Arbitrary<string> {
  const predicates = Object.entries(properties).map(([name, schema]) => predicate(name, schema));
  const one = fc.oneof(...predicates);
  const some = fc.array(one, { minLength: 2, maxLength: 3 });
  const expression = fc.oneof(
    { arbitrary: one, weight: 4 },
    some.map((parts) => and(...parts)),
    some.map((parts) => or(...parts)),
    one.map(not),
  );
  const deep = fc.constantFrom(49, 50, 51, 2000).map((n) => `${'('.repeat(n)}id=1${')'.repeat(n)}`);
  return mostly(expression.map(print), anyExpression.map(print), anyText, hostileText, deep);
}
