import { createEmulator, type Emulator } from '../../src/index.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { connect, request } from '../support/client.ts';
import { isEndurance, runs } from '../support/runs.ts';
import { stepsOf } from '../support/steps.ts';
import { createWorld } from '../support/world.ts';

let emulator: Emulator;
beforeEach(() => {
  emulator = createWorld();
});
const get = (path: string) => request(emulator.app).get(`/__emulator${path}`);
const idsOf = async (path: string) => {
  const { body } = await get(path);
  return body.items.map(({ id }: { id: number }) => id);
};

test('GET /organizations lists all organizations, with an administrator of each', async () => {
  expect(seen(await get('/organizations'))).toEqual(
    ok([
      {
        id: 10,
        name: 'Ten',
        active: true,
        createdDate: '2020-01-01',
        administrator: 'administrator@ten.example',
        accounts: 4,
        users: 6,
      },
      {
        id: 20,
        name: 'Twenty',
        active: true,
        createdDate: '2020-03-01',
        administrator: 'administrator@twenty.example',
        accounts: 1,
        users: 1,
      },
    ]),
  );
});

test('GET /organizations/{id} tells the privileges of the roles and the password policy', async () => {
  const admin = connect(emulator);
  await admin.call('put', '/organizations/roles/16339').send({ privileges: [{ key: 'viewElements' }] });
  await admin.call('put', '/organizations/password-policies').send({ minLength: 12 });
  const { body } = await get('/organizations/10');
  expect(body.roles.map(({ key }: { key: string }) => key)).toEqual(['admin', 'org-admin', 'org', 'default-user']);
  expect(body.roles[3]).toEqual({ id: 16339, key: 'default-user', name: 'Default User', privileges: ['viewElements'] });
  expect(body.passwordPolicy.minLength).toBe(12);
  expect((await get('/organizations/20')).body.passwordPolicy.minLength).not.toBe(12);
  expect(seen(await get('/organizations/30'))).toEqual(refused(404, 'There is no organization 30.'));
  expect((await get('/organizations/ten')).status).toBe(404);
});

test('an organization without users in its default account has no administrator', async () => {
  await connect(emulator).call('patch', '/accounts/100?permanent=true').send({ active: false });
  expect((await get('/organizations')).body).toMatchObject([{ id: 10, users: 3 }, { id: 20 }]);
  expect((await get('/organizations')).body[0]).not.toHaveProperty('administrator');
});

test('a search finds a user among many', async () => {
  const users = Array.from({ length: runs(20_000) }, (_, n) => ({
    email: `u${n}@x.example`,
    firstName: 'U',
    lastName: 'X',
  }));
  const many = createEmulator({
    fixture: { organizations: [{ name: 'Many', accounts: [{ externalId: 'x', users }] }] },
  });
  const { body } = await request(many.app).get(
    "/__emulator/users?where=email LIKE '%1%' AND fullName='U X'&pageSize=1",
  );
  expect(body.total).toBe(users.filter(({ email }) => email.includes('1')).length);
});

describe('the cost of a page does not grow with the number of', () => {
  const sizes = isEndurance ? [1000, 4000] : [250, 1000];
  const administrator = (n: number) => ({ email: `admin${n}@x.example`, roles: ['org-admin' as const] });
  /** Users of the default account, the administrator the first of them. */
  const withUsers = (count: number) => ({
    name: 'Many',
    accounts: [
      {
        defaultAccount: true,
        users: [administrator(0), ...Array.from({ length: count }, (_, n) => ({ email: `u${n}@x.example` }))],
      },
    ],
  });
  const users = (count: number) => createEmulator({ fixture: { organizations: [withUsers(count)] } });
  const accounts = (count: number) => {
    const others = Array.from({ length: count }, (_, n) => ({ externalId: `x${n}` }));
    return createEmulator({ fixture: { organizations: [{ name: 'Many', accounts: others }] } });
  };

  test.each<[string, string, (count: number) => Emulator]>([
    ['users', '/users?pageSize=20', users],
    ['users', '/users?pageSize=20&offset=200', users],
    ['users', "/users?where=email='u7@x.example'", users],
    ['users', '/users?where=id=7', users],
    ['users', '/organizations', users],
    ['users', '/credentials', users],
    ['accounts', '/accounts?pageSize=20', accounts],
    ['accounts', '/accounts?where=id=7', accounts],
  ])('%s: %s', async (_, path, create) => {
    const steps: number[] = [];
    for (const count of sizes) {
      const many = create(count);
      const ask = () => request(many.app).get(`/__emulator${path}`);
      expect((await ask()).status).toBe(200);
      steps.push(await stepsOf(ask));
    }
    const [few = 0, most = 0] = steps;
    expect(most / few).toBeLessThan(1.2);
  });
});

