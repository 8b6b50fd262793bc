import { CeqlError, parse } from '../../src/ceql/index.ts';
import { someOf } from '../support/runs.ts';

function refusalOf(where: string): unknown {
  try {
    return parse(where);
  } catch (error) {
    return error;
  }
}

const operator = 'IN, IS, LIKE, NOT or a comparison such as =';
const factor = '"(", NOT or a field name';
const after = 'AND, OR or the end';
const notNeeds = ': NOT needs parentheses, as in NOT (id=1)';
const leaveOut = "leave WHERE out: the expression begins with its first field, as in name='x'";
const open = 'the quoted text that begins here is not closed';

describe('an invalid expression, the position and the reason', () => {
  test.each([
    ['', 1, `expected ${factor} but found the end`],
    [' \t', 3, `expected ${factor} but found the end`],
    ['a', 2, `expected ${operator} but found the end`],
    ['a b=1', 3, `expected ${operator} but found "b"`],
    ['a! =1', 2, `expected ${operator} but found "!"`],
    ['a\u3000=1', 2, `expected ${operator} but found "\u3000"`],
    ['a=', 3, 'expected a value but found the end'],
    ['a = b', 5, 'expected a value but found "b"'],
    ['a==1', 3, 'expected a value but found "="'],
    ['a< =1', 4, 'expected a value but found "="'],
    ['a=%%1', 3, 'expected a value but found "%"'],
    ["a=%'x'", 3, 'expected a value but found "%"'],
    ['a=truex', 3, 'expected a value but found "truex"'],
    ['a=null_', 3, 'expected a value but found "null_"'],
    ['a=.5', 3, 'expected a value but found ".5"'],
    ['a=+1', 3, 'expected a value but found "+"'],
    ['a=- 1', 3, 'expected a value but found "-"'],
    ['a=1.', 4, `expected ${after} but found "."`],
    ['a=1x', 4, `expected ${after} but found "x"`],
    ['a=1;', 4, `expected ${after} but found ";"`],
    ['a=1)', 4, `expected ${after} but found ")"`],
    ['a=1 b=2', 5, `expected ${after} but found "b"`],
    ['a=1 ANDb=2', 5, `expected ${after} but found "ANDb"`],
    ["a='x' 'y'", 7, `expected ${after} but found "'"`],
    // A straight quote closes the string at any position, as in SQL.
    ["a=‘O'Brien’", 6, `expected ${after} but found "Brien"`],
    ['a=2017-01-155', 7, `expected ${after} but found "-"`],
    ['a=2017-01-15 10:30', 14, `expected ${after} but found "10"`],
    ['a=1 AND', 8, `expected ${factor} but found the end`],
    ['a=1 OR OR b=1', 8, `expected ${factor} but found "OR"`],
    ['()', 2, `expected ${factor} but found ")"`],
    ['AND=1', 1, `expected ${factor} but found "AND"`],
    ['null IS NULL', 1, `expected ${factor} but found "null"`],
    ['true = true', 1, `expected ${factor} but found "true"`],
    ['1a=1', 1, `expected ${factor} but found "1a"`],
    ['é=1', 1, `expected ${factor} but found "é"`],
    ['``=1', 1, `expected ${factor} but found "\`"`],
    ['`a=1', 1, `expected ${factor} but found "\`"`],
    ['NOT a=1', 5, `expected "(" but found "a"${notNeeds}`],
    ['NOT id=1', 5, `expected "(" but found "id"${notNeeds}`],
    ['a=1 AND not id=1', 13, `expected "(" but found "id"${notNeeds}`],
    ['NOT NOT (a=1)', 5, `expected "(" but found "NOT"${notNeeds}`],
    ['NOT', 4, `expected "(" but found the end${notNeeds}`],
    ['(a=1', 5, 'expected ")", AND or OR but found the end'],
    ['a NOT', 6, 'expected IN or LIKE but found the end'],
    ['a NOT = 1', 7, 'expected IN or LIKE but found "="'],
    ['a NOT IS NULL', 7, 'expected IN or LIKE but found "IS"'],
    ['a LIKE 1', 8, 'expected quoted text but found "1"'],
    ['a LIKE null', 8, 'expected quoted text but found "null"'],
    ['a IS', 5, 'expected NOT or NULL but found the end'],
    ['a IS NOTNULL', 6, 'expected NOT or NULL but found "NOTNULL"'],
    ['a IS NOT 1', 10, 'expected NULL but found "1"'],
    ['a IN 1', 6, 'expected "(" but found "1"'],
    ['a IN ()', 7, 'expected a value but found ")"'],
    ['a IN (1,)', 9, 'expected a value but found ")"'],
    ['a IN ((1))', 7, 'expected a value but found "("'],
    ['a IN (1 2)', 9, 'expected ")" or "," but found "2"'],
    ['id BETWEEN 1 AND 2', 4, `expected ${operator} but found "BETWEEN"`],
    ['a=Żółw', 3, 'expected a value but found "Żółw"'],
    [`a=${'x'.repeat(31)}`, 3, `expected a value but found "${'x'.repeat(30)}…"`],
    // The message quotes only one character of a possible password.
    ['password=hidden', 10, 'expected a value but found "h"'],
    ['id=1 AND secret = hidden', 19, 'expected a value but found "h"'],
    ['WHERE id=1', 1, leaveOut],
    ['  where  `id` = 1', 3, leaveOut],
    ['Where(id=1)', 1, leaveOut],
    ['WHERE NOT (id=1)', 1, leaveOut],
    // A field of that name.
    ['where=x', 7, 'expected a value but found "x"'],
    ['where LIKE 1', 12, 'expected quoted text but found "1"'],
    ['wherever 1', 10, `expected ${operator} but found "1"`],
    ["a='x", 3, open],
    ["a='x''", 3, open],
    ['a="x\'', 3, open],
    ['a=‘O’Brien', 3, open],
    ['a=1 AND b LIKE “x', 16, open],
  ])('%j at %i: %s', (where, position, message) => {
    expect(refusalOf(where)).toMatchObject({ name: 'CeqlError', position, message });
  });
});

