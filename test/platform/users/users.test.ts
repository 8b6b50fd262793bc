import { createEmulator, type Fixture } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';
import { activeFlags } from './user-rules.ts';

const contact = { phone: '555-0107', street1: '1 Main Street', street2: 'Floor 2', city: 'Denver' };
const names = { username: 'gregory', firstName: 'Greg', lastName: 'Chuck', email: 'Greg@one.example' };
/** The user with every field set. */
const full = { id: 7, createdDate: '2014-09-25', ...names, externalId: 'x', ...contact, country: 'US' };
const rest = { stateProvince: 'CO', postalCode: '80212' };

const isActive = (id: number) => id % 5 !== 0;
const person = (id: number) => ({ id, email: `${id}@one.example`, active: isActive(id), roles: [] });
/** The users of account 11 have even ids. */
const even = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24];
const special: Readonly<Record<number, object>> = {
  2: { roles: ['admin'] },
  4: { externalId: 'x' },
  6: { externalId: '7', credentialsExpired: true },
  10: { externalId: 'x' },
};
const administrator = { id: 1, email: 'administrator@one.example', externalId: 'x', roles: ['org-admin'] };
const oauth = { oauthToken: 'greg-token', oauthId: '768', oauthProvider: 'Google' };
const greg = { ...full, ...rest, password: 'greg-pw', secret: 'greg-secret', lastLoginDate: '2019-12-31', ...oauth };
const odd = [administrator, greg, ...[3, 5, 9, 11, 13, 15, 17, 19, 21, 23].map(person)];
const gone = { id: 25, email: '25@one.example', externalId: 'x' };
const stranger = { id: 26, email: '26@two.example', externalId: 'x' };

const fixture: Fixture = {
  organizations: [
    {
      id: 3,
      name: 'One',
      accounts: [
        { id: 10, defaultAccount: true, users: odd },
        { id: 11, users: even.map((id) => ({ ...person(id), ...special[id] })) },
        { id: 12, active: false, users: [gone] },
      ],
    },
    { id: 2, name: 'Two', accounts: [{ id: 20, defaultAccount: true, users: [stranger] }] },
  ],
};
const all = Array.from({ length: 25 }, (_, index) => 25 - index);

// Lists change nothing, so that one emulator is enough.
const emulator = createEmulator({ fixture, now: '2020-03-01', seed: 'users' });
const organization = connect(emulator);
const account = connect(emulator, emulator.authorizationFor(2));

/** The caller, the query, and the users of the organization whom the caller may see. */
const views = [
  ['an organization administrator', organization, '', isActive],
  ['an organization administrator with includeInactive', organization, 'includeInactive=true&', () => true],
  ['an account administrator', account, '', (id: number) => even.includes(id) && isActive(id)],
  [
    'an account administrator with includeInactive',
    account,
    'includeInactive=true&',
    (id: number) => even.includes(id),
  ],
] as const;

const nobody = refused(404, 'No users found');
const none = { status: 404, ids: nobody.body };
const listed = (ids: readonly number[]) => (ids.length === 0 ? none : listOf(...ids));

