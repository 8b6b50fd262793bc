import { KindGuard, type TSchema } from '@sinclair/typebox';
import fc from 'fast-check';
import type { Operation } from '../../src/platform/operation.ts';
import { anyWord, hostileText, mark, mostly, sometimes, whereOf } from './values.ts';

/** Paths and queries, percent-encoded already but for their marks. */

/** As UTF-8, lone surrogates too. */
const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());

/** What stands in a path where something else should: never a slash, which would make it another path. */
const oddSegment = fc.oneof(
  hostileText.map((text) => encode(text.slice(0, 900))),
  fc.constantFrom('%', '%2', '%zz', '%00', '%ff', '%2F', '%2e%2e', '%252F', '..', '.', '~', '*', '@', ';a=b', ':id'),
  fc.constantFrom('0', '-1', '-0', '007', '1.0', '1e3', '0x10', '99999999999999999999', '9007199254740993', 'me'),
  fc.constantFrom('{id}', 'a b', '"', '<', '^', '|', '\\', 'é', '😀', '\x01', '\x7f'),
);

/** What is to stand for a parameter, by the segment before it. */
function parameter(before: string, name: string, hasUser: boolean): fc.Arbitrary<string> {
  switch (before) {
    case 'accounts':
      return hasUser ? mostly(mark('accountOf'), mark('account')) : mostly(mark('account'), mark('user'));
    case 'organizations':
      return mostly(fc.constant('10'), mark('organization'));
    case 'users':
      return name === 'emailOrId' ? fc.oneof(mark('user'), mark('email')) : mostly(mark('user'), mark('email'));
    default:
      return name === 'key'
        ? fc.constantFrom('admin', 'org', 'org-admin', 'default-user', 'sys-admin', 'toString')
        : fc.constantFrom('3', '930', '2717', '16339', '1');
  }
}

/** The path of an operation; a user and an account of one path mostly belong together. */
export function pathOf({ path }: Operation): fc.Arbitrary<string> {
  const hasUser = /accounts\/\{.*users\/\{/.test(path);
  const segments = path.split('/').map((segment, index, all) => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) return mostly(fc.constant(segment), fc.constantFrom(segment, `/${segment}`, `${segment}/`));
    return mostly(parameter(all[index - 1] ?? '', name, hasUser), oddSegment, oddSegment);
  });
  return fc.tuple(fc.nat(39), ...segments).map(([n, ...found]) => {
    const joined = found.join('/');
    return hasUser ? joined.replace(/\{\{(accountOf|user|email):\d+\}\}/g, `{{$1:${n}}}`) : joined;
  });
}

const wholeNumbers = fc.constantFrom('0', '1', '2', '3', '5', '200', '5000');
const badNumbers = fc.constantFrom(
  '5001',
  '-1',
  '1.5',
  '1e3',
  '0x1',
  '٣',
  ' ',
  'NaN',
  '9007199254740993',
  '9'.repeat(400),
);
const flags = fc.constantFrom('true', 'false', 'TRUE', '1', '', 'null');
const tokens = [
  '{"offset":1,"pageSize":2}',
  '{"offset":-1,"pageSize":1}',
  '{"pageSize":1e9}',
  '[]',
  'null',
  '{"__proto__":1}',
];

/** The values of a query parameter; one that is new in the table gets any text until it has some of its own. */
function queryValue(name: string, fields: Readonly<Record<string, TSchema>>): fc.Arbitrary<string> {
  switch (name) {
    case 'where':
      return whereOf(fields);
    case 'offset':
    case 'pageSize':
    case 'page':
      return mostly(wholeNumbers, badNumbers, anyWord);
    case 'nextPage': {
      const forged = fc.constantFrom(...tokens.map((token) => Buffer.from(token).toString('base64url')));
      return fc.oneof({ arbitrary: mark('nextPage'), weight: 3 }, forged, anyWord);
    }
    default:
      return mostly(flags, anyWord);
  }
}

/** Fields that a list shows, and so can be asked of. */
function fieldsOf({ answer }: Operation): Readonly<Record<string, TSchema>> {
  const schema = answer.schema();
  return KindGuard.IsArray(schema) && KindGuard.IsObject(schema.items) ? schema.items.properties : {};
}

export function queryOf(operation: Operation): fc.Arbitrary<string> {
  const fields = fieldsOf(operation);
  const named = (operation.query ?? []).map((name) =>
    sometimes(queryValue(name, fields), name === 'where' ? 2 : 5).map((value) => {
      return value === undefined ? [] : [`${name}=${encode(value)}`];
    }),
  );
  const once = fc.tuple(...named).map((found) => found.flat());
  const odd = fc.constantFrom(
    ...['x=1', '__proto__=1', '__proto__[a]=1', 'constructor=1', 'where', 'where=', '=', '&&', '%=%', '%00=%ff'],
    ...['where=%', 'where=%E0%A4%A', 'where=active%3D%true%60', 'pageSize=1&pageSize=x', 'page[]=1', '?', '#', '+'],
  );
  return mostly(
    once,
    fc.tuple(once, odd).map(([found, more]) => [...found, more]),
    once.map((found) => [...found, ...found]),
  ).map((found) => (found.length === 0 ? '' : `?${found.join('&')}`));
}
