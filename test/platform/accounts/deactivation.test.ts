import { connect, type Verb } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { empty, idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';

const createWorld = reuseWorlds();

const here = {
  id: 110,
  name: 'Here',
  description: 'here',
  active: true,
  companyId: 10,
  createdDate: '2020-01-01',
  externalId: 'here',
  defaultAccount: false,
  type: 'CompanyAccount',
};
const some = (fields: object) => expect.objectContaining(fields);

const start = () => connect(createWorld());

describe.each([
  ['DELETE', (client: ReturnType<typeof start>, id = 110) => client.delete(`/accounts/${id}`)],
  [
    'PATCH active: false',
    (client: ReturnType<typeof start>, id = 110) => client.patch(`/accounts/${id}`, { active: false }),
  ],
] as const)('%s deactivates an account', (name, end) => {
  const answerOf = (account: object) => (name === 'DELETE' ? empty : ok(account));

  test('the account is found by its id but not listed, and its users are inactive in the same step', async () => {
    const client = start();
    expect(seen(await end(client))).toEqual(answerOf({ ...here, active: false }));
    expect(seen(await client.get('/accounts/110'))).toEqual(ok({ ...here, active: false }));
    expect(idsOf(await client.get('/accounts'))).toEqual(listOf(100, 120));
    expect(seen(await client.get('/accounts/110/users'))).toEqual(
      ok([some({ id: 1101, active: false, enabled: false }), some({ id: 1100, active: false, enabled: false })]),
    );
    expect(seen(await client.get('/accounts/120/users'))).toEqual(ok([some({ id: 1200, active: true })]));
  });

  test('a second request answers 200', async () => {
    const client = start();
    await end(client);
    expect(seen(await end(client))).toEqual(answerOf({ ...here, active: false }));
  });

  test('the answer is 404 for an account of another organization, which stays unchanged', async () => {
    const emulator = createWorld();
    expect(seen(await end(connect(emulator), 200))).toEqual(refused(404, 'No account found with ID 200'));
    const other = connect(emulator, emulator.authorizationFor(2000));
    expect(seen(await other.get('/accounts/200'))).toEqual(ok(some({ active: true })));
  });

  test('the users of a reactivated account stay inactive until each is reactivated separately', async () => {
    const emulator = createWorld();
    const client = connect(emulator);
    const administrator = connect(emulator, emulator.authorizationFor(1100));
    await end(client);
    expect(seen(await client.patch('/accounts/110', { active: true }))).toEqual(ok(here));
    const users = await client.get('/accounts/110/users');
    expect(seen(users)).toEqual(ok([some({ id: 1101, active: false }), some({ id: 1100, active: false })]));
    expect(seen(await administrator.get('/accounts/110/users'))).toEqual(unauthorized401);
    expect(seen(await client.patch('/accounts/110/users/1100', { active: true }))).toEqual(ok(some({ active: true })));
    expect(seen(await administrator.get('/accounts/110/users'))).toEqual(
      ok([some({ id: 1101, active: false }), some({ id: 1100, active: true })]),
    );
  });

  test('deactivating the default account locks the organization out', async () => {
    const emulator = createWorld();
    const client = connect(emulator);
    expect(seen(await end(client, 100))).toEqual(answerOf(some({ id: 100, active: false })));
    expect(seen(await client.get('/accounts'))).toEqual(unauthorized401);
    expect(seen(await client.get('/organizations/me'))).toEqual(unauthorized401);
    const there = connect(emulator, emulator.authorizationFor(1200));
    expect(seen(await there.get('/organizations/me'))).toEqual(ok(some({ id: 10 })));
    const other = connect(emulator, emulator.authorizationFor(2000));
    expect(idsOf(await other.get('/accounts'))).toEqual(listOf(200));
    await emulator.reset();
    expect(idsOf(await client.get('/accounts'))).toEqual(listOf(100, 110, 120));
  });
});

describe('permanent', () => {
  test('removes the users for good and frees their emails, with active: false', async () => {
    const client = start();
    expect(seen(await client.patch('/accounts/110?permanent=true', { active: false }))).toEqual(
      ok({ ...here, active: false }),
    );
    expect(seen(await client.get('/accounts/110/users'))).toEqual(refused(404, 'No users found'));
    expect(seen(await client.get('/organizations/users/1101'))).toEqual(refused(404, 'No user found with ID 1101'));
    expect(seen(await client.get('/accounts/110'))).toEqual(ok({ ...here, active: false }));
    const again = { email: 'user@here.example', firstName: 'A', lastName: 'B' };
    expect(seen(await client.post('/organizations/users', again))).toEqual(ok(some({ id: 5000 })));
  });

  test('removes the inactive users of an inactive account', async () => {
    const client = start();
    await client.delete('/accounts/110');
    expect(seen(await client.put('/accounts/110?permanent=true', { active: false }))).toEqual(
      ok({ ...here, active: false }),
    );
    expect(seen(await client.get('/accounts/110/users'))).toEqual(refused(404, 'No users found'));
  });

  test.each([
    ['permanent=true', {}],
    ['permanent=true', { active: true }],
    ['permanent=true', { name: 'Here' }],
    ['permanent=false', { active: true }],
  ])('%s with %j removes no users', async (query, body) => {
    const client = start();
    expect(seen(await client.patch(`/accounts/110?${query}`, body))).toEqual(ok(here));
    expect(idsOf(await client.get('/accounts/110/users'))).toEqual(listOf(1101, 1100));
  });

  test('removes no users of an inactive account without active: false', async () => {
    const client = start();
    await client.delete('/accounts/110');
    expect(seen(await client.patch('/accounts/110?permanent=true', { name: 'N' }))).toEqual(
      ok({ ...here, name: 'N', active: false }),
    );
    expect(idsOf(await client.get('/accounts/110/users'))).toEqual(listOf(1101, 1100));
  });

  test('permanent=false deactivates the users', async () => {
    const client = start();
    await client.patch('/accounts/110?permanent=false', { active: false });
    expect(idsOf(await client.get('/accounts/110/users?where=active=false'))).toEqual(listOf(1101, 1100));
  });

  test('another value answers 400 and changes nothing', async () => {
    const client = start();
    expect(seen(await client.patch('/accounts/110?permanent=yes', { active: false }))).toEqual(
      refused(400, "Parameter 'permanent' must be true or false, not 'yes'."),
    );
    expect(seen(await client.get('/accounts/110'))).toEqual(ok(here));
  });
});

describe('users of an inactive account', () => {
  const inactive = refused(409, 'Account 130 is not active: reactivate it before its users.');
  const user = { firstName: 'New', lastName: 'User', email: 'new@gone.example', password: 'pw' };

  test('cannot be added, and a refused request takes no id', async () => {
    const client = start();
    expect(seen(await client.post('/accounts/130/users', user))).toEqual(inactive);
    expect(seen(await client.get('/accounts/130/users'))).toEqual(refused(404, 'No users found'));
    expect(seen(await client.post('/accounts/110/users', user))).toEqual(ok(some({ id: 5000 })));
  });

  test.each(['/accounts/110/users/1101', '/organizations/users/1101'])(
    'cannot be reactivated by PATCH %s',
    async (path) => {
      const client = start();
      await client.delete('/accounts/110');
      expect(seen(await client.patch(path, { active: true, firstName: 'New' }))).toEqual(
        refused(409, 'Account 110 is not active: reactivate it before its users.'),
      );
      expect(seen(await client.get(path))).toEqual(ok(some({ active: false, firstName: 'Uma' })));
      expect(seen(await client.patch(path, { firstName: 'New' }))).toEqual(
        ok(some({ active: false, firstName: 'New' })),
      );
    },
  );
});

test.each<[what: string, verb: Verb, path: string, body: object, left: number]>([
  ['DELETE', 'delete', '', {}, 9],
  ['PATCH active: false', 'patch', '', { active: false }, 9],
  ['PUT active: false', 'put', '', { active: false }, 9],
  ['PATCH active: false, permanent', 'patch', '?permanent=true', { active: false }, 0],
])(
  'deactivating an account that was created through the API deactivates or removes its users: %s',
  async (_what, verb, query, body, left) => {
    const client = start();
    const { body: account } = await client.post('/accounts', { externalId: 'made' });
    const users = `/accounts/${account.id}/users`;
    for (let n = 0; n < 9; n += 1) {
      const user = { firstName: 'New', lastName: `User ${n}`, email: `new-${n}@made.example`, password: 'fresh-pw' };
      expect((await client.post(users, user)).status).toBe(200);
    }
    expect((await client.call(verb, `/accounts/${account.id}${query}`).send(body)).status).toBe(200);
    const listed = await client.get(users);
    if (left === 0) {
      expect(seen(listed)).toEqual(refused(404, 'No users found'));
    } else {
      expect(listed.body.map(({ active }: { active: boolean }) => active)).toEqual(Array(left).fill(false));
    }
  },
);
