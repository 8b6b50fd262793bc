import { CeqlError, compile, parse, type SearchFields } from '../../src/ceql/index.ts';

interface Item {
  readonly size?: number;
  readonly name?: string;
  readonly done?: boolean;
  readonly made?: number;
  readonly full?: string;
}

const fields: SearchFields<Item> = new Map([
  ['size', { type: 'number', read: (item) => item.size }],
  ['name', { type: 'text', read: (item) => item.name }],
  ['done', { type: 'boolean', read: (item) => item.done }],
  ['made', { type: 'date', read: (item) => item.made }],
  ['full', { type: 'words', read: (item) => item.full }],
]);

/** `blank` has no field at all. */
const items: Record<string, Item> = {
  a: { size: 7, name: 'Alpha', done: true, made: Date.parse('2017-01-15T00:00:00Z'), full: 'Greg House' },
  b: { size: 10, name: 'alpha_1', done: false, made: Date.parse('2017-01-15T23:59:59.999Z'), full: 'Ann Greg Smith' },
  c: { size: -2.5, name: '50% off', made: Date.parse('2017-01-16T00:00:00Z'), full: 'Gregory Peck' },
  d: { size: 0, name: '', made: Date.parse('1969-12-31T23:59:59.999Z'), full: "O’Brien d'Arc" },
  e: { size: 1000, name: '007', full: 'Zoë Zu' },
  blank: {},
};

function found(where: string): string {
  const query = compile(parse(where), fields);
  return Object.keys(items)
    .filter((key) => query.matches(items[key] ?? {}))
    .join(' ');
}

