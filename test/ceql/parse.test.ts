import { CeqlError, type Expression, maxWhereLength, parse } from '../../src/ceql/index.ts';
import {
  and,
  bool,
  compare,
  date,
  like,
  not,
  nothing,
  number,
  or,
  text,
  unset,
  within,
  withoutPositions,
} from './expressions.ts';
import { print } from './print.ts';

const one = (name: string) => compare(name, '=', number('1'));
const is = (value: string) => compare('a', '=', text(value));

function refusalOf(where: string): CeqlError {
  try {
    parse(where);
  } catch (error) {
    if (error instanceof CeqlError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(where)} was not refused`);
}

describe('an expression and its tree', () => {
  const readings: Record<string, [where: string, expression: Expression][]> = {
    'operators, with and without spaces': [
      ['a=1', one('a')],
      [' a \t=\r\n 1\u00a0', one('a')],
      ['a!=1', compare('a', '!=', number('1'))],
      ['a <> 1', compare('a', '!=', number('1'))],
      ['a<1', compare('a', '<', number('1'))],
      ['a>1', compare('a', '>', number('1'))],
      ['a<=1', compare('a', '<=', number('1'))],
      ['a >= 1', compare('a', '>=', number('1'))],
    ],
    'LIKE, IN and IS NULL, keywords in any case': [
      ["a LIKE 'x%'", like('a', 'x%')],
      ["a like'x%'", like('a', 'x%')],
      ["a NoT lIkE 'x%'", like('a', 'x%', true)],
      ['a IN (1)', within('a', [number('1')])],
      ["a in(1,'x' , null)", within('a', [number('1'), text('x'), nothing])],
      ['a not in ( true )', within('a', [bool('true')], true)],
      ['a IS NULL', unset('a')],
      ['a is Not null', unset('a', true)],
    ],
    'AND before OR, groups and NOT': [
      ['a=1 OR b=1 AND c=1', or(one('a'), and(one('b'), one('c')))],
      ['a=1 AND b=1 OR c=1', or(and(one('a'), one('b')), one('c'))],
      ['(a=1 or b=1) and c=1', and(or(one('a'), one('b')), one('c'))],
      ['a=1 AND b=1 AND c=1', and(one('a'), one('b'), one('c'))],
      ['a=1 OR (b=1 OR c=1)', or(one('a'), or(one('b'), one('c')))],
      ['( ( a=1 ) )', one('a')],
      ['NOT(a=1)', not(one('a'))],
      ['not ( NOT (a=1) )', not(not(one('a')))],
      ['NOT (a=1) AND b=1', and(not(one('a')), one('b'))],
      ["a='1'AND b=1", and(is('1'), one('b'))],
      ['a=1OR(b=1)', or(one('a'), one('b'))],
    ],
    'names, also names that begin with a keyword or are words of SQL': [
      ['value=1', one('value')],
      ['from=1', one('from')],
      ['order=1', one('order')],
      ['android=1', one('android')],
      ['Or_=1', one('Or_')],
      ['nullable IS NULL', unset('nullable')],
      ['isNull=1', one('isNull')],
      ['inn IN (1)', within('inn', [number('1')])],
      ["likeNOT LIKE 'x'", like('likeNOT', 'x')],
      ['true1=1', one('true1')],
      ['_a.b9=1', one('_a.b9')],
      ['`a`=1', one('a')],
      ['`order by` = 1', one('order by')],
      ['`null` IS NULL', unset('null')],
      ['`AND`=1 AND`or`=1', and(one('AND'), one('or'))],
      ['`é (’`=1', one('é (’')],
    ],
    'quoted strings': [
      ["a=''", is('')],
      ['a=""', is('')],
      ["a='it''s'", is("it's")],
      ["a=''''", is("'")],
      ['a="say ""x"""', is('say "x"')],
      [`a='"“”'`, is('"“”')],
      [`a="it's"`, is("it's")],
      ["a='(b=1 AND c=1) OR'", is('(b=1 AND c=1) OR')],
      ["a='x\n\u0000😀'", is('x\n\u0000😀')],
    ],
    // Seeds 001 and 002 print ‘…’, ’…’ and '…’.
    'curly quotes': [
      ['a>=‘2014-01-15’', compare('a', '>=', text('2014-01-15'))],
      ['a=’greg’', is('greg')],
      ['a=‘greg‘', is('greg')],
      ["a='Jan 15, 2014’", is('Jan 15, 2014')],
      ["a=‘greg'", is('greg')],
      ['a=“greg”', is('greg')],
      ['a=”greg”', is('greg')],
      ['a="greg”', is('greg')],
      ['a=’’', is('')],
      ['a=“”', is('')],
      ["a='O’Brien'", is('O’Brien')],
      ['a=‘O’Brien’', is('O’Brien')],
      ['a=’O’Brien’ ', is('O’Brien')],
      ['a=‘rock ’n’ roll’', is('rock ’n’ roll')],
      ['a=“6” nails”', is('6” nails')],
      ['a=‘O’’Brien’', is('O’Brien')],
      ['a=‘x’’ OR’', is('x’ OR')],
      ['a=‘x’ ANDES’', is('x’ ANDES')],
      ['a=‘x’ and b=1', and(is('x'), one('b'))],
      ['a=‘x’OR b=1', or(is('x'), one('b'))],
      ['(a=‘x’) AND b=1', and(is('x'), one('b'))],
      ['a IN (‘x’, ’y’ ,“z”)', within('a', [text('x'), text('y'), text('z')])],
      ['a NOT LIKE ‘O’B%’', like('a', 'O’B%', true)],
    ],
    'bare values': [
      ['a=0', compare('a', '=', number('0'))],
      ['a=007', compare('a', '=', number('007'))],
      ['a=-1.50', compare('a', '=', number('-1.50'))],
      ['a=1e5', compare('a', '=', number('1e5'))],
      ['a=1.5E-3', compare('a', '=', number('1.5E-3'))],
      ['a=TRUE', compare('a', '=', bool('TRUE'))],
      ['a=fAlse', compare('a', '=', bool('fAlse'))],
      ['a=NULL', compare('a', '=', nothing)],
      ['a != null', compare('a', '!=', nothing)],
      ['a=2017-01-15', compare('a', '=', date('2017-01-15'))],
      ['a>2017-01-15T10:30', compare('a', '>', date('2017-01-15T10:30'))],
      ['a>2017-01-15t10:30:59z', compare('a', '>', date('2017-01-15t10:30:59z'))],
      ['a>2017-01-15T10:30:59.123+01:00', compare('a', '>', date('2017-01-15T10:30:59.123+01:00'))],
      ['a>2017-01-15T10:30-0800', compare('a', '>', date('2017-01-15T10:30-0800'))],
    ],
    // Seed 001 prints `where=active%3D%true%60`.
    'remains of backticks around a bare value': [
      ['a=%true`', compare('a', '=', bool('true'))],
      ['a=`true`', compare('a', '=', bool('true'))],
      ['a=true` AND b=1', and(compare('a', '=', bool('true')), one('b'))],
      ['a=`2017-01-15`', compare('a', '=', date('2017-01-15'))],
      ['a IN (`1`, %null`)', within('a', [number('1'), nothing])],
    ],
  };

  describe.each(Object.entries(readings))('%s', (_, table) => {
    test.each(table)('%j', (where, expression) => {
      expect(withoutPositions(parse(where))).toEqual(expression);
    });
  });

  test('every part has its position, counted from 1, for the messages of compile', () => {
    expect(parse("`a`=%1` AND (b IN ( 2,'x')) OR c LIKE “y”")).toEqual({
      type: 'or',
      operands: [
        {
          type: 'and',
          operands: [
            {
              type: 'comparison',
              operator: '=',
              field: { name: 'a', position: 1 },
              value: { kind: 'number', text: '1', position: 6 },
            },
            {
              type: 'in',
              negated: false,
              field: { name: 'b', position: 14 },
              values: [
                { kind: 'number', text: '2', position: 21 },
                { kind: 'text', text: 'x', position: 23 },
              ],
            },
          ],
        },
        {
          type: 'like',
          negated: false,
          field: { name: 'c', position: 32 },
          pattern: { kind: 'text', text: 'y', position: 39 },
        },
      ],
    });
  });

  test('printing writes groups only where they are needed', () => {
    expect(print(parse('((a=1 or (b=1)) and not (`in` is null))'))).toBe('(a = 1 OR b = 1) AND NOT (`in` IS NULL)');
  });
});

describe('limits', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}a=1${')'.repeat(depth)}`;

  test('groups nest up to 50 levels, with any number next to each other', () => {
    expect(withoutPositions(parse(nested(50)))).toEqual(one('a'));
    expect(parse(Array.from({ length: 500 }, () => nested(2)).join(' OR '))).toMatchObject({ type: 'or' });
    expect(refusalOf(nested(51))).toMatchObject({ message: 'groups nest deeper than 50', position: 51 });
  });

  test('the length is limited in characters', () => {
    expect(withoutPositions(parse('a=1'.padEnd(maxWhereLength)))).toEqual(one('a'));
    expect(refusalOf('a=1'.padEnd(maxWhereLength + 1))).toMatchObject({
      message: 'it is longer than 8192 characters',
      position: 8193,
    });
  });
});
