import { createEmulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';
import { newUser } from '../users/user-resource.ts';
import { activeFlags, describeUserRules, inactiveFlags } from '../users/user-rules.ts';

const createWorld = reuseWorlds();

const start = () => connect(createWorld());
const some = (fields: object) => expect.objectContaining(fields);

/** Seed 000 prints both roles. */
const admin = {
  id: 3,
  name: 'Administrator',
  key: 'admin',
  active: true,
  description: 'Cloud Elements Application Administrator.',
  features: [],
};
const org = {
  id: 2717,
  name: 'Organization User',
  key: 'org',
  active: true,
  description: 'Organization User',
  features: [],
};
const orgAdmin = {
  ...org,
  id: 930,
  key: 'org-admin',
  name: 'Organization Administrator',
  description: 'Organization Administrator',
};
const defaultUser = { ...org, id: 16339, key: 'default-user', name: 'Default User', description: 'Default User' };

const uma = {
  id: 1101,
  createdDate: '2020-03-01',
  firstName: 'Uma',
  password: 'secured',
  email: 'user@here.example',
  externalId: 'uma-1',
  phone: '555-0101',
  ...activeFlags,
  lastName: 'User',
  roles: [org],
  lastLoginDate: '1970-01-01',
  fullName: 'Uma User',
};
const created = {
  id: 5000,
  createdDate: '2020-03-01',
  firstName: 'First',
  password: 'secured',
  email: 'First.Last@company.example',
  ...activeFlags,
  emailValid: true,
  lastName: 'Last',
  roles: [admin, org],
  secret: expect.any(String),
  lastLoginDate: '1970-01-01',
  fullName: 'First Last',
};

describe('the fields of the answers', () => {
  test('GET /accounts/{id}/users', async () => {
    expect(seen(await start().get('/accounts/110/users'))).toEqual(
      ok([{ ...uma, emailValid: true }, some({ id: 1100, roles: [admin, org] })]),
    );
  });

  test('POST /accounts/{id}/users', async () => {
    const body = { ...newUser, city: 'Denver', phone: '1', street1: 's', roles: [{ key: 'admin' }] };
    expect(seen(await start().post('/accounts/110/users', body))).toEqual(
      ok({ ...created, city: 'Denver', phone: '1', street1: 's' }),
    );
  });

  test('GET /accounts/{id}/users/{emailOrId} answers an object, not the list that seed 001 prints, without emailValid', async () => {
    expect(seen(await start().get('/accounts/110/users/1101'))).toEqual(ok(uma));
    expect(seen(await start().get('/accounts/110/users/1101').set('Elements-User-Password', 'user-pw'))).toEqual(
      ok({ ...uma, secret: expect.stringMatching(/^\S{44}$/) }),
    );
  });

  test.each(['patch', 'put'] as const)('%s /accounts/{id}/users/{userId}', async (verb) => {
    expect(seen(await start()[verb]('/accounts/110/users/1101', { firstName: 'Una', city: 'Denver' }))).toEqual(
      ok({ ...uma, firstName: 'Una', fullName: 'Una User', city: 'Denver' }),
    );
  });

  test('a new user has the order of seed 000', async () => {
    const response = await start().post('/accounts/110/users', newUser);
    expect(response.status).toBe(200);
    expect(Object.keys(response.body).filter((name) => name !== 'password')).toEqual([
      'id',
      'createdDate',
      'firstName',
      'email',
      'active',
      'lastName',
      'accountExpired',
      'accountLocked',
      'credentialsExpired',
      'roles',
      'secret',
      'lastLoginDate',
      'emailValid',
      'accountNonExpired',
      'credentialsNonExpired',
      'accountNonLocked',
      'enabled',
      'fullName',
    ]);
    expect(Object.keys(response.body.roles[0])).toEqual(['id', 'name', 'key', 'active', 'description', 'features']);
  });

  test('the list, and a single user with the right password, have the order of seed 001', async () => {
    const client = connect(createEmulator({ now: '2020-03-01' }));
    const head = ['id', 'createdDate', 'firstName', 'password', 'email', 'active', 'lastName'];
    const expiry = ['accountExpired', 'accountLocked', 'credentialsExpired', 'roles'];
    const flags = ['lastLoginDate', 'accountNonLocked', 'credentialsNonExpired', 'accountNonExpired'];
    const oauth = ['oauthToken', 'oauthId', 'oauthProvider'];
    const list = await client.get('/accounts/156162/users?where=active%3D%true%60&offset=0&pageSize=100');
    expect([list.status, Object.keys(list.body[0])]).toEqual([
      200,
      [...head, ...expiry, ...flags, ...oauth, 'emailValid', 'enabled', 'fullName'],
    ]);
    const one = await client.get('/accounts/161268/users/178592').set('Elements-User-Password', 'password');
    expect([one.status, Object.keys(one.body)]).toEqual([
      200,
      [...head, ...expiry, 'secret', ...flags, 'enabled', 'fullName'],
    ]);
  });

  test('only the list has oauthToken, oauthId and oauthProvider, and only for users who have them (seed 001)', async () => {
    const client = connect(createEmulator({ now: '2020-03-01' }));
    const list = await client.get('/accounts/156162/users');
    expect(seen(list)).toEqual(
      ok([
        some({ id: 160255, oauthToken: expect.any(String), oauthId: '768148160538653906416', oauthProvider: 'Google' }),
        some({ id: 412 }),
      ]),
    );
    expect(Object.keys(list.body[1]).filter((name) => name.startsWith('oauth'))).toEqual([]);
    const one = await client.get('/accounts/156162/users/160255');
    expect(seen(one)).toEqual(ok(some({ id: 160255 })));
    expect(Object.keys(one.body).filter((name) => name.startsWith('oauth'))).toEqual([]);
  });

  test('roles have the ids and names of the documents', async () => {
    const client = start();
    const roles = [{ key: 'org-admin' }, { key: 'admin' }, { key: 'default-user' }];
    expect(seen(await client.post('/accounts/100/users', { ...newUser, roles }))).toEqual(
      ok({ ...created, roles: [orgAdmin, admin, defaultUser, org] }),
    );
  });
});

describeUserRules({
  collection: '/accounts/110/users',
  uma: '/accounts/110/users/1101',
  inDefaultAccount: false,
  changes: ['patch', 'put'],
});

describe('GET /accounts/{id}/users', () => {
  test('lists active and inactive users, newest id first', async () => {
    const client = start();
    await client.post('/accounts/110/users', newUser);
    await client.patch('/accounts/110/users/1101', { active: false });
    expect(idsOf(await client.get('/accounts/110/users'))).toEqual(listOf(5000, 1101, 1100));
    expect(idsOf(await client.get('/accounts/110/users?where=active=true'))).toEqual(listOf(5000, 1100));
    expect(seen(await client.get('/accounts/110/users?where=active=false'))).toEqual(
      ok([{ ...uma, ...inactiveFlags, emailValid: true }]),
    );
  });

  test.each([
    '/accounts/130/users',
    "/accounts/110/users?where=firstName='Nobody'",
    "/accounts/110/users?where=firstName='Nobody'&offset=5",
    '/accounts/130/users?offset=1',
    "/accounts/110/users?where=email='administrator@ten.example'",
    "/accounts/110/users?where=email='administrator@twenty.example'",
    '/accounts/110/users?where=id=2000',
    '/accounts/110/users?where=id=1200',
  ])('%s answers 404 for an empty list', async (path) => {
    const response = await start().get(path);
    expect(seen(response)).toEqual(refused(404, 'No users found'));
    expect(response.headers).not.toHaveProperty('elements-total-count');
  });

  test.each(['offset=2', 'offset=999', 'page=2', 'page=9007199254740991'])(
    '%s answers [] past the end of the list',
    async (query) => {
      const response = await start().get(`/accounts/110/users?${query}`);
      expect(seen(response)).toEqual(ok([]));
      expect(response.headers).toMatchObject({ 'elements-total-count': '2', 'elements-returned-count': '0' });
    },
  );
});

describe('credentialsExpired', () => {
  const expired = { credentialsExpired: true, credentialsNonExpired: false };
  const valid = { credentialsExpired: false, credentialsNonExpired: true };

  test('becomes true with a change through /organizations/users, and false with a password set through /accounts', async () => {
    const client = start();
    const look = async () => [
      seen(await client.get('/accounts/110/users/1101')),
      seen(await client.get('/organizations/users/1101')),
    ];
    const both = (fields: object) => [ok(some(fields)), ok(some(fields))];
    expect(await look()).toEqual(both(valid));
    expect(seen(await client.patch('/organizations/users/1101', { phone: '1' }))).toEqual(ok(some(expired)));
    expect(await look()).toEqual(both(expired));
    for (const body of [{ firstName: 'Una' }, { password: 'secured' }, { active: true }, {}]) {
      expect(seen(await client.patch('/accounts/110/users/1101', body))).toEqual(ok(some(expired)));
    }
    expect(seen(await client.patch('/organizations/users/1101', { password: 'next' }))).toEqual(ok(some(expired)));
    expect(seen(await client.patch('/accounts/110/users/1101', { password: 'next' }))).toEqual(ok(some(valid)));
    expect(await look()).toEqual(both(valid));
    expect(seen(await client.patch('/organizations/users/1101', { password: 'secured' }))).toEqual(ok(some(expired)));
    expect(seen(await client.put('/accounts/110/users/1101', { password: 'third' }))).toEqual(ok(some(valid)));
  });

  test('is true for an inactive user (seed 000) until the user is reactivated', async () => {
    const client = start();
    expect(seen(await client.get('/accounts/100/users/1002'))).toEqual(ok(some(inactiveFlags)));
    expect(seen(await client.patch('/accounts/110/users/1101', { active: false }))).toEqual(ok(some(inactiveFlags)));
    expect(seen(await client.patch('/accounts/110/users/1101', { password: 'x' }))).toEqual(ok(some(inactiveFlags)));
    expect(seen(await client.patch('/accounts/110/users/1101', { active: true }))).toEqual(ok(some(activeFlags)));
  });

  test('stays false after a change through /accounts', async () => {
    const client = start();
    expect(seen(await client.patch('/accounts/110/users/1101', { firstName: 'Una' }))).toEqual(ok(some(valid)));
  });
});

describe('an account administrator', () => {
  const administer = () => {
    const emulator = createWorld();
    return connect(emulator, emulator.authorizationFor(1100));
  };

  test.each([
    ['admin', ok(some({ roles: [admin, org] }))],
    ['default-user', ok(some({ roles: [defaultUser, org] }))],
    // The check of a role above the caller comes before that of the default account.
    ['org-admin', refused(403, "Role 'org-admin' is above the roles of the caller.")],
    ['sys-admin', refused(403, "Role 'sys-admin' is above the roles of the caller.")],
    ['boss', refused(400, "Role 'boss' is unknown: the roles are admin, org, org-admin, default-user.")],
  ])('can or cannot grant %s, on create and on change', async (key, expected) => {
    const body = { roles: [{ key }] };
    expect(seen(await administer().patch('/accounts/110/users/1101', body))).toEqual(expected);
    expect(seen(await administer().post('/accounts/110/users', { ...newUser, ...body }))).toEqual(expected);
  });

  test('can add, change and delete the users of the account', async () => {
    const client = administer();
    expect(seen(await client.post('/accounts/110/users', newUser))).toEqual(ok({ ...created, roles: [org] }));
    expect(seen(await client.patch('/accounts/110/users/5000', { active: false }))).toEqual(ok(some(inactiveFlags)));
    expect(seen(await client.delete('/accounts/110/users/5000'))).toEqual(ok(''));
    expect(idsOf(await client.get('/accounts/110/users'))).toEqual(listOf(1101, 1100));
  });

  test('cannot get or delete a user of another account, by id or by email', async () => {
    const client = administer();
    for (const who of ['1200', 'admin@there.example', '1000', '2000']) {
      const kind = who.includes('@') ? 'email' : 'ID';
      expect(seen(await client.get(`/accounts/110/users/${who}`))).toEqual(
        refused(404, `No user found with ${kind} ${who}`),
      );
    }
    expect(seen(await client.delete('/accounts/110/users/1200'))).toEqual(refused(404, 'No user found with ID 1200'));
    expect(seen(await client.delete('/accounts/120/users/1200'))).toEqual(unauthorized401);
  });
});

describe('POST /accounts/{id}/users', () => {
  test('ignores a createdDate and a username', async () => {
    const body = { ...newUser, createdDate: '2014-09-25', username: 'chuck' };
    expect(seen(await start().post('/accounts/110/users', body))).toEqual(ok({ ...created, roles: [org] }));
  });

  test('names every missing field', async () => {
    expect(seen(await start().post('/accounts/110/users', { email: 'a@b.example', password: '' }))).toEqual(
      refused(400, 'Missing required fields: firstName, lastName, password.'),
    );
  });
});

describe('the address', () => {
  const address = {
    phone: '555-0199',
    street1: '1 Main Street',
    street2: 'Floor 2',
    city: 'Anytown',
    stateProvince: 'CO',
    postalCode: '80202',
    country: 'US',
  };
  const withAddress = ok(some(address));

  test.each(['patch', 'put'] as const)('that %s sets is in every answer below /accounts/{id}/users', async (verb) => {
    const client = start();
    const path = '/accounts/110/users/1101';
    expect(seen(await client[verb](path, address))).toEqual(withAddress);
    expect(seen(await client.get(path))).toEqual(withAddress);
    expect(seen(await client.get(path).set('Elements-User-Password', 'user-pw'))).toEqual(
      ok(some({ ...address, secret: expect.any(String) })),
    );
    expect(seen(await client.get('/accounts/110/users'))).toEqual(ok([some(address), some({ id: 1100 })]));
    const others = (await client.get('/accounts/110/users/1100')).body;
    for (const field of Object.keys(address)) expect(others).not.toHaveProperty(field);
  });

  test('that POST sets is in its answer', async () => {
    expect(seen(await start().post('/accounts/110/users', { ...newUser, ...address }))).toEqual(withAddress);
  });

  test.each(Object.entries(address))('can be searched by %s', async (field, value) => {
    const client = start();
    await client.patch('/accounts/110/users/1101', address);
    const found = (where: string) => client.get(`/accounts/110/users?where=${encodeURIComponent(where)}`);
    expect(idsOf(await found(`${field}='${value}'`))).toEqual(listOf(1101));
    expect(idsOf(await found(`${field} LIKE '${value.slice(0, 2)}%'`))).toEqual(listOf(1101));
    expect(idsOf(await found(`${field} IS NULL`))).toEqual(listOf(1100));
  });
});
