import { createEmulator } from '../../src/index.ts';
import { sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { idsOf, listOf, refused, seen } from './answers.ts';
import { searched } from './searched.ts';

// Searches change nothing, so that one emulator is enough.
const emulator = createEmulator({ fixture: searched, now: '2020-03-01' });
const client = connect(emulator);

const accounts = (where: string, more = '') => client.get(`/accounts?where=${encodeURIComponent(where)}${more}`);
const users = (where: string) => client.get(`/organizations/users?where=${encodeURIComponent(where)}`);

describe('GET /accounts?where=', () => {
  test.each<[string, number[]]>([
    ["createdDate>'2017-01-15'", [14]],
    ["createdDate >= '2017-01-15'", [11, 12, 14]],
    ['createdDate >= ‘2017-01-15’', [11, 12, 14]],
    ["createdDate >= '2017-01-15’", [11, 12, 14]],
    ['createdDate = 2017-01-15', [11, 12]],
    ["createdDate < '2017-01-15T12:00:00Z'", [10, 11]],
    ["externalId='1984'", [11]],
    ['externalId=1984', [11]],
    ['externalId=007', [12]],
    ['externalId=7', []],
    ["id='11'", [11]],
    ['id IN (14, 11, 99, 20)', [11, 14]],
    ["name='It''s'", [12]],
    ['name="It\'s"', [12]],
    ["name LIKE '%e%'", [10, 11, 14]],
    ["name LIKE '100%'", [14]],
    ["name LIKE '%\\_done'", []],
    ["name LIKE '%_done'", [14]],
    ["name NOT LIKE '%e%'", [12]],
    ["type='Default'", [10]],
    ['defaultAccount=true', [10]],
    ['companyId=1', [10, 11, 12, 14]],
    ['companyId=2', []],
    ['`id`=10 or id=11', [10, 11]],
    ['id=10 OR (id=11 AND NOT (active=false))', [10, 11]],
    ['description IS NULL', []],
    ['description is not null and id<>10', [11, 12, 14]],
  ])('%s', async (where, ids) => {
    expect(idsOf(await accounts(where))).toEqual(listOf(...ids));
  });
});

describe('a query in its encoded form', () => {
  test.each<[string, number[]]>([
    ['where=active%3D%true%60', [10, 11, 12, 14]],
    ['where=active%3D%60true%60', [10, 11, 12, 14]],
    ['where=active=true', [10, 11, 12, 14]],
    ["where=createdDate%3E'2017-01-15'&offset=0&pageSize=200", [14]],
    ['where=createdDate%20%3E=%20%E2%80%982017-01-15%E2%80%99', [11, 12, 14]],
    ['where=createdDate+>=+%E2%80%9C2017-01-15%E2%80%9D', [11, 12, 14]],
    ["where=name%3D'It''s'", [12]],
    ['where=', [10, 11, 12, 14]],
    ['where=%20%20', [10, 11, 12, 14]],
    ['where', [10, 11, 12, 14]],
    ['where=id=11&where=id=12', [11]],
    ['WHERE=nonsense', [10, 11, 12, 14]],
    ['other=%zz&where=id=11&%', [11]],
    ["where=name%20LIKE%20'100%25'", [14]],
    ["where=name%20LIKE%20'100%'", [14]],
    ['&&&where=id=11', [11]],
  ])('%s', async (query, ids) => {
    const { status, body } = await sendRaw(emulator, { path: `/accounts?${query}` });
    const found = Array.isArray(body) ? body.map(({ id }: { id: number }) => id) : body;
    expect({ status, ids: found }).toEqual(listOf(...ids));
  });

  test.each([
    "where=name='%zz'",
    'where=%',
    'where=%E0%A4%A',
    'where=%00',
    'where=%ff%fe',
    'where=%F0%9F%98%80',
    `where=${'('.repeat(2000)}`,
    `where=${'%27'.repeat(1500)}`,
  ])('%s gets an answer other than 500', async (query) => {
    const { status, body } = await sendRaw(emulator, { path: `/accounts?${query}` });
    expect([200, 400]).toContain(status);
    if (status === 200) expect(body).toEqual([]);
    else expect(body).toMatchObject({ message: expect.stringMatching(/^Invalid where at position \d+: /) });
  });
});

describe('an invalid where answers 400 with the position', () => {
  test.each([
    ["active = 'x'", 10, /field 'active' is compared with true or false, not 'x'/],
    ['active > true', 10, /field 'active' is true or false and cannot be compared with >/],
    ['id = abc', 6, /but found "abc"/],
    ["id = 'abc'", 6, /field 'id' is compared with a number, not 'abc'/],
    ["createdDate = 'soon'", 15, /field 'createdDate' is compared with a date/],
    ["id = 1 AND  color = 'red'", 13, /field 'color' cannot be searched/],
    ['ID = 11', 1, /field 'ID' cannot be searched/],
    ["name = 'open", 8, /not closed/],
    ['id = 1 AND', 11, /the end/],
    ['(id = 1', 8, /the end/],
    ['= 1', 1, /a field name/],
    ['id 1', 4, /a comparison/],
    ['id > null', 6, /null cannot be compared with >/],
    [`name = '${'x'.repeat(8192)}'`, 8193, /longer than 8192 characters/],
  ])('%.40s', async (where, position, message) => {
    const pattern = new RegExp(`^Invalid where at position ${position}: .*${message.source}.*\\.$`);
    expect(seen(await accounts(where))).toEqual(refused(400, expect.stringMatching(pattern)));
  });

  test('an unknown field answers 400 with the fields that can be searched', async () => {
    const fields =
      'id, name, description, active, companyId, createdDate, externalId, defaultAccount, type, status, environment';
    expect(seen(await accounts('nope=1'))).toEqual(
      refused(400, `Invalid where at position 1: field 'nope' cannot be searched, only ${fields} can.`),
    );
  });

  test('an invalid where answers 400 also when the list is empty', async () => {
    expect(seen(await client.get('/accounts/13/users?where=nope=1'))).toEqual(refused(400, expect.any(String)));
  });

  test.each(
    ['password', 'secret', 'roles', 'oauthToken', '__proto__', 'constructor', 'accountId', 'organizationId'].flatMap(
      (field) => ['/accounts/10/users', '/organizations/users'].map((path) => [path, field] as const),
    ),
  )('%s cannot be searched by %s', async (path, field) => {
    for (const test of [
      `${field}='s'`,
      `${field} LIKE '%'`,
      `${field} IS NOT NULL`,
      `id=101 OR \`${field}\` IN ('pw')`,
    ]) {
      const response = await client.get(`${path}?where=${encodeURIComponent(test)}`);
      expect(seen(response)).toEqual(
        refused(400, expect.stringContaining(`field '${field}' cannot be searched, only id, `)),
      );
      const [, listed = ''] = /only (.*) can/.exec(response.body.message) ?? [];
      expect(listed.split(', ')).not.toContain(field);
    }
  });

  test('a call searches only the fields that it shows: /organizations/users has username, /accounts/{id}/users does not', async () => {
    expect(idsOf(await users("username='cy@one.example' AND city='Denver'"))).toEqual(listOf(102));
    expect(seen(await client.get("/accounts/10/users?where=username='x'"))).toEqual(
      refused(400, expect.stringContaining('username')),
    );
    expect(seen(await users("lastLoginDate='1970-01-01'"))).toEqual(
      refused(400, expect.stringContaining('lastLoginDate')),
    );
    expect(idsOf(await client.get("/accounts/10/users?where=lastLoginDate='1970-01-01'"))).toEqual(
      listOf(102, 101, 100),
    );
  });
});
