import seed001 from './data/001.json' with { type: 'json' };
import { connectToDocuments, createDocumentsEmulator, replays } from './replay.ts';

describe('seed 001, replayed', () => replays(seed001));

describe('the text of seed 001', () => {
  const user = '/accounts/161268/users/178592';
  const secret = 'wGOw+75xqzBhek=/cP8wm3SPSNggfTZp1GFLtwfYzV0r';

  it('the broken percent-encoding of the printed where still means active=true', async () => {
    const platform = connectToDocuments();
    await platform.patch('/accounts/156162/users/412', { active: false }).expect(200);

    const printed = await platform.get('/accounts/156162/users?where=active%3D%true%60&offset=0&pageSize=100');
    expect(printed.status).toBe(200);
    expect(printed.body.map(({ id }: { id: number }) => id)).toEqual([160255]);

    const all = await platform.get('/accounts/156162/users').expect(200);
    expect(all.body.map(({ id }: { id: number }) => id)).toEqual([160255, 412]);
  });

  it.each([
    ['curly quotes and spaces', 'createdDate%20%3E%3D%20%E2%80%982017-01-18%E2%80%99', [160255]],
    ['two closing curly quotes', 'createdDate%20%3E%3D%20%E2%80%992017-01-18%E2%80%99', [160255]],
    ['straight quotes', "createdDate>='2014-01-15'", [160255, 412]],
  ])('the date of a where can have %s', async (_, where, ids) => {
    const { status, body } = await connectToDocuments().get(`/accounts/156162/users?where=${where}`);
    expect(status).toBe(200);
    expect(body.map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  it.each([
    ['shown with the right password', 'password', secret],
    ['left out with a wrong password', 'wrong', undefined],
    ['left out without a password', undefined, undefined],
  ])('the secret of a user is %s', async (_, password, expected) => {
    const call = connectToDocuments().get(user);
    const { body } = await (password === undefined ? call : call.set('Elements-User-Password', password)).expect(200);
    expect(body).toMatchObject({ id: 178592, password: 'secured' });
    expect(body.secret).toBe(expected);
  });

  it.each(['firstlast@cloud-elements.com', 'firstlast%40cloud-elements.com', '178592'])(
    'GET finds a user as %s',
    async (emailOrId) => {
      const { body } = await connectToDocuments().get(`/accounts/161268/users/${emailOrId}`).expect(200);
      expect(body).toMatchObject({ id: 178592, email: 'firstlast@cloud-elements.com' });
    },
  );

  it('PATCH with active deactivates and reactivates a user', async () => {
    const platform = connectToDocuments();
    for (const active of [false, true]) {
      const { body } = await platform.patch(user, { active }).expect(200);
      expect(body).toMatchObject({ id: 178592, active, enabled: active });
    }
  });

  it('a new password replaces the old one', async () => {
    const platform = connectToDocuments();
    await platform.patch(user, { password: 'another' }).expect(200);
    const before = await platform.get(user).set('Elements-User-Password', 'password').expect(200);
    expect(before.body).not.toHaveProperty('secret');
    const after = await platform.get(user).set('Elements-User-Password', 'another').expect(200);
    expect(after.body.secret).toBe(secret);
  });

  it('a deleted user is not in the list and cannot be restored', async () => {
    const platform = connectToDocuments();
    await platform.delete(user).expect(200, '');
    expect((await platform.get('/accounts/161268/users').expect(404)).body.message).toBe('No users found');
    await platform.get(user).expect(404);
    await platform.patch(user, { active: true }).expect(404);
  });

  it('an account administrator can add users only to their own account', async () => {
    const emulator = createDocumentsEmulator();
    await connectToDocuments(emulator)
      .patch(user, { roles: [{ key: 'admin' }] })
      .expect(200);
    const body = { firstName: 'New', lastName: 'User', email: 'new@cloud-elements.com', password: 'password' };
    const add = (account: number) =>
      connectToDocuments(emulator)
        .post(`/accounts/${account}/users`, body)
        .set('Authorization', emulator.authorizationFor(178592));
    await add(156162).expect(401);
    await add(161268).expect(200);
  });
});
