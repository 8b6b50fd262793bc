import { connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { idsOf, listOf, ok, refused, seen } from './answers.ts';

const createWorld = reuseWorlds();

/** The parameters `includeInactive` and `permanent`, wherever they are known. */

const some = (fields: object) => expect.objectContaining(fields);

type Client = ReturnType<typeof connect>;

/** User 1101 of account 110 is inactive too. */
async function start(): Promise<Client> {
  const client = connect(createWorld());
  await client.patch('/accounts/110/users/1101', { active: false });
  return client;
}

const wrong = ['maybe', 'TRUE', '1', 'null', 'yes'];
const notFlag = (name: string, value: string) =>
  refused(400, `Parameter '${name}' must be true or false, not '${value}'.`);

describe.each<[string, number[], number[], boolean]>([
  ['/accounts', [100, 110, 120], [100, 110, 120, 130], false],
  ['/organizations/10/accounts', [100, 110, 120], [100, 110, 120, 130], false],
  ['/users', [1200, 1100, 1001, 1000], [1200, 1101, 1100, 1002, 1001, 1000], false],
  ['/accounts/110/users', [1100], [1101, 1100], true],
  ['/organizations/users', [1001, 1000], [1002, 1001, 1000], true],
])('GET %s', (path, active, all, isDefault) => {
  let client: Client;
  beforeAll(async () => {
    client = await start();
  });
  test.each<[string, number[]]>([
    ['?includeInactive=true', all],
    ['?includeInactive=false', active],
    ['', isDefault ? all : active],
    ['?includeInactive=', isDefault ? all : active],
    ['?includeInactive=true&includeInactive=maybe', all],
    ["?includeInactive=false&where=active='false'", []],
    [
      `?includeInactive=true&where=id=${all.find((id) => !active.includes(id))}`,
      all.filter((id) => !active.includes(id)).slice(0, 1),
    ],
    [`?includeInactive=false&where=id=${all.find((id) => !active.includes(id))}`, []],
  ])('%s', async (query, expected) => {
    const answer = await client.get(path + query);
    // An empty list of users is a 404.
    if (expected.length === 0 && path.endsWith('users')) expect(seen(answer)).toEqual(refused(404, 'No users found'));
    else expect(idsOf(answer)).toEqual(listOf(...expected));
  });

  test.each(wrong)('?includeInactive=%s is 400', async (value) => {
    expect(seen(await client.get(`${path}?includeInactive=${value}`))).toEqual(notFlag('includeInactive', value));
  });
});

describe.each<[string, number, string, number]>([
  ['/accounts', 110, 'No account found with ID 130', 130],
  ['/organizations/10/accounts', 110, 'No account found with ID 130', 130],
  ['/users', 1100, 'No user found with ID 1101', 1101],
  ['/accounts/110/users', 1100, 'No user found with ID 1101', 1101],
  ['/organizations/users', 1001, 'No user found with ID 1002', 1002],
])('GET %s/{id}', (path, active, unknown, inactive) => {
  let client: Client;
  beforeAll(async () => {
    client = await start();
  });
  test.each(['', '?includeInactive=true', '?includeInactive='])('%s finds inactive ones', async (query) => {
    for (const id of [active, inactive]) {
      expect(seen(await client.get(`${path}/${id}${query}`))).toEqual(ok(some({ id, active: id === active })));
    }
  });

  test('?includeInactive=false does not', async () => {
    expect(seen(await client.get(`${path}/${active}?includeInactive=false`))).toEqual(ok(some({ id: active })));
    expect(seen(await client.get(`${path}/${inactive}?includeInactive=false`))).toEqual(refused(404, unknown));
  });

  test.each(wrong)('?includeInactive=%s is 400', async (value) => {
    for (const id of [active, inactive]) {
      expect(seen(await client.get(`${path}/${id}?includeInactive=${value}`))).toEqual(
        notFlag('includeInactive', value),
      );
    }
  });
});

describe.each([
  ['patch', '/users/1100'],
  ['patch', '/organizations/users/1100'],
  ['patch', '/accounts/110/users/1100'],
  ['put', '/accounts/110/users/1100'],
] as const)('%s %s with active: false', (verb, path) => {
  test.each(['', '?permanent=true', '?permanent=false', '?permanent='])(
    '%s deactivates, and removes nobody',
    async (query) => {
      const client = await start();
      expect(seen(await client[verb](path + query, { active: false }))).toEqual(ok(some({ id: 1100, active: false })));
      expect(seen(await client.get('/users/1100'))).toEqual(ok(some({ id: 1100, active: false })));
      expect(seen(await client[verb](path + query, { active: true }))).toEqual(ok(some({ id: 1100, active: true })));
    },
  );

  test.each(wrong)('?permanent=%s is 400 and changes nothing', async (value) => {
    const client = await start();
    for (const body of [{ active: false }, {}, { firstName: 'Una' }]) {
      expect(seen(await client[verb](`${path}?permanent=${value}`, body))).toEqual(notFlag('permanent', value));
    }
    expect(seen(await client.get('/users/1100'))).toEqual(
      ok(some({ active: true, firstName: 'admin', credentialsExpired: false })),
    );
  });
});
