import type { Emulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { type Answer, idsOf, listOf, ok, refused, seen } from '../answers.ts';
import { everything, ofAdmin, others, othersWithoutIntelligence } from '../privileges.ts';

const createWorld = reuseWorlds();

const some = (fields: object) => expect.objectContaining(fields);
const keys = (...list: string[]) => list.map((key) => ({ key }));
const role = (id: number, key: string, name: string, privileges: object[], description = name) => {
  return { id, name, key, active: true, description, features: [], privileges, hide: false };
};

/** The platform's catalog; which role has which privileges is the emulator's choice. */
const catalogue = [
  role(3, 'admin', 'Account', keys(...ofAdmin), 'Account Administrator'),
  role(930, 'org-admin', 'Organization Administrator', keys(...everything)),
  role(2717, 'org', 'Organization User', keys(...others)),
  role(16339, 'default-user', 'Default User', keys(...othersWithoutIntelligence)),
];
/** The catalog with other privileges of some roles. */
const changed = (privileges: Record<string, object[]>) =>
  catalogue.map((each) => ({ ...each, privileges: privileges[each.key] ?? each.privileges }));

const path = '/organizations/roles';
const known = `the privileges are ${everything.join(', ')}.`;
const unknownPrivilege = (key: string) => refused(400, `Privilege '${key}' is unknown: ${known}`);
const system = refused(403, "User can not add the 'system' privilege to any role.");
const intelligence = refused(403, "User can not add the 'intelligence' privilege to the 'default-user' role.");
const roles = 'the roles are admin (3), org-admin (930), org (2717), default-user (16339).';

// Reads and refused requests change nothing, so that one emulator is enough.
const shared = createWorld();

describe('GET /organizations/roles', () => {
  const client = connect(shared);

  test('answers the catalog of the platform, by id', async () => {
    expect(seen(await client.get(path))).toEqual(ok(catalogue));
  });

  test.each<[query: string, ids: number[], total: string]>([
    ["where=key='org-admin'", [930], '1'],
    ["where=id IN (3, '2717') AND active=true", [3, 2717], '2'],
    ["where=description LIKE 'account%'", [3], '1'],
    ["where=name='Nobody'", [], '0'],
    ['pageSize=3', [3, 930, 2717], '4'],
    ['pageSize=3&page=2', [16339], '4'],
    ['pageSize=1&offset=1', [930], '4'],
    ['offset=4', [], '4'],
  ])('%s', async (query, ids, total) => {
    const answer = await client.get(`${path}?${encodeURI(query)}`);
    expect(idsOf(answer)).toEqual(listOf(...ids));
    const { 'elements-total-count': count, 'elements-returned-count': returned } = answer.headers;
    expect([count, returned]).toEqual([total, `${ids.length}`]);
  });

  test('has a token for the next page, except on the last page', async () => {
    const first = await client.get(`${path}?pageSize=3`);
    const second = await client.get(`${path}?nextPage=${first.headers['elements-next-page-token']}`);
    expect([idsOf(first), idsOf(second)]).toEqual([listOf(3, 930, 2717), listOf(16339)]);
    expect(second.headers).not.toHaveProperty('elements-next-page-token');
  });

  test.each(['privileges', 'features', 'hide'])('cannot be searched by %s', async (field) => {
    const message = expect.stringContaining(`'${field}' cannot be searched, only id, name, key, active, description`);
    expect(seen(await client.get(`${path}?where=${field}='x'`))).toEqual(refused(400, message));
  });

  test('the path of one role supports only PUT', async () => {
    expect(seen(await client.get(`${path}/3`))).toEqual(refused(405, expect.any(String)));
    expect((await client.get(`${path}/3`)).headers.allow).toBe('PUT, OPTIONS');
    expect(seen(await client.delete(path))).toEqual(refused(405, expect.any(String)));
  });
});

describe('a refused request changes nothing', () => {
  const before = JSON.stringify(shared.snapshot().organizations);
  afterEach(() => expect(JSON.stringify(shared.snapshot().organizations)).toBe(before));
  const put = async (at: string, body: object | undefined) => {
    const call = connect(shared).call('put', path + at);
    return seen(await (body === undefined ? call : call.send(body)));
  };
  const bad = (message: unknown) => refused(400, message);
  const allow = { key: 'org', privileges: keys('viewUsersOrg') };

  test.each<[what: string, id: number | string, privileges: object[], expected: Answer]>([
    ...catalogue.map(({ key, id }): [string, number, object[], Answer] => [
      `system to ${key}`,
      id,
      keys('system'),
      system,
    ]),
    ['system after a valid privilege', 3, keys('viewUsersOrg', 'system'), system],
    ['intelligence to default-user', 16339, keys('intelligence'), intelligence],
    ['an unknown privilege', 3, keys('viewUsersOrg', 'fly'), unknownPrivilege('fly')],
    ['a privilege in another case of letters', 3, keys('ViewUsersOrg'), unknownPrivilege('ViewUsersOrg')],
    ['a name of a JavaScript prototype', 3, keys('constructor'), unknownPrivilege('constructor')],
    ['an unknown role', 4, keys('viewUsersOrg'), refused(404, 'No role found with ID 4')],
    ['an id of 0', 0, keys('viewUsersOrg'), refused(404, 'No role found with ID 0')],
    [
      'a key in place of the id',
      'admin',
      keys('viewUsersOrg'),
      bad("Path parameter 'id' must be an integer, not 'admin'."),
    ],
    ['an unknown privilege before system', 3, keys('system', 'fly'), unknownPrivilege('fly')],
    ['an unknown privilege before an unknown role', 4, keys('fly'), unknownPrivilege('fly')],
    ['an unknown role before system', 4, keys('system'), refused(404, 'No role found with ID 4')],
  ])('of one role, with %s', async (_what, id, privileges, expected) => {
    expect(await put(`/${id}`, { privileges })).toEqual(expected);
  });

  test.each<[what: string, body: object | undefined, expected: Answer]>([
    ['no body', undefined, bad('Missing required field: privileges.')],
    ['no privileges', { key: 'admin' }, bad('Missing required field: privileges.')],
    ['null in place of the privileges', { privileges: null }, bad('Missing required field: privileges.')],
    ['a list', [allow], bad('The body must be a JSON object, not a list.')],
    ['texts', { privileges: ['viewUsersOrg'] }, bad(expect.stringContaining("'privileges[0]' must be an object"))],
    ['no key', { privileges: [{ id: 1 }] }, bad(expect.stringContaining("'privileges[0].key'"))],
  ])('of one role, with a body of %s', async (_what, body, expected) => {
    expect(await put('/3', body)).toEqual(expected);
  });

  test.each<[what: string, body: object | undefined, expected: Answer]>([
    ['no body', undefined, bad('The body must be a JSON list, not nothing.')],
    ['an object in place of the list', allow, bad('The body must be a JSON list, not an object.')],
    ['a number in the list', [allow, 5], bad('Item [1] must be a JSON object, not a number.')],
    ['a list in the list', [allow, [allow]], bad('Item [1] must be a JSON object, not a list.')],
    ['null in the list', [allow, null], bad(expect.stringContaining('[1]'))],
    ['no privileges', [allow, { key: 'admin' }], bad('Missing required field: [1].privileges.')],
    [
      'a string in place of the privileges',
      [{ ...allow, privileges: 'viewUsersOrg' }],
      bad(expect.stringMatching(/'\[0\]\.privileges' .* a list/)),
    ],
    [
      'strings as privileges',
      [{ ...allow, privileges: ['viewUsersOrg'] }],
      bad(expect.stringContaining("'[0].privileges[0]'")),
    ],
    ['a string as the id', [{ ...allow, id: '3' }], bad(expect.stringContaining("'[0].id' must be a whole number"))],
    ['1001 items', Array.from({ length: 1001 }, () => allow), bad('The body must be a list of 1000 at most.')],
    [
      '1000 entries of one role',
      Array.from({ length: 1000 }, () => allow),
      bad("Role 'org' is in the list more than once."),
    ],
    ['neither key nor id', [{ privileges: [] }], bad(`Each role needs its 'key' or 'id': ${roles}`)],
    ['an unknown key', [allow, { key: 'boss', privileges: [] }], bad(`Role 'boss' is unknown: ${roles}`)],
    ['the role sys-admin', [allow, { key: 'sys-admin', privileges: [] }], bad(`Role 'sys-admin' is unknown: ${roles}`)],
    ['an unknown id', [allow, { id: 4, privileges: [] }], bad(`Role '4' is unknown: ${roles}`)],
    ['a role twice', [allow, { key: 'org', privileges: [] }], bad("Role 'org' is in the list more than once.")],
    [
      'a role twice, by key and by id',
      [allow, { id: 2717, privileges: [] }],
      bad("Role 'org' is in the list more than once."),
    ],
    ['an unknown privilege', [allow, { key: 'admin', privileges: keys('fly') }], unknownPrivilege('fly')],
    ['system', [allow, { key: 'admin', privileges: keys('viewUsersOrg', 'system') }], system],
    ['intelligence', [allow, { id: 16339, privileges: keys('intelligence') }], intelligence],
  ])('of several roles, with a list with %s', async (_what, body, expected) => {
    expect(await put('', body)).toEqual(expected);
  });
});

describe('the privileges of roles', () => {
  const start = () => {
    const emulator: Emulator = createWorld();
    return { emulator, client: connect(emulator) };
  };

  test.each<[what: string, id: number, asked: string[], kept: string[]]>([
    ['fewer', 3, ['viewUsersOrg'], ['viewUsersOrg']],
    ['none', 3, [], []],
    [
      'a privilege twice, in another order',
      2717,
      ['viewElements', 'viewFormulas', 'viewElements'],
      ['viewElements', 'viewFormulas'],
    ],
    ['intelligence for a role other than default-user', 2717, ['intelligence'], ['intelligence']],
    ['all privileges', 3, everything, everything],
  ])('of one role, with %s', async (_what, id, asked, kept) => {
    const { client } = start();
    const { key = '' } = catalogue.find((each) => each.id === id) ?? {};
    const expected = changed({ [key]: keys(...kept) });
    // Clients send whole roles; only the privileges count.
    const answer = await client.put(`${path}/${id}`, { id: 1, key: 'x', name: 'Other', privileges: keys(...asked) });
    expect(seen(answer)).toEqual(ok(expected.find((each) => each.id === id)));
    expect(seen(await client.get(path))).toEqual(ok(expected));
  });

  test('PUT of several roles answers all roles with their new privileges, by id', async () => {
    const { client } = start();
    const body = [
      { key: 'default-user', privileges: keys('viewFormulas') },
      { id: 3, privileges: keys('viewElements') },
    ];
    const expected = changed({ 'default-user': keys('viewFormulas'), admin: keys('viewElements') });
    const answer = await client.put(path, body);
    expect(seen(answer)).toEqual(ok(expected));
    expect(answer.headers).toMatchObject({ 'elements-total-count': '4', 'elements-returned-count': '4' });
    expect(seen(await client.get(path))).toEqual(ok(expected));
    // The answer can be sent back; a second change leaves the first one in place.
    expect(seen(await client.put(path, answer.body))).toEqual(ok(expected));
    const next = { ...expected[0], privileges: [] };
    expect(seen(await client.put(path, [next]))).toEqual(ok([next, ...expected.slice(1)]));
    expect(seen(await client.put(path, []))).toEqual(ok([next, ...expected.slice(1)]));
  });

  test('are shown in every answer with roles of the same organization', async () => {
    const { emulator, client } = start();
    const other = connect(emulator, emulator.authorizationFor(2000));
    await client.put(`${path}/16339`, { privileges: keys('viewFormulas') });
    const defaultUser = some({ key: 'default-user', privileges: keys('viewFormulas') });
    expect(seen(await client.get('/users/1200/roles?offset=2'))).toEqual(ok([defaultUser]));
    expect(seen(await client.get('/accounts/120/roles'))).toEqual(ok([defaultUser]));
    expect(seen(await client.get('/accounts/120/roles/default-user'))).toEqual(ok(defaultUser));
    expect(seen(await client.put('/users/1101/roles/default-user', {}))).toEqual(ok(defaultUser));
    expect(seen(await client.delete('/users/1101/roles/default-user'))).toEqual(ok(defaultUser));
    expect(seen(await client.put('/accounts/110/roles/default-user', {}))).toEqual(ok(defaultUser));
    expect(seen(await client.delete('/accounts/110/roles/default-user'))).toEqual(ok(defaultUser));

    expect(seen(await other.get(path))).toEqual(ok(catalogue));
    await other.put(`${path}/16339`, { privileges: [] });
    expect(seen(await client.get(path))).toEqual(ok(changed({ 'default-user': keys('viewFormulas') })));
    // A reset affects only the caller's organization.
    expect(seen(await client.put(`${path}/reset`, {}))).toEqual(ok(catalogue));
    expect(seen(await other.get(path))).toEqual(ok(changed({ 'default-user': [] })));
  });

  test('are the platform’s again after a reset, the second time too', async () => {
    const { emulator, client } = start();
    const before = JSON.stringify(emulator.snapshot().organizations);
    await client.put(path, [{ key: 'admin', privileges: [] }]);
    await client.put(`${path}/930`, { privileges: keys('configureRoles') });
    expect(seen(await client.get(path))).toEqual(ok(changed({ admin: [], 'org-admin': keys('configureRoles') })));
    for (let time = 0; time < 2; time += 1) {
      expect(seen(await client.put(`${path}/reset`, {}))).toEqual(ok(catalogue));
      expect(seen(await client.get(path))).toEqual(ok(catalogue));
    }
    expect(JSON.stringify(emulator.snapshot().organizations)).toBe(before);
  });
});
