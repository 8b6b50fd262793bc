import fc from 'fast-check';
import { compile, type Expression, parse } from '../../src/ceql/index.ts';
import { accountUserListView } from '../../src/platform/account-users/views.ts';
import { accountView } from '../../src/platform/accounts/views.ts';
import { organizationUserView } from '../../src/platform/organization-users/views.ts';
import { connect, envelope } from '../support/client.ts';
import { runs } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';
import { anyText, userExpression } from './arbitraries.ts';
import { and, bool, compare, nothing, number, text, within } from './expressions.ts';
import { print } from './print.ts';
import { seedFastCheck } from './seed.ts';

seedFastCheck();

const emulator = createWorld();
const client = connect(emulator);

beforeAll(async () => {
  // More to find by an index: one external id of several users, and of a deleted and a new account.
  for (const id of [1000, 1001, 1100, 1200]) {
    await client.patch(`/organizations/users/${id}`, { externalId: 'shared' }).expect(200);
  }
  await client.post('/accounts', { externalId: 'gone', name: 'Back' }).expect(200);
  await client.post('/accounts', { externalId: '007' }).expect(200);
  await client
    .post('/organizations/users', { firstName: 'Uma', lastName: 'Cap', email: 'Cap@Ten.example' })
    .expect(200);
});

const views = {
  '/accounts': accountView,
  '/accounts?includeInactive=true': accountView,
  '/accounts/110/users': accountUserListView,
  '/organizations/users': organizationUserView,
};
const paths = Object.keys(views) as (keyof typeof views)[];

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return parameters.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${parameters.join('&')}`;
}

/** Encoded as clients do, or raw with percent signs that encode nothing (seed 001 prints some). */
const encoded = (value: fc.Arbitrary<string>) =>
  value.map((each) => encodeURIComponent(each.replace(/\p{Surrogate}/gu, '\ufffd')));
const raw = fc.string({
  unit: fc.constantFrom(
    '%',
    '%2',
    '%zz',
    '%60',
    '%00',
    '%FF',
    '%E2%80',
    '=',
    '+',
    'id',
    '1',
    "'",
    '`',
    'true',
    '(',
    ')',
  ),
});
const pageNumber = fc.oneof(
  fc.integer({ min: -1, max: 12 }).map(String),
  fc.double().map(String),
  fc.constantFrom('5000', '5001', '9007199254740991', '9007199254740992', '1e3', '0x1', ' 1', '01', 'NaN', '-0'),
  anyText,
);
const token = fc.oneof(
  anyText,
  fc
    .oneof(
      fc.json(),
      fc
        .record({ offset: fc.oneof(fc.nat(9), fc.double()), pageSize: fc.oneof(fc.nat(9), fc.double()) })
        .map((page) => JSON.stringify(page)),
    )
    .map((json) => Buffer.from(json).toString('base64url')),
);
const where = fc.oneof(anyText, userExpression.map(print));

const parameters = {
  where: fc.oneof(encoded(where), raw),
  offset: fc.oneof(encoded(pageNumber), raw),
  pageSize: fc.oneof(encoded(pageNumber), raw),
  page: fc.oneof(encoded(pageNumber), raw),
  nextPage: fc.oneof(encoded(token), raw),
};
// Each parameter is also sent alone, because one invalid parameter hides the effect of the others.
const hostileQuery = fc.oneof(
  fc.record({ where: parameters.where }),
  ...Object.entries(parameters).map(([name, value]) => value.map((each) => ({ [name]: each }))),
  fc.record(parameters, { requiredKeys: [] }),
);

test.each(paths)('every query of %s answers JSON with 200, 400 or 404', async (path) => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(hostileQuery, async (query) => {
      const response = await client.get(withQuery(path, query));
      statuses.add(response.status);
      expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
      if (response.status === 200) {
        expect(response.body).toHaveLength(Number(response.headers['elements-returned-count']));
        expect(response.text).not.toMatch(/:null|secret"/);
      } else {
        expect([400, 404]).toContain(response.status);
        expect(response.body).toEqual(
          envelope(expect.stringMatching(/^(Invalid where at position \d+: |Parameter '|No users found$)/)),
        );
      }
    }),
    { numRuns: runs(80) },
  );
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 400]));
});