const tables: Record<string, [where: string, matches: string][]> = {
  number: [
    ['size = 7', 'a'],
    ['size = 7.0', 'a'],
    ["size = '7'", 'a'],
    ["size = ' 7 '", 'a'],
    ['size = 1e3', 'e'],
    ['size = -2.5', 'c'],
    ['size = -0', 'd'],
    ['size != 7', 'b c d e'],
    ['size <> 7', 'b c d e'],
    ['size < 7', 'c d'],
    ['size <= 7', 'a c d'],
    // As numbers, not as texts: '10' < '7'.
    ["size > '7'", 'b e'],
    ['size >= 7', 'a b e'],
    ["size IN (7, '10', 99, 7)", 'a b'],
    ['size NOT IN (7, 10)', 'c d e'],
    ["size LIKE '1%'", 'b e'],
    ["size LIKE '%.5'", 'c'],
  ],
  text: [
    ["name = 'Alpha'", 'a'],
    ["name = 'alpha'", ''],
    ["name = ' Alpha'", ''],
    ["name = ''", 'd'],
    ['name = 007', 'e'],
    ['name = 7', ''],
    ["name != 'Alpha'", 'b c d e'],
    ["name < '5'", 'd e'],
    ["name <= '50% off'", 'c d e'],
    ["name > 'Alpha'", 'b'],
    ["name >= 'Alpha'", 'a b'],
    ["name IN ('Alpha', 007)", 'a e'],
    ["name NOT IN ('Alpha', '')", 'b c e'],
  ],
  'LIKE, where only % is a wildcard': [
    ["name LIKE 'alpha'", 'a'],
    ["name LIKE 'ALPHA%'", 'a b'],
    ["name LIKE '%ph%'", 'a b'],
    ["name LIKE '%a'", 'a'],
    ["name LIKE 'a%p%a'", 'a'],
    ["name LIKE 'al%l%a'", ''],
    ["name LIKE 'alpha%alpha'", ''],
    ["name LIKE 'alpha_1'", 'b'],
    ["name LIKE 'a____'", ''],
    ["name LIKE '%_%'", 'b'],
    ["name LIKE '5.% off'", ''],
    ["name LIKE '%%% %%'", 'c'],
    ["name LIKE '%'", 'a b c d e'],
    ["name LIKE ''", 'd'],
    ["name NOT LIKE 'alpha%'", 'c d e'],
    ["name NOT LIKE '%'", ''],
    ["done LIKE 'TR%'", 'a'],
    ["full LIKE 'greg%'", 'a c'],
    ['full LIKE ‘o’b%’', 'd'],
  ],
  boolean: [
    ['done = true', 'a'],
    ['done = FALSE', 'b'],
    ["done = 'True'", 'a'],
    ['done != true', 'b'],
    ['done IN (true, false)', 'a b'],
    ['done NOT IN (true)', 'b'],
  ],
  'date at day precision': [
    ['made = 2017-01-15', 'a b'],
    ["made = '2017-01-15'", 'a b'],
    ['made != 2017-01-15', 'c d'],
    ['made > 2017-01-15', 'c'],
    ['made >= ‘2017-01-15’', 'a b c'],
    ['made < 2017-01-15', 'd'],
    ['made <= 2017-01-15', 'a b d'],
    ['made = 1969-12-31', 'd'],
    ['made IN (2017-01-16, 1969-12-31)', 'c d'],
    ['made NOT IN (2017-01-15)', 'c d'],
    ["made LIKE '2017-01-%'", 'a b c'],
    ["made LIKE '%T%'", ''],
  ],
  'date with a time of day': [
    ['made = 2017-01-15T00:00', 'a'],
    ['made > 2017-01-15T00:00:00', 'b c'],
    ["made = '2017-01-15 23:59:59.999'", 'b'],
    ['made = 2017-01-15t23:59:59.999z', 'b'],
    ['made = 2017-01-16T01:00+01:00', 'c'],
    ['made >= 2017-01-15T19:00-0500', 'c'],
    ["made < '2017-01-15T05:30:00+05:30'", 'd'],
    ['made <= 2017-01-15T05:30:00+05:30', 'a d'],
    // Epoch milliseconds, as seed 002 answers them.
    ['made = 1484438400000', 'a'],
    ['made < 1000000000', 'd'],
    ['made < 253402300799999', 'a b c d'],
  ],
  // Seed 002: `where=name='greg'`.
  words: [
    ["full = 'greg'", 'a b'],
    ['full = ’GREG’', 'a b'],
    ["full = 'greg house'", 'a'],
    ["full = 'ann greg'", ''],
    ["full = 'gregory'", 'c'],
    ["full = ''", ''],
    ['full = ‘o’brien’', 'd'],
    ["full = 'ZOË'", 'e'],
    ["full != 'greg'", 'c d e'],
    ["full IN ('house', 'PECK')", 'a c'],
    ["full NOT IN ('greg', 'peck')", 'd e'],
    ["full > 'H'", 'd e'],
  ],
  'unset fields and null': [
    ['done IS NULL', 'c d e blank'],
    ['done IS NOT NULL', 'a b'],
    ['done = null', 'c d e blank'],
    ['done != null', 'a b'],
    ['done <> NULL', 'a b'],
    // A comparison with a missing field is false, also a negative one; NOT is outside of it.
    ['done != true', 'b'],
    ['NOT (done = true)', 'b c d e blank'],
    ['size < 99999999', 'a b c d e'],
    ["name NOT LIKE 'x'", 'a b c d e'],
    ["full NOT IN ('x')", 'a b c d e'],
    // The empty text and 0 are set.
    ['name IS NULL OR size IS NULL', 'blank'],
    // A null in a list equals nothing.
    ['done IN (null)', ''],
    ['done NOT IN (null)', 'a b'],
    ['done IN (null, true)', 'a'],
  ],
  'AND, OR and NOT': [
    ['size = 7 OR size = 10 AND done = true', 'a'],
    ['size = 10 AND done = true OR size = 7', 'a'],
    ['(size = 7 OR size = 10) AND done = false', 'b'],
    ['size > 0 AND size < 100 AND done = true', 'a'],
    ['size = 0 OR size = 7 OR size = 10', 'a b d'],
    ['NOT (size = 7) AND size > 0', 'b e'],
    ['NOT (size = 7 AND done = true OR size = 10)', 'c d e blank'],
    ['NOT (NOT (size = 7))', 'a'],
  ],
};

describe.each(Object.entries(tables))('%s', (_, table) => {
  test.each(table)('%s → %s', (where, matches) => expect(found(where)).toBe(matches));
});

// σ and ς are both the small letter of Σ; toLowerCase() picks one by what follows it, which is
// another thing in a pattern than in the text.
test.each([
  ['full LIKE ‘ΟΔΟΣ%’', 'ΟΔΟΣΑ'],
  ['full LIKE ‘%ΟΣ%’', 'ΟΔΟΣΑ'],
  ['full LIKE ‘οδοσ%’', 'ΟΔΟΣ ΔΥΟ'],
  ['full LIKE ‘οδος’', 'ΟΔΟΣ'],
  ['full = ‘οδοσ’', 'ΟΔΟΣ ΔΥΟ'],
])('%s finds %s, because case is ignored for a final Σ too', (where, full) => {
  expect(compile(parse(where), fields).matches({ full })).toBe(true);
});

