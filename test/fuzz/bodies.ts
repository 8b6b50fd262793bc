import { KindGuard, type TSchema } from '@sinclair/typebox';
import fc from 'fast-check';
import { anyValue, bodyOf, type Entries, fitting, mostly } from './values.ts';

/** Bodies as text, of which not all are JSON. */

/** Written out by hand: an object can have no name twice, and no `__proto__` of its own making. */
function write(entries: Entries): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

const unknownFields: fc.Arbitrary<Entries> = fc
  .tuple(
    fc.constantFrom('id', 'type', 'secret', 'companyId', '__proto__', 'constructor', 'stateprovince', ''),
    anyValue,
  )
  .map((entry) => [entry]);

/** What is no object with fields, or no JSON. */
export const rawBodies = fc.constantFrom(
  ...[
    '',
    ' ',
    '{',
    '{}',
    '[]',
    '[',
    'null',
    'true',
    '0',
    '""',
    '"',
    'nul',
    '{"a":1,}',
    "{'a':1}",
    'NaN',
    '1e999',
    '--',
  ],
  ...['\ufeff{}', '\ufeffnull', '{"name":"\ud800"}', '{"name":"\\ud800"}', '{"name":"\\u0000"}', '{"a\\u0000":1}'],
  ...['{"__proto__":{"name":"x"}}', '{"constructor":{"prototype":{"x":1}}}', '{"name":"a","name":"b"}', '[{},{}]'],
  ...['{"name":1e400}', '{"externalId":-1e400}', '{"name":"x"}{}', '{"name":"x"} ', '/**/{}', 'a=b', '<a/>', '\0'],
  ...[99, 100, 101, 3000].flatMap((n) => [`${'['.repeat(n)}${']'.repeat(n)}`, `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`]),
);

/** Bodies that fit a schema, such with one fault, and others. */
export function bodiesOf(schema: TSchema): fc.Arbitrary<string> {
  if (!KindGuard.IsObject(schema)) {
    return mostly(
      fitting(schema, 'roles[]').map((body) => JSON.stringify(body)),
      rawBodies,
      anyValue.map(stringify),
    );
  }
  const right = bodyOf(schema);
  const names = fc.constantFrom(...Object.keys(schema.properties));
  const oneOdd = fc
    .tuple(right, names, anyValue)
    .map(([entries, name, value]): Entries => entries.map((entry) => (entry[0] === name ? [name, value] : entry)));
  const oneMissing = fc.tuple(right, names).map(([entries, name]) => entries.filter(([each]) => each !== name));
  const twice = fc.tuple(right, right).map(([one, other]) => [...one, ...other]);
  const more = fc.tuple(right, unknownFields).map(([entries, others]) => [...entries, ...others]);
  return fc.oneof(
    { arbitrary: right.map(write), weight: 12 },
    ...[oneOdd, oneMissing, twice, more].map((each) => ({ arbitrary: each.map(write), weight: 2 })),
    rawBodies,
    anyValue.map(stringify),
  );
}

function stringify(value: unknown): string {
  return JSON.stringify(value);
}
