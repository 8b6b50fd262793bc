import { CeqlError, parse } from '../../src/ceql/index.ts';

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
const open = 'the quoted text that begins here is not closed';

describe('what is refused, where and why', () => {
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
    ['a=truex', 3, 'expected a value but found "t"'],
    ['a=null_', 3, 'expected a value but found "n"'],
    ['a=.5', 3, 'expected a value but found "."'],
    ['a=+1', 3, 'expected a value but found "+"'],
    ['a=- 1', 3, 'expected a value but found "-"'],
    ['a=1.', 4, `expected ${after} but found "."`],
    ['a=1x', 4, `expected ${after} but found "x"`],
    ['a=1;', 4, `expected ${after} but found ";"`],
    ['a=1)', 4, `expected ${after} but found ")"`],
    ['a=1 b=2', 5, `expected ${after} but found "b"`],
    ['a=1 ANDb=2', 5, `expected ${after} but found "A"`],
    ["a='x' 'y'", 7, `expected ${after} but found "'"`],
    // A straight quote closes wherever it stands, as a text of SQL does.
    ["a=‘O'Brien’", 6, `expected ${after} but found "B"`],
    ['a=2017-01-155', 7, `expected ${after} but found "-"`],
    ['a=2017-01-15 10:30', 14, `expected ${after} but found "1"`],
    ['a=1 AND', 8, `expected ${factor} but found the end`],
    ['a=1 OR OR b=1', 8, `expected ${factor} but found "O"`],
    ['()', 2, `expected ${factor} but found ")"`],
    ['AND=1', 1, `expected ${factor} but found "A"`],
    ['null IS NULL', 1, `expected ${factor} but found "n"`],
    ['true = true', 1, `expected ${factor} but found "t"`],
    ['1a=1', 1, `expected ${factor} but found "1"`],
    ['é=1', 1, `expected ${factor} but found "é"`],
    ['``=1', 1, `expected ${factor} but found "\`"`],
    ['`a=1', 1, `expected ${factor} but found "\`"`],
    ['NOT a=1', 5, 'expected "(" but found "a"'],
    ['NOT NOT (a=1)', 5, 'expected "(" but found "N"'],
    ['(a=1', 5, 'expected ")", AND or OR but found the end'],
    ['a NOT', 6, 'expected IN or LIKE but found the end'],
    ['a NOT = 1', 7, 'expected IN or LIKE but found "="'],
    ['a NOT IS NULL', 7, 'expected IN or LIKE but found "I"'],
    ['a LIKE 1', 8, 'expected quoted text but found "1"'],
    ['a LIKE null', 8, 'expected quoted text but found "n"'],
    ['a IS', 5, 'expected NOT or NULL but found the end'],
    ['a IS NOTNULL', 6, 'expected NOT or NULL but found "N"'],
    ['a IS NOT 1', 10, 'expected NULL but found "1"'],
    ['a IN 1', 6, 'expected "(" but found "1"'],
    ['a IN ()', 7, 'expected a value but found ")"'],
    ['a IN (1,)', 9, 'expected a value but found ")"'],
    ['a IN ((1))', 7, 'expected a value but found "("'],
    ['a IN (1 2)', 9, 'expected ")" or "," but found "2"'],
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

describe('long and hostile texts are answered at once, by an expression or a CeqlError', () => {
  const prefixes = ['', 'a=', "a='", 'a=‘', 'a="', 'a LIKE ’', 'a IN (', 'a=1 ', '('.repeat(49)];
  const units = [
    ...['(', ')', 'NOT ', 'NOT(', "'", '"', '‘', '’', '“”', '`', ' ', '\t', '%', '=', '1', '-', 'é', '\ud83d'],
    ...['‘ ', '’a', "' '", '’ (', '’ AND ', '’,', ' AND ', 'a=1 AND ', "'x',", '(a=1) OR ', 'a IS NOT '],
    // Each quote is followed by spaces up to which it cannot be told whether the text ends.
    `’${' '.repeat(1000)}`,
  ];

  test.each(prefixes)('after %j', (prefix) => {
    for (const unit of units) {
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
  ])('the fault of one of them is found', (where, position) => {
    expect(refusalOf(where)).toMatchObject({ name: 'CeqlError', position });
  });

  test('the longest chains become one flat expression', () => {
    const conjunction = parse(Array.from({ length: 1000 }, () => 'a=1').join(' AND '));
    expect('operands' in conjunction && conjunction.operands.length).toBe(1000);
    const membership = parse(`a IN (${'1,'.repeat(4000)}1)`);
    expect('values' in membership && membership.values.length).toBe(4001);
  });
});