test.each([
  ...[null, 1, 'x', [], {}, { offset: 0 }, { pageSize: 1 }, { offset: '0', pageSize: 1 }, { offset: 0, pageSize: '1' }],
  ...[
    { offset: -1, pageSize: 1 },
    { offset: 0.5, pageSize: 1 },
    { offset: 2 ** 53, pageSize: 1 },
  ],
  ...[
    { offset: 0, pageSize: 0 },
    { offset: 0, pageSize: 5001 },
    { offset: 0, pageSize: 1.5 },
  ],
])('a nextPage with %j is refused', async (page) => {
  const { status, body } = await client.get(
    withQuery('/accounts', { nextPage: Buffer.from(JSON.stringify(page)).toString('base64url') }),
  );
  expect(body).toEqual(envelope("Parameter 'nextPage' is not a token of Elements-Next-Page-Token."));
  expect(status).toBe(400);
});

describe('an index finds the same records as a scan', () => {
  const ids = fc.constantFrom(
    '1000',
    '1001',
    '1002',
    '1101',
    '5000',
    '2000',
    '100',
    '110',
    '130',
    '200',
    '500',
    '999',
    '-1',
    '1e2',
  );
  const number_ = fc.oneof(
    ids.map(number),
    ids.map(text),
    ids.map((id) => text(` ${id} `)),
  );
  const externalId = fc.oneof(
    fc.constantFrom('shared', 'uma-1', 'here', 'gone', 'twenty-default', '10 here', 'HERE', '').map(text),
    fc.constantFrom('007', '7').map(number),
  );
  const email = fc
    .constantFrom(
      ...[
        'administrator@ten',
        'ADMINISTRATOR@TEN',
        'plain@ten',
        'user@here',
        'Cap@Ten',
        'cap@ten',
        'administrator@twenty',
      ],
    )
    .map((start) => text(`${start}.example`));
  const conditionOf = (name: string, value: typeof email): fc.Arbitrary<Expression> =>
    fc.oneof(
      value.map((each) => compare(name, '=', each)),
      fc
        .array(fc.oneof(value, value, fc.constant(nothing)), { minLength: 1, maxLength: 5 })
        .map((each) => within(name, each)),
    );
  const second = fc.constantFrom(
    compare('active', '=', bool('true')),
    compare('id', '>', number('1000')),
    compare('createdDate', '>=', text('2020-02-01')),
    compare('id', '=', number('1000')),
  );
  const paging = fc.record(
    { offset: fc.nat(3).map(String), pageSize: fc.integer({ min: 1, max: 3 }).map(String) },
    { requiredKeys: [] },
  );

  const answer = async (path: string, query: Readonly<Record<string, string>>) => {
    const { status, body, headers } = await client.get(withQuery(path, query));
    const { requestId, ...rest } = body;
    const { 'elements-request-id': id, ...others } = headers;
    // Only these two may differ; in an error the one is the other.
    expect(status === 200 || requestId === id).toBe(true);
    return { status, body: status === 200 ? body : rest, headers: others };
  };

  test.each(paths)('%s', async (path) => {
    const indexed = fc.oneof(
      conditionOf('id', number_),
      conditionOf('externalId', externalId),
      ...(views[path] === accountView ? [] : [conditionOf('email', email)]),
    );
    const condition = fc.oneof(
      indexed,
      fc.tuple(indexed, second).map((both) => and(...both)),
      fc.tuple(second, indexed).map((both) => and(...both)),
    );
    const totals = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(condition, paging, async (expression, page) => {
        const direct = print(expression);
        const around = [`NOT (NOT (${direct}))`, `(${direct}) OR id IS NULL`];
        const equalities = [direct, ...around].map(
          (each) => compile<never>(parse(each), views[path].searchFields).equalities,
        );
        expect(equalities.map(({ size }) => size > 0)).toEqual([true, false, false]);

        const expected = await answer(path, { ...page, where: encodeURIComponent(direct) });
        totals.add(expected.headers['elements-total-count']);
        for (const each of around) {
          expect(await answer(path, { ...page, where: encodeURIComponent(each) })).toEqual(expected);
        }
      }),
      { numRuns: runs(200) },
    );
    expect(totals).toContain('1');
    expect(totals).toContain(views[path] === accountView ? '0' : undefined);
  });
});
