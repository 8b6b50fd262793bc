import { createEmulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { idsOf, listOf, ok, refused, seen } from '../answers.ts';
import { activeFlags, describeUserRules, inactiveFlags } from '../users/user-rules.ts';

const createWorld = reuseWorlds();

const start = () => connect(createWorld());
const some = (fields: object) => expect.objectContaining(fields);

/** The request of seed 002. */
const orguser = {
  createdDate: '2014-09-25',
  username: 'chuck@acmedata.com',
  firstName: 'Chuck',
  lastName: 'Taylor',
  fullName: 'Chuck Taylor',
  email: 'chuck@acmedata.com',
  phone: '222-222-2222',
  city: 'Denver',
  stateprovince: 'CO',
  postalCode: '80212',
  country: 'US',
  active: false,
  accountExpired: false,
  accountLocked: false,
  credentialsExpired: false,
  enabled: false,
  emailValid: false,
  accountNonExpired: false,
  accountNonLocked: false,
  credentialsNonExpired: false,
};
/** The same without a createdDate. */
const { createdDate: _date, ...undated } = orguser;

const chuck = {
  id: 5000,
  createdDate: '2014-09-25',
  username: 'chuck@acmedata.com',
  firstName: 'Chuck',
  email: 'chuck@acmedata.com',
  phone: '222-222-2222',
  city: 'Denver',
  postalCode: '80212',
  country: 'US',
  ...activeFlags,
  emailValid: true,
  lastName: 'Taylor',
  fullName: 'Chuck Taylor',
};
const uma = {
  id: 1101,
  createdDate: '2020-03-01',
  username: 'user@here.example',
  firstName: 'Uma',
  email: 'user@here.example',
  externalId: 'uma-1',
  phone: '555-0101',
  ...activeFlags,
  emailValid: true,
  lastName: 'User',
  fullName: 'Uma User',
};
const expired = { credentialsExpired: true, credentialsNonExpired: false };
const secret = expect.stringMatching(/^\S{44}$/);

describe('the fields of the answers', () => {
  test('POST /organizations/users', async () => {
    expect(seen(await start().post('/organizations/users', orguser))).toEqual(
      ok({ ...chuck, createdDate: 1411603200000, secret }),
    );
  });

  test('GET /organizations/users', async () => {
    const client = start();
    await client.post('/organizations/users', orguser);
    expect(seen(await client.get('/organizations/users?where=id=5000'))).toEqual(ok([chuck]));
  });

  test('GET /organizations/users/{emailOrId}, with the password and without', async () => {
    const path = '/organizations/users/1101';
    expect(seen(await start().get(path))).toEqual(ok(uma));
    expect(seen(await start().get(path).set('Elements-User-Password', 'user-pw'))).toEqual(ok({ ...uma, secret }));
  });

  test('PATCH /organizations/users/{id}', async () => {
    const body = { phone: '444-222-2222', city: 'Littleton' };
    expect(seen(await start().patch('/organizations/users/1101', body))).toEqual(ok({ ...uma, ...body, ...expired }));
  });

  test('no answer has OAuth fields, also for a user who has them', async () => {
    const response = await connect(createEmulator()).get('/organizations/users/160255');
    expect(seen(response)).toEqual(ok(some({ id: 160255, username: 'docs@cloud-elements.com' })));
    expect(Object.keys(response.body).filter((name) => name.startsWith('oauth'))).toEqual([]);
  });

  test('the answers have the order of seed 002', async () => {
    const client = start();
    const order = [
      'id',
      'createdDate',
      'username',
      'firstName',
      'email',
      'phone',
      'city',
      'stateProvince',
      'postalCode',
      'country',
      'active',
      'lastName',
      'accountExpired',
      'accountLocked',
      'credentialsExpired',
      'secret',
      'accountNonExpired',
      'accountNonLocked',
      'credentialsNonExpired',
      'emailValid',
      'enabled',
      'fullName',
    ];
    const created = await client.post('/organizations/users', { ...orguser, stateProvince: 'CO' });
    expect([created.status, Object.keys(created.body)]).toEqual([200, order]);
    const found = await client.get('/organizations/users/5000');
    expect([found.status, Object.keys(found.body)]).toEqual([200, order.filter((name) => name !== 'secret')]);
  });
});

describeUserRules({
  collection: '/organizations/users',
  uma: '/organizations/users/1101',
  inDefaultAccount: true,
  changes: ['patch'],
});

describe('createdDate', () => {
  test.each([
    ['a day', '2014-09-25', 1411603200000, '2014-09-25'],
    ['epoch milliseconds', 1411603200000, 1411603200000, '2014-09-25'],
    ['epoch milliseconds as a string', '1411603200000', 1411603200000, '2014-09-25'],
    ['a timestamp', '2014-09-25T23:30:00Z', 1411687800000, '2014-09-25'],
    ['a timestamp in another time zone', '2014-09-25T23:30:00-06:00', 1411709400000, '2014-09-26'],
    ['the epoch', 0, 0, '1970-01-01'],
    ['before the epoch', '1969-12-31', -86400000, '1969-12-31'],
  ])(
    '%s is accepted, answered in milliseconds by POST, and shown as a day later',
    async (_name, createdDate, at, day) => {
      const client = start();
      expect(seen(await client.post('/organizations/users', { ...undated, createdDate }))).toEqual(
        ok(some({ createdDate: at })),
      );
      expect(seen(await client.get('/organizations/users/5000'))).toEqual(ok(some({ createdDate: day })));
      expect(seen(await client.patch('/organizations/users/1101', { createdDate }))).toEqual(
        ok(some({ createdDate: at })),
      );
      expect(seen(await client.get('/organizations/users/1101'))).toEqual(ok(some({ createdDate: day })));
    },
  );

  test.each([{}, { createdDate: null }])('is the day of the clock for %j, and does not change later', async (none) => {
    const client = start();
    expect(seen(await client.post('/organizations/users', { ...undated, ...none }))).toEqual(
      ok({ ...chuck, createdDate: '2020-03-01', secret }),
    );
    expect(seen(await client.patch('/organizations/users/5000', { ...none, city: 'Littleton' }))).toEqual(
      ok({ ...chuck, createdDate: '2020-03-01', city: 'Littleton', ...expired }),
    );
  });

  test.each(['', 'yesterday', '2014-02-30', '2014-13-01', '25.09.2014', 1.5, '2014-09-25T25:00:00Z'])(
    'answers 400 for %j and changes nothing',
    async (createdDate) => {
      const client = start();
      const wrong = refused(400, expect.stringMatching(/^Field 'createdDate' must be a date/));
      expect(seen(await client.post('/organizations/users', { ...undated, createdDate }))).toEqual(wrong);
      expect(seen(await client.patch('/organizations/users/1101', { createdDate, city: 'X' }))).toEqual(wrong);
      expect(seen(await client.get('/organizations/users/1101'))).toEqual(ok(uma));
    },
  );

  test.each([253402300800000, 999999999999999, -62198755200000])(
    'answers 400 for %d, because YYYY-MM-DD cannot show a year without four digits',
    async (createdDate) => {
      expect(seen(await start().post('/organizations/users', { ...undated, createdDate }))).toEqual(
        refused(400, expect.stringMatching(/^Field 'createdDate' must be a date/)),
      );
    },
  );
});

describe('username', () => {
  const nameAfter = async (create: object, change?: object) => {
    const client = start();
    await client.post('/organizations/users', { ...undated, username: null, ...create });
    if (change !== undefined) await client.patch('/organizations/users/5000', change);
    const { status, body } = await client.get('/organizations/users/5000');
    return { status, username: body.username };
  };

  test.each([
    ['the email by default', {}, undefined, 'chuck@acmedata.com'],
    ['the given one', { username: 'chuck' }, undefined, 'chuck'],
    ['the new email, when it was the old email', {}, { email: 'c@acmedata.com' }, 'c@acmedata.com'],
    [
      'the new email, when the body gave it as the old email',
      { username: 'chuck@acmedata.com' },
      { email: 'c@d.example' },
      'c@d.example',
    ],
    ['the given one, when the email changes', { username: 'chuck' }, { email: 'c@acmedata.com' }, 'chuck'],
  ])('is %s', async (_name, create, change, username) => {
    expect(await nameAfter(create, change)).toEqual({ status: 200, username });
  });
});

describe('GET /organizations/users', () => {
  test('lists the active and inactive users of the default account, newest id first', async () => {
    const client = start();
    expect(idsOf(await client.get('/organizations/users'))).toEqual(listOf(1002, 1001, 1000));
    await client.post('/organizations/users', orguser);
    await client.post('/accounts/110/users', { ...orguser, email: 'elsewhere@acmedata.com', password: 'pw' });
    expect(idsOf(await client.get('/organizations/users'))).toEqual(listOf(5000, 1002, 1001, 1000));
    expect(seen(await client.get('/organizations/users?where=active=false'))).toEqual(
      ok([some({ id: 1002, ...inactiveFlags })]),
    );
  });

  test.each(["where=firstName='Nobody'", "where=email='user@here.example'", 'where=id=1101', 'where=id=2000'])(
    'answers 404 for an empty list: %s',
    async (query) => {
      expect(seen(await start().get(`/organizations/users?${query}`))).toEqual(refused(404, 'No users found'));
    },
  );

  test('answers [] for an offset past the end', async () => {
    expect(seen(await start().get('/organizations/users?offset=3'))).toEqual(ok([]));
  });

  test.each([
    ['name', "name='greg'", [5001, 5000]],
    ['the whole name', "name='GREG chuck'", [5000]],
    ['part of a word', "name='gre'", 'No users found'],
    ['a pattern', "name LIKE '%chuck'", [5000]],
    ['username', "username='gregory'", [5001]],
    ['an address field', "city='Denver' AND country='US'", [5000]],
  ])('finds users by %s (seed 002)', async (_name, where, expected) => {
    const client = start();
    const greg = { firstName: 'Greg', lastName: 'Chuck', email: 'one@greg.example', city: 'Denver', country: 'US' };
    await client.post('/organizations/users', greg);
    await client.post('/organizations/users', {
      firstName: 'Lee',
      lastName: 'Greg',
      email: 'two@greg.example',
      username: 'gregory',
    });
    const response = await client.get(`/organizations/users?where=${encodeURIComponent(where)}`);
    if (typeof expected === 'string') expect(seen(response)).toEqual(refused(404, expected));
    else expect(idsOf(response)).toEqual(listOf(...expected));
  });
});

describe('the users of the organization', () => {
  test.each([1000, 1002, 1100, 1101, 1200])(
    '%d can be read, changed and deleted, whichever the account',
    async (id) => {
      const client = start();
      // The caller's own deletion would end the test early.
      expect(seen(await client.get(`/organizations/users/${id}`))).toEqual(ok(some({ id })));
      expect(seen(await client.patch(`/organizations/users/${id}`, { city: 'X' }))).toEqual(
        ok(some({ id, city: 'X' })),
      );
      expect(seen(await client.delete(`/organizations/users/${id}`))).toEqual(ok(''));
    },
  );

  test('do not include users of another organization', async () => {
    const emulator = createWorld();
    const client = connect(emulator);
    const unknown = refused(404, 'No user found with ID 2000');
    expect(seen(await client.get('/organizations/users/2000'))).toEqual(unknown);
    expect(seen(await client.patch('/organizations/users/2000', { city: 'X' }))).toEqual(unknown);
    expect(seen(await client.delete('/organizations/users/2000'))).toEqual(unknown);
    const other = connect(emulator, emulator.authorizationFor(2000));
    expect(seen(await other.get('/organizations/users'))).toEqual(ok([some({ id: 2000, ...activeFlags })]));
  });
});

test('no password reveals the secret of a user without a password', async () => {
  const client = start();
  await client.post('/organizations/users', orguser);
  for (const password of ['', 'undefined', 'null', 'secured']) {
    const response = await client.get('/organizations/users/5000').set('Elements-User-Password', password);
    expect(seen(response)).toEqual(ok(chuck));
  }
});