describe.each(views)('%s', (_who, client, flag, isSeen) => {
  const ids = all.filter(isSeen);
  const headersOf = (headers: Record<string, unknown>) => ({
    total: headers['elements-total-count'],
    returned: headers['elements-returned-count'],
    more: headers['elements-next-page-token'] !== undefined,
  });

  test.each([
    ['', 0, ids.length],
    ['pageSize=4', 0, 4],
    ['pageSize=4&offset=1', 1, 5],
    ['pageSize=4&page=2', 4, 8],
    [`offset=${ids.length - 1}`, ids.length - 1, ids.length],
    [`pageSize=${ids.length}`, 0, ids.length],
    [`offset=${ids.length}`, ids.length, ids.length],
    ['page=99&pageSize=4', ids.length, ids.length],
  ])('gets the newest id first: ?%s', async (query, from, to) => {
    const response = await client.get(`/users?${flag}${query}`);
    expect(idsOf(response)).toEqual(listOf(...ids.slice(from, to)));
    const [total, returned] = [String(ids.length), String(to - from)];
    expect(headersOf(response.headers)).toEqual({ total, returned, more: to < ids.length });
  });

  test.each([1, 4, 5, 24, 25])('gets each user once, on pages of %d by their tokens', async (pageSize) => {
    const walked: unknown[] = [];
    let next: unknown = '';
    for (let pages = 0; next !== undefined; pages += 1) {
      expect(pages).toBeLessThan(all.length);
      const token = next === '' ? `pageSize=${pageSize}` : `nextPage=${next}`;
      const response = await client.get(`/users?${flag}${token}`);
      expect(response.status).toBe(200);
      walked.push(...response.body.map(({ id }: { id: number }) => id));
      next = response.headers['elements-next-page-token'];
    }
    expect(walked).toEqual(ids);
  });

  test.each([
    ['id=4', [4]],
    ["id='4'", [4]],
    ['id=5', [5]],
    ['id=26', []],
    ['id IN (26, 2, 10, 4, 99, 3, 2)', [10, 4, 3, 2]],
    ["email='Greg@one.example'", [7]],
    ["email='greg@one.example'", []],
    ["email='4@one.example'", [4]],
    ["email='26@two.example'", []],
    ["email IN ('4@one.example', '10@one.example', '26@two.example', '3@one.example')", [10, 4, 3]],
    ["externalId='x'", [25, 10, 7, 4, 1]],
    ["externalId='X'", []],
    ["externalId='7'", [6]],
    ['externalId=7', [6]],
    ["externalId IN ('x', '7', null)", [25, 10, 7, 6, 4, 1]],
    ["externalId='x' AND id IN (1, 4, 6)", [4, 1]],
    ["externalId='x' AND active=false", [25, 10]],
  ])('an index and a scan find the same users: where=%s', async (where, found) => {
    const expected = found.filter(isSeen);
    // An OR is never looked up.
    for (const query of [where, `(${where}) OR id=-1`]) {
      const response = await client.get(`/users?${flag}where=${encodeURIComponent(query)}`);
      expect(idsOf(response)).toEqual(listed(expected));
      const total = expected.length === 0 ? undefined : String(expected.length);
      expect(headersOf(response.headers)).toEqual({ total, returned: total, more: false });
    }
  });

  test('gets the counts and pages of the query', async () => {
    const found = ids.filter((id) => id >= 4 && id !== 8);
    const where = encodeURIComponent('id>=4 AND id<>8');
    const response = await client.get(`/users?${flag}where=${where}&pageSize=3&offset=2`);
    expect(idsOf(response)).toEqual(listOf(...found.slice(2, 5)));
    expect(headersOf(response.headers)).toEqual({ total: String(found.length), returned: '3', more: true });
    const token = response.headers['elements-next-page-token'];
    const next = await client.get(`/users?${flag}where=${where}&nextPage=${token}`);
    expect(idsOf(next)).toEqual(listOf(...found.slice(5, 8)));
  });

  test.each(["firstName='Nobody'", "firstName='Nobody'&offset=5", 'accountId=20', 'id=26 OR id=99'])(
    'gets 404 without counts for an empty list: where=%s',
    async (query) => {
      const response = await client.get(`/users?${flag}where=${query}`);
      expect(seen(response)).toEqual(nobody);
      expect(headersOf(response.headers)).toEqual({ total: undefined, returned: undefined, more: false });
    },
  );
});