describe('an expression that the fields do not allow', () => {
  const aDate = "a date such as '2017-01-15' or '2017-01-15T10:30:00Z'";
  test.each([
    ['secret = 1', 1, "field 'secret' cannot be searched, only size, name, done, made, full can"],
    [
      'size = 1 AND (`no such` IS NULL)',
      15,
      "field 'no such' cannot be searched, only size, name, done, made, full can",
    ],
    ['NAME = 1', 1, "field 'NAME' cannot be searched, only size, name, done, made, full can"],
    ["size = 'x'", 8, "field 'size' is compared with a number, not 'x'"],
    ["size = ''", 8, "field 'size' is compared with a number, not ''"],
    ["size = '7 8'", 8, "field 'size' is compared with a number, not '7 8'"],
    ["size = 'Infinity'", 8, "field 'size' is compared with a number, not 'Infinity'"],
    ['size > true', 8, "field 'size' is compared with a number, not true"],
    ['size = 2017-01-15', 8, "field 'size' is compared with a number, not 2017-01-15"],
    ["size IN (1, 'two')", 13, "field 'size' is compared with a number, not 'two'"],
    // A number as CEQL writes it, which has no other bases.
    ["size = '0x7'", 8, "field 'size' is compared with a number, not '0x7'"],
    ["size = '0b111'", 8, "field 'size' is compared with a number, not '0b111'"],
    ['done = 1', 8, "field 'done' is compared with true or false, not 1"],
    ["done != 'yes'", 9, "field 'done' is compared with true or false, not 'yes'"],
    ['done > true', 8, "field 'done' is true or false and cannot be compared with >"],
    ["made = 'Jan 15, 2017'", 8, `field 'made' is compared with ${aDate}, not 'Jan 15, 2017'`],
    ['made > 2017', 8, `field 'made' is compared with ${aDate}, not 2017`],
    ["made > '20170115'", 8, `field 'made' is compared with ${aDate}, not '20170115'`],
    ['made = true', 8, `field 'made' is compared with ${aDate}, not true`],
    ['made > 253402300800000', 8, `field 'made' is compared with ${aDate}, not 253402300800000`],
    ['made = 1.5', 8, `field 'made' is compared with ${aDate}, not 1.5`],
    ['made = 2017-02-30', 8, `field 'made' is compared with ${aDate}, not 2017-02-30`],
    ['made = 2017-13-01', 8, `field 'made' is compared with ${aDate}, not 2017-13-01`],
    ['made = 2017-01-15T25:00', 8, `field 'made' is compared with ${aDate}, not 2017-01-15T25:00`],
    ['made IN (2017-01-15, %2017-02-29`)', 23, `field 'made' is compared with ${aDate}, not 2017-02-29`],
    ['size < null', 8, 'null cannot be compared with <, only with = and !='],
    ['name >= NULL', 9, 'null cannot be compared with >=, only with = and !='],
  ])('%s at %i', (where, position, message) => {
    expect(() => found(where)).toThrow(expect.objectContaining({ name: 'CeqlError', position, message }));
  });

  test('it is refused before any record is read', () => {
    expect(() => compile(parse("name = 'none' AND size = 'x'"), fields)).toThrow(CeqlError);
  });
});

describe('the equalities that an index can answer', () => {
  test.each<[string, Record<string, string[]>]>([
    ['size = 7', { size: ['7'] }],
    ["name = 'Alpha'", { name: ['Alpha'] }],
    ['size IN (7, null, 007)', { size: ['7', '007'] }],
    ['size IN (null)', { size: [] }],
    ['size = 7 AND name != 1 AND done IN (true)', { size: ['7'], done: ['true'] }],
    ['size = 7 OR size = 10', {}],
    ['NOT (size = 7)', {}],
    ['(size = 7 OR done = true) AND size > 1', {}],
    ['size != 7', {}],
    ['size >= 7', {}],
    ['size NOT IN (7)', {}],
    ['size = null', {}],
    ['size IS NULL', {}],
    ["name LIKE 'Alpha'", {}],
  ])('%s → %j', (where, equalities) => {
    expect(Object.fromEntries(compile(parse(where), fields).equalities)).toEqual(equalities);
  });
});