test('an index does not find an id or email of another organization', async () => {
  expect(await idsOf('/users?organization=20&where=id=1100')).toEqual([]);
  expect(await idsOf("/users?account=110&where=email='administrator@ten.example'")).toEqual([]);
  expect(await idsOf("/users?account=110&where=email='Admin@here.example'")).toEqual([]);
  expect(await idsOf("/users?account=110&where=email='admin@here.example'")).toEqual([1100]);
  expect(await idsOf('/accounts?organization=20&where=id=110')).toEqual([]);
  expect(await idsOf('/accounts?organization=10&where=id=110')).toEqual([110]);
});

describe('GET /accounts', () => {
  test.each([
    ['', [100, 110, 120, 130, 200]],
    ['?organization=10', [100, 110, 120, 130]],
    ['?organization=20', [200]],
    ['?organization=99', []],
    ['?where=active=false', [130]],
    ['?where=id=110', [110]],
    ["?where=externalId%20LIKE%20'%25ere'", [110, 120]],
    ['?organization=10&pageSize=2&offset=1', [110, 120]],
  ])('%s', async (query, ids) => {
    expect(await idsOf(`/accounts${query}`)).toEqual(ids);
  });

  test('answers the organization, the roles and the number of users', async () => {
    const { body } = await get('/accounts?organization=10&pageSize=1&offset=2');
    expect(body).toMatchObject({
      total: 4,
      items: [{ id: 120, organizationId: 10, roles: ['default-user'], users: 1 }],
    });
  });
});

describe('GET /users', () => {
  test.each([
    ['', [2000, 1200, 1101, 1100, 1002, 1001, 1000]],
    ['?organization=20', [2000]],
    ['?account=110', [1101, 1100]],
    ['?account=130', []],
    ["?where=name='uma'", [1101]],
    ['?organization=10&where=active=false', [1002]],
    ['?pageSize=2&page=2', [1101, 1100]],
  ])('%s', async (query, ids) => {
    expect(await idsOf(`/users${query}`)).toEqual(ids);
  });

  test('answers who the users are, without secrets', async () => {
    const { text, body } = await get('/users?account=110');
    expect(body.total).toBe(2);
    expect(body.items[0]).toEqual({
      id: 1101,
      organizationId: 10,
      accountId: 110,
      email: 'user@here.example',
      firstName: 'Uma',
      lastName: 'User',
      active: true,
      roles: [],
      externalId: 'uma-1',
      createdDate: '2020-03-01',
    });
    for (const secret of [emulator.credentials.userSecret, 'here-pw', 'user-pw']) expect(text).not.toContain(secret);
    await connect(emulator, '').post('/authentication', { username: 'user@here.example', password: 'user-pw' });
    expect((await get('/users?account=110')).body.items[0].lastLoginDate).toBe('2020-03-01');
  });
});

test.each([
  ['/organizations?x=1', "Parameter 'x' is unknown: none is known."],
  [
    '/accounts?account=1',
    "Parameter 'account' is unknown: organization, where, offset, pageSize, page, nextPage are known.",
  ],
  ['/users?account=x', "Parameter 'account' must be an id, not 'x'."],
  ['/users?organization=-1', "Parameter 'organization' must be an id, not '-1'."],
  ['/users?where=active=', expect.stringMatching(/^Invalid where at position 8: expected /)],
  ['/users?where=secret=%27x%27', expect.stringMatching(/^Invalid where at position 1: .*secret/)],
  ['/accounts?pageSize=0', "Parameter 'pageSize' must be a whole number from 1 to 5000, not '0'."],
])('GET %s answers 400', async (path, message) => {
  expect(seen(await get(path))).toEqual(refused(400, message));
});

test('control requests do not change later ids', async () => {
  const idOf = async (eyes: number) => {
    const watched = createEmulator({ fixture: 'minimal', now: '2020-01-01', seed: 1 });
    for (let n = 0; n < eyes; n += 1) await request(watched.app).get('/__emulator/organizations');
    return (await connect(watched).get('/accounts')).headers['elements-request-id'];
  };
  expect(await idOf(3)).toBe(await idOf(0));
});