/** As long as a `where` may be, so that anything worse than a short loop a character would show. */
const fill = (prefix: string, unit: string) => (prefix + unit.repeat(8192)).slice(0, 8192);

describe('a long or hostile text gives an expression or a CeqlError at once', () => {
  const prefixes = ['', 'a=', "a='", 'a=‘', 'a="', 'a LIKE ’', 'a IN (', 'a=1 ', '('.repeat(49)];
  const units = [
    ...['(', ')', 'NOT ', 'NOT(', "'", '"', '‘', '’', '“”', '`', ' ', '\t', '%', '=', '1', '-', 'é', '\ud83d'],
    ...['‘ ', '’a', "' '", '’ (', '’ AND ', '’,', ' AND ', 'a=1 AND ', "'x',", '(a=1) OR ', 'a IS NOT '],
    // Spaces follow each quote, and only after them the parser knows whether the string ends.
    `’${' '.repeat(1000)}`,
  ];

  test.each(prefixes.map((prefix, at) => [prefix, at] as const))('after %j', (prefix, at) => {
    for (const unit of someOf(units, at)) {
      const started = process.cpuUsage();
      const answer = refusalOf(fill(prefix, unit));
      const milliseconds = process.cpuUsage(started).user / 1000;
      if (answer instanceof Error) expect(answer).toBeInstanceOf(CeqlError);
      // Usually below 10. Time of the processor, because other work of the machine proves nothing.
      expect({ unit, slow: milliseconds > 500 }).toEqual({ unit, slow: false });
    }
  });

  test.each([
    [fill('', '('), 51],
    [fill('', 'NOT('), 204],
    [fill('', 'a=1 AND '), 8193],
    [fill('a =‘', '’a'), 4],
    [`${'(a=1 OR '.repeat(50)}${'('.repeat(3000)}`, 401],
  ])('an error in the last one is found', (where, position) => {
    expect(refusalOf(where)).toMatchObject({ name: 'CeqlError', position });
  });

  test('a chain of the maximal length is one flat expression', () => {
    const conjunction = parse(Array.from({ length: 1000 }, () => 'a=1').join(' AND '));
    expect('operands' in conjunction && conjunction.operands.length).toBe(1000);
    const membership = parse(`a IN (${'1,'.repeat(4000)}1)`);
    expect('values' in membership && membership.values.length).toBe(4001);
  });
});
