import { createEmulator, type Fixture } from '../../src/index.ts';
import { connect } from '../support/client.ts';
import { idsOf, ok, refused, seen } from './answers.ts';

const accountIds = Array.from({ length: 25 }, (_, n) => 10 + n);
const userIds = Array.from({ length: 25 }, (_, n) => 1000 + n).reverse();

/** 25 accounts, the default one with 25 users, so that the last page is not full. */
const fixture: Fixture = {
  organizations: [
    {
      name: 'Pages',
      accounts: accountIds.map((id) => ({
        id,
        externalId: `account-${id}`,
        defaultAccount: id === 10,
        users:
          id === 10
            ? userIds.map((user) => ({
                id: user,
                email: `${user}@pages.example`,
                roles: user === 1000 ? ['org-admin'] : [],
              }))
            : [],
      })),
    },
    // Those of another organization are never counted.
    { name: 'Other', accounts: [{ id: 1, defaultAccount: true }, { id: 2 }, { id: 3 }] },
  ],
};
// Lists change nothing, so that one emulator is enough.
const client = connect(createEmulator({ fixture, seed: 'pages', now: '2020-03-01' }));

const headersOf = (headers: Record<string, unknown>) => ({
  total: headers['elements-total-count'],
  returned: headers['elements-returned-count'],
  more: headers['elements-next-page-token'] !== undefined,
});
const decode = (token: unknown): unknown => JSON.parse(Buffer.from(String(token), 'base64url').toString());

describe.each([
  ['/accounts', accountIds],
  ['/accounts/10/users', userIds],
  ['/organizations/users', userIds],
])('GET %s', (path, ids) => {
  test.each([
    ['', 0, 25],
    ['pageSize=10', 0, 10],
    ['pageSize=10&offset=10', 10, 20],
    ['pageSize=10&offset=20', 20, 25],
    ['pageSize=25', 0, 25],
    ['pageSize=24', 0, 24],
    ['pageSize=1&offset=24', 24, 25],
    ['pageSize=5000', 0, 25],
    ['offset=0', 0, 25],
    ['offset=1', 1, 25],
    ['offset=24', 24, 25],
    ['offset=25', 25, 25],
    ['offset=9007199254740991', 25, 25],
    ['page=1', 0, 25],
    ['page=1&pageSize=10', 0, 10],
    ['page=2&pageSize=10', 10, 20],
    ['page=3&pageSize=10', 20, 25],
    ['page=4&pageSize=10', 25, 25],
    ['page=9007199254740991&pageSize=5000', 25, 25],
    // `page` counts before `offset`.
    ['page=2&pageSize=10&offset=3', 10, 20],
    ['offset=&pageSize=&page=&nextPage=', 0, 25],
    ['pageSize=10&pageSize=5', 0, 10],
    ['PageSize=abc&limit=1', 0, 25],
  ])('?%s', async (query, from, to) => {
    const response = await client.get(`${path}?${query}`);
    expect(idsOf(response)).toEqual({ status: 200, ids: ids.slice(from, to) });
    expect(headersOf(response.headers)).toEqual({ total: '25', returned: String(to - from), more: to < 25 });
  });

  test.each([1, 7, 10, 24, 25, 26])('tokens lead through all pages of %d, each record once', async (pageSize) => {
    const walked: unknown[] = [];
    let query = `pageSize=${pageSize}`;
    for (let page = 0; query !== ''; page += 1) {
      expect(page).toBeLessThan(30);
      const response = await client.get(`${path}?${query}`);
      expect(response.status).toBe(200);
      walked.push(...response.body.map(({ id }: { id: number }) => id));
      const token: unknown = response.headers['elements-next-page-token'];
      // The token remembers the size of the pages.
      query = token === undefined ? '' : `nextPage=${token}`;
      if (token !== undefined) expect(decode(token)).toEqual({ offset: (page + 1) * pageSize, pageSize });
    }
    expect(walked).toEqual(ids);
  });

  test('a token counts before page and offset; a pageSize with it counts from there on', async () => {
    const { headers } = await client.get(`${path}?pageSize=10`);
    const token = String(headers['elements-next-page-token']);
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    const response = await client.get(`${path}?nextPage=${token}&page=1&offset=0&pageSize=3`);
    expect(idsOf(response)).toEqual({ status: 200, ids: ids.slice(10, 13) });
    expect(decode(response.headers['elements-next-page-token'])).toEqual({ offset: 13, pageSize: 3 });
  });

  test('the counts are those of the query', async () => {
    const where = encodeURIComponent(`id > ${ids.at(-1)} AND id < ${ids[0]}`);
    const between = path === '/accounts' ? encodeURIComponent(`id > ${ids[0]} AND id < ${ids.at(-1)}`) : where;
    const response = await client.get(`${path}?where=${between}&pageSize=20&offset=1`);
    expect(idsOf(response)).toEqual({ status: 200, ids: ids.slice(1, -1).slice(1, 21) });
    expect(headersOf(response.headers)).toEqual({ total: '23', returned: '20', more: true });
  });

  test.each([
    ['offset', '-1'],
    ['offset', '1.5'],
    ['offset', '1e3'],
    ['offset', '0x10'],
    ['offset', 'abc'],
    ['offset', '+1'],
    ['offset', '9007199254740993'],
    ['offset', '9'.repeat(400)],
    ['page', '0'],
    ['page', '-1'],
    ['page', 'two'],
    ['pageSize', '0'],
    ['pageSize', '-5'],
    ['pageSize', '5001'],
    ['pageSize', '2.5'],
    ['pageSize', 'all'],
  ])('%s=%s is 400', async (name, value) => {
    const bounds = { offset: 'from 0 up', page: 'from 1 up', pageSize: 'from 1 to 5000' }[name];
    const expected = refused(400, `Parameter '${name}' must be a whole number ${bounds}, not '${value}'.`);
    expect(seen(await client.get(`${path}?${name}=${encodeURIComponent(value)}`))).toEqual(expected);
  });

  const token = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    'abc',
    '!!!',
    '%00',
    token(null),
    token(5),
    token([]),
    token({}),
    token({ offset: 0 }),
    token({ offset: -1, pageSize: 10 }),
    token({ offset: 0, pageSize: 0 }),
    token({ offset: 0, pageSize: 5001 }),
    token({ offset: 1.5, pageSize: 10 }),
    token({ offset: '0', pageSize: '10' }),
    token({ offset: 1e300, pageSize: 10 }),
  ])('nextPage=%s is not a token: 400', async (value) => {
    expect(seen(await client.get(`${path}?nextPage=${value}`))).toEqual(
      refused(400, "Parameter 'nextPage' is not a token of Elements-Next-Page-Token."),
    );
  });
});

