import { complaintsAbout } from './compare.js';
import seed000 from './data/000.json' with { type: 'json' };
import { connectToDocuments, createDocumentsEmulator, replays } from './replay.ts';

describe('seed 000, replayed', () => replays(seed000));

describe('the text of seed 000', () => {
  const user = { firstName: 'First', lastName: 'Last', email: 'FirstLast@company.com', password: 'password' };

  /** A separate emulator, with a user in account 4022. */
  async function connectWithUser() {
    const platform = connectToDocuments();
    const { body } = await platform.post('/accounts/4022/users', user).expect(200);
    expect(body).toMatchObject({ active: true, enabled: true });
    return { platform, path: `/accounts/4022/users/${body.id}` };
  }

  it('GET /accounts/{id}/users answers 404 for an account without users', async () => {
    const { status, body } = await connectToDocuments().get('/accounts/4031/users');
    const printed = {
      status: 404,
      response: { requestId: '59664ce6e4b0bbce0a2bd24f', message: 'No users found' },
      contradictions: [
        {
          at: '/requestId',
          answeredLike: '^5965f320[0-9a-f]{16}$',
          because: 'drawn anew; it begins with the time, here the clock that stands still',
        },
      ],
    };
    expect(complaintsAbout(printed, { status, body })).toEqual([]);
  });

  it.each([
    ['DELETE', (platform: ReturnType<typeof connectToDocuments>) => platform.delete('/accounts/4022')],
    ['PATCH', (platform: ReturnType<typeof connectToDocuments>) => platform.patch('/accounts/4022', { active: false })],
  ])('after %s an account is in no list, and GET by its id answers it as inactive', async (_, remove) => {
    const platform = connectToDocuments();
    await remove(platform).expect(200);

    const { body: accounts } = await platform.get('/accounts').expect(200);
    expect(accounts.map(({ id }: { id: number }) => id)).toEqual([1000, 1234, 3780, 4031, 4046, 156162, 161268]);
    const { body: account } = await platform.get('/accounts/4022').expect(200);
    expect(account).toMatchObject({ id: 4022, active: false });
  });

  it('DELETE of an account answers an empty body', async () => {
    const { text } = await connectToDocuments().delete('/accounts/4031').expect(200);
    expect(text).toBe('');
  });

  it('deleting an account deactivates its users, and each is reactivated separately', async () => {
    const { platform, path } = await connectWithUser();

    await platform.delete('/accounts/4022').expect(200);
    expect((await platform.get(path).expect(200)).body).toMatchObject({ active: false, enabled: false });

    const { body: account } = await platform.patch('/accounts/4022', { active: true }).expect(200);
    expect(account).toMatchObject({ id: 4022, active: true });
    expect((await platform.get(path).expect(200)).body).toMatchObject({ active: false, enabled: false });

    await platform.patch(path, { active: true }).expect(200);
    expect((await platform.get(path).expect(200)).body).toMatchObject({ active: true, enabled: true });
  });

  it('deactivating an account deactivates its users', async () => {
    const { platform, path } = await connectWithUser();
    await platform.patch('/accounts/4022', { active: false }).expect(200);
    expect((await platform.get(path).expect(200)).body).toMatchObject({ active: false });
  });

  it('name and description default to the externalId', async () => {
    const platform = connectToDocuments();
    const { body } = await platform.post('/accounts', { externalId: 'companyemail@company.com' }).expect(200);
    expect(body).toMatchObject({
      name: 'companyemail@company.com',
      description: 'companyemail@company.com',
      externalId: 'companyemail@company.com',
    });
  });

  it('only the organization administrator can manage accounts, not another user of the default account', async () => {
    const emulator = createDocumentsEmulator();
    for (const path of ['/accounts', '/accounts/156162']) {
      await connectToDocuments(emulator).get(path).expect(200);
      await connectToDocuments(emulator).get(path).set('Authorization', emulator.authorizationFor(412)).expect(401);
    }
  });

  it('a new user keeps every optional attribute', async () => {
    const platform = connectToDocuments();
    const address = {
      city: 'Denver',
      country: 'US',
      phone: '222-222-2222',
      postalCode: '80212',
      stateProvince: 'CO',
      street1: '1 First Street',
      street2: 'Second Floor',
    };
    const body = { ...user, ...address, roles: [{ key: 'org-admin' }] };
    const { body: created } = await platform.post('/accounts/156162/users', body).expect(200);
    expect(created.roles.map(({ key }: { key: string }) => key)).toEqual(['org-admin', 'org']);
    expect(created).toMatchObject(address);
    expect((await platform.get(`/organizations/users/${created.id}`).expect(200)).body).toMatchObject(address);
  });
});
