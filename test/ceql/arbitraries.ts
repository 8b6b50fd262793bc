import fc from 'fast-check';
import type { ComparisonOperator, Expression, Literal } from '../../src/ceql/ast.ts';
import { anyCharacter } from '../support/characters.ts';
import { and, bool, compare, date, like, not, nothing, number, or, text, unset, within } from './expressions.ts';

/** What arbitrary characters would seldom bring: all that means something to CEQL. */
const meaningful = fc.constantFrom(
  ...["'", '"', '‘', '’', '“', '”', "''", '’’', '`', '%', '_', ' ', '\n', '\u00a0', '(', ')', ',', '=', '<', '>', '!='],
  ...['a', 'id', 'active', 'name', 'email', '1', '-2.5', '2017-01-15', 'T10:30Z', 'true', 'null', '\0', 'Σ', 'ς', 'İ'],
  ...['AND', ' and ', 'OR ', ' NOT ', 'NOT (', 'LIKE', ' IN (', 'IS NULL', " = '", '=1', "= 'x' OR "],
);

/** Any code units, also halves of pairs. */
const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));

export const anyText = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: meaningful }),
  fc.string({ unit: fc.constantFrom("'", '‘', '’', ' ', 'a') }),
  units,
);

const operator = fc.constantFrom<ComparisonOperator>('=', '!=', '<', '>', '<=', '>=');

/** Expressions over these predicates, nested up to four deep. */
function expressionsOf(predicate: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  const { node } = fc.letrec<{ node: Expression }>((tie) => {
    const operands = fc.array(tie('node'), { minLength: 2, maxLength: 3 });
    return {
      node: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        { arbitrary: predicate, weight: 3 },
        { arbitrary: tie('node').map(not), weight: 1 },
        { arbitrary: operands.map((parts) => and(...parts)), weight: 1 },
        { arbitrary: operands.map((parts) => or(...parts)), weight: 1 },
      ),
    };
  });
  return node;
}

const anyName = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.]{0,8}$/),
  fc.constantFrom('and', 'Or', 'NOT', 'like', 'In', 'is', 'NULL', 'true', 'False', 'android', 'a b', '1', 'a’', "'"),
  fc.string({ unit: anyCharacter, minLength: 1 }).filter((name) => !name.includes('`')),
);

const anyLiteral: fc.Arbitrary<Literal> = fc.oneof(
  anyText.map(text),
  fc.stringMatching(/^-?[0-9]{1,9}(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?$/).map(number),
  fc
    .stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}(:[0-9]{2})?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?$/)
    .map(date),
  fc.constantFrom(bool('true'), bool('false'), nothing),
);

/** Whatever can be written, with any names and values. */
export const anyExpression = expressionsOf(
  fc.oneof(
    fc.tuple(anyName, operator, anyLiteral).map((parts) => compare(...parts)),
    fc.tuple(anyName, anyText, fc.boolean()).map((parts) => like(...parts)),
    fc
      .tuple(anyName, fc.array(anyLiteral, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map((parts) => within(...parts)),
    fc.tuple(anyName, fc.boolean()).map((parts) => unset(...parts)),
  ),
);

/** Few, so that records and conditions meet often. */
export const words = fc.constantFrom(
  'Greg',
  'greg',
  'Ann',
  'O’Brien',
  "d'Arc",
  'Ann Greg',
  '50%',
  '_',
  'ΟΔΟΣ',
  '7',
  '',
);
const patterns = fc.oneof(
  fc.string({ unit: fc.constantFrom('%', 'g', 'R', 'e', 'n', ' ', '_', 'Σ', '’', '2', '0', '-'), maxLength: 5 }),
  words,
  words.map((word) => `${word.slice(0, 2)}%`),
  words.map((word) => `%${word.slice(1)}`),
);

export const numbers = fc.constantFrom(-2.5, 0, 1, 7, 10, 1000);
/** Instants around the ends of two days, one of them before 1970. */
export const instants = fc
  .tuple(
    fc.constantFrom('1969-12-31', '1970-01-01', '2017-01-15', '2017-01-16'),
    fc.constantFrom(0, 1, 43_200_000, 86_399_999),
  )
  .map(([day, ofDay]) => Date.parse(day) + ofDay);

const iso = instants.map((instant) => new Date(instant).toISOString());
const dates = fc.oneof(
  iso.map((instant) => date(instant.slice(0, 10))),
  iso.map((instant) => text(instant.slice(0, 10))),
  iso.map(date),
  iso.map((instant) => text(instant.slice(0, 16).replace('T', ' '))),
  iso.map((instant) => date(instant.replace('Z', '+05:30'))),
  // A number with fewer digits is not epoch milliseconds.
  instants.filter((instant) => Math.abs(instant) >= 1e9).map((instant) => number(String(instant))),
);

const numberLiterals = fc.oneof(
  numbers.map((value) => number(String(value))),
  numbers.map((value) => text(String(value))),
);
const booleans = fc.constantFrom(bool('true'), bool('false'), text('TRUE'), text('false'));
const texts = fc.oneof(words.map(text), fc.constant(number('7')));
const equality = fc.constantFrom<ComparisonOperator>('=', '!=');

export const userFieldNames = {
  number: ['id'],
  date: ['createdDate'],
  boolean: ['active', 'enabled', 'credentialsExpired', 'accountLocked'],
  text: ['firstName', 'lastName', 'fullName', 'email', 'username', 'city', 'externalId'],
  words: ['name'],
} as const;

function predicatesOf(
  names: readonly string[],
  operators: fc.Arbitrary<ComparisonOperator>,
  values: fc.Arbitrary<Literal>,
) {
  const name = fc.constantFrom(...names);
  const orNull = fc.oneof({ arbitrary: values, weight: 6 }, { arbitrary: fc.constant(nothing), weight: 1 });
  return fc.oneof(
    fc.tuple(name, operators, values).map((parts) => compare(...parts)),
    fc.tuple(name, equality).map(([field, op]) => compare(field, op, nothing)),
    fc.tuple(name, patterns, fc.boolean()).map((parts) => like(...parts)),
    fc.tuple(name, fc.array(orNull, { minLength: 1, maxLength: 3 }), fc.boolean()).map((parts) => within(...parts)),
    fc.tuple(name, fc.boolean()).map((parts) => unset(...parts)),
  );
}

/** Expressions that can be asked of the users of /organizations/users. */
export const userExpression = expressionsOf(
  fc.oneof(
    predicatesOf(userFieldNames.number, operator, numberLiterals),
    predicatesOf(userFieldNames.date, operator, dates),
    predicatesOf(userFieldNames.boolean, equality, booleans),
    predicatesOf(userFieldNames.text, operator, texts),
    predicatesOf(userFieldNames.words, operator, texts),
  ),
);