test('an empty list of accounts is [] with counts of 0', async () => {
  const response = await client.get("/accounts?where=name='nothing'");
  expect(seen(response)).toEqual(ok([]));
  expect(headersOf(response.headers)).toEqual({ total: '0', returned: '0', more: false });
});

test('an answer that is not a list has no counts', async () => {
  const response = await client.get('/accounts/10');
  expect(seen(response)).toEqual(ok(expect.objectContaining({ id: 10 })));
  expect(headersOf(response.headers)).toEqual({ total: undefined, returned: undefined, more: false });
});

test('the default page has 200 records', async () => {
  const many = createEmulator({
    fixture: {
      organizations: [
        {
          name: 'Many',
          accounts: [
            { id: 1, defaultAccount: true, externalId: 'default' },
            ...Array.from({ length: 200 }, (_, n) => ({ id: n + 2 })),
          ],
        },
      ],
    },
  });
  const response = await connect(many).get('/accounts');
  expect(idsOf(response)).toEqual({ status: 200, ids: Array.from({ length: 200 }, (_, n) => n + 1) });
  expect(headersOf(response.headers)).toEqual({ total: '201', returned: '200', more: true });
  const last = await connect(many).get(`/accounts?nextPage=${response.headers['elements-next-page-token']}`);
  expect(idsOf(last)).toEqual({ status: 200, ids: [201] });
});

describe('a mistake in the query comes before an unknown path parameter', () => {
  test.each([
    ['/accounts/999/users?pageSize=0', "Parameter 'pageSize'"],
    ['/accounts/999/users?where=foo', 'Invalid where at position'],
    ['/accounts/999/roles?offset=-1', "Parameter 'offset'"],
    ['/users/999/roles?page=0', "Parameter 'page'"],
    ['/organizations/9/accounts?includeInactive=maybe', "Parameter 'includeInactive'"],
    ['/organizations/9/accounts?nextPage=x', "Parameter 'nextPage'"],
  ])('%s', async (path, message) => {
    const { status, body } = await connect(createEmulator()).get(path);
    expect({ status, message: body.message }).toEqual({ status: 400, message: expect.stringContaining(message) });
  });
});
