import orguser from './curl/orguser.json' with { type: 'json' };
import patchorguser from './curl/patchorguser.json' with { type: 'json' };
import seed002 from './data/002.json' with { type: 'json' };
import { connectToDocuments, replays } from './replay.ts';

describe('seed 002, replayed', () => replays(seed002));

describe('the text of seed 002', () => {
  it('the replay sends the files of the printed commands', () => {
    expect(seed002.requests.map(({ body }) => body).filter((body) => body !== undefined)).toEqual([
      orguser,
      patchorguser,
    ]);
  });

  it.each([
    ['straight quotes', "name='greg'"],
    ['straight quotes, encoded', 'name%3D%27greg%27'],
    ['the printed curly quotes', 'name%3D%E2%80%99greg%E2%80%99'],
    ['an opening and a closing curly quote', 'name%3D%E2%80%98greg%E2%80%99'],
  ])('where=name finds a user with %s', async (_, where) => {
    const platform = connectToDocuments();
    const search = () => platform.get(`/organizations/users?where=${where}`);
    expect((await search().expect(404)).body.message).toBe('No users found');

    const greg = { firstName: 'Greg', lastName: 'Jones', email: 'greg@acmedata.com' };
    await platform.post('/organizations/users', greg).expect(200);
    expect((await search().expect(200)).body).toMatchObject([{ id: 413, ...greg }]);
  });

  it('a user that does not exist answers 404', async () => {
    const platform = connectToDocuments();
    await platform.get('/organizations/users/999').expect(404);
    await platform.get('/organizations/users/nobody%40acmedata.com').expect(404);
    await platform.patch('/organizations/users/999', { city: 'Littleton' }).expect(404);
    await platform.delete('/organizations/users/999').expect(404);
  });

  it('POST creates a user under the default account', async () => {
    const platform = connectToDocuments();
    await platform.post('/organizations/users', orguser).expect(200);
    await platform.get('/accounts/156162/users/413').expect(200);
  });
});