describe('where', () => {
  /** Every field that can be searched, with a query that selects some of the users where the field can. */
  const rows: [field: string, where: string, ids: number[]][] = [
    ['id', 'id<3', [2, 1]],
    ['accountId', 'accountId=12', [25]],
    ['createdDate', "createdDate='2014-09-25'", [7]],
    ['username', "username='gregory'", [7]],
    ['firstName', "firstName='Greg'", [7]],
    ['email', "email LIKE 'greg@%'", [7]],
    ['externalId', "externalId LIKE '7'", [6]],
    ['phone', "phone='555-0107'", [7]],
    ['street1', 'street1 IS NOT NULL', [7]],
    ['street2', "street2='Floor 2'", [7]],
    ['city', "city='Denver'", [7]],
    ['stateProvince', "stateProvince='CO'", [7]],
    ['postalCode', "postalCode='80212'", [7]],
    ['country', "country='US'", [7]],
    ['active', 'active=false', [25, 20, 15, 10, 5]],
    ['lastName', "lastName='Chuck'", [7]],
    ['accountExpired', 'accountExpired=false', all],
    ['accountLocked', 'accountLocked=true', []],
    ['credentialsExpired', 'credentialsExpired=true', [25, 20, 15, 10, 6, 5]],
    ['lastLoginDate', "lastLoginDate>='2019-12-31'", [7]],
    ['oauthId', "oauthId='768'", [7]],
    ['oauthProvider', "oauthProvider='Google'", [7]],
    ['accountNonExpired', 'accountNonExpired=false', [25, 20, 15, 10, 5]],
    ['accountNonLocked', 'accountNonLocked=true', all],
    ['credentialsNonExpired', 'credentialsNonExpired=false', [25, 20, 15, 10, 6, 5]],
    ['emailValid', 'emailValid=false', []],
    ['enabled', 'enabled=false', [25, 20, 15, 10, 5]],
    ['fullName', "fullName='Greg Chuck'", [7]],
    // Seed 002: any word of the full name.
    ['name', "name='CHUCK'", [7]],
  ];
  const search = (where: string) => organization.get(`/users?includeInactive=true&where=${encodeURIComponent(where)}`);

  test.each(rows)('finds users by %s: %s', async (_field, where, ids) => {
    expect(idsOf(await search(where))).toEqual(listed(ids));
  });

  test.each(['password', 'secret', 'roles', 'oauthToken', 'organizationId', 'stateprovince', '__proto__'])(
    'refuses %s and lists the fields that can be searched',
    async (field) => {
      const fields = rows.map(([name]) => name).join(', ');
      for (const where of [`${field}='greg-secret'`, `${field} IS NOT NULL`, `id=7 AND ${field} LIKE '%'`]) {
        const place = `at position ${where.indexOf(field) + 1}`;
        const expected = refused(
          400,
          `Invalid where ${place}: field '${field}' cannot be searched, only ${fields} can.`,
        );
        expect(seen(await search(where))).toEqual(expected);
        expect(seen(await account.get(`/users?where=${encodeURIComponent(where)}`))).toEqual(expected);
      }
    },
  );
});

describe('a user in the list', () => {
  const name = 'Organization User';
  const org = { id: 2717, name, key: 'org', active: true, description: name, features: [] };
  const flags = { ...activeFlags, emailValid: true };
  const shown = { ...full, ...rest, accountId: 10, fullName: 'Greg Chuck', lastLoginDate: '2019-12-31', ...oauth };

  test('has every field that is set, except the secret', async () => {
    const response = await organization.get('/users?where=id=7').set('Elements-User-Password', 'greg-pw');
    expect(seen(response)).toEqual(ok([{ ...shown, ...flags, roles: [org], password: 'secured' }]));
  });

  test('does not have the fields that are not set', async () => {
    const uma = { id: 1101, accountId: 110, createdDate: '2020-03-01', firstName: 'Uma', lastName: 'User' };
    const contact = {
      email: 'user@here.example',
      username: 'user@here.example',
      externalId: 'uma-1',
      phone: '555-0101',
    };
    const derived = { password: 'secured', lastLoginDate: '1970-01-01', fullName: 'Uma User', roles: [org] };
    const response = await connect(createWorld()).get('/users?where=id=1101');
    expect(seen(response)).toEqual(ok([{ ...uma, ...contact, ...flags, ...derived }]));
  });
});

describe('includeInactive', () => {
  test.each(['1', 'yes', 'TRUE', 'null'])('%s answers 400', async (value) => {
    expect(seen(await organization.get(`/users?includeInactive=${value}`))).toEqual(
      refused(400, `Parameter 'includeInactive' must be true or false, not '${value}'.`),
    );
  });

  test.each(['includeInactive=false', 'includeInactive=', 'includeinactive=true', 'active=false'])(
    '%s lists only active users',
    async (query) => {
      expect(idsOf(await account.get(`/users?${query}`))).toEqual(listOf(24, 22, 18, 16, 14, 12, 8, 6, 4, 2));
    },
  );
});

test('a plain user gets 401 before the query is checked', async () => {
  const plain = connect(emulator, emulator.authorizationFor(7));
  expect(seen(await plain.get('/users?includeInactive=1&where=((&pageSize=0'))).toEqual(unauthorized401);
});
