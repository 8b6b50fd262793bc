import seed003 from './data/003.json' with { type: 'json' };
import { connectToDocuments, replays } from './replay.ts';

describe('seed 003, replayed', () => replays(seed003));

describe('the text of seed 003', () => {
  it('PUT changes only the name', async () => {
    const platform = connectToDocuments();
    const { body: before } = await platform.get('/organizations/me').expect(200);
    await platform.put('/organizations/me', { name: 'The Docs Company', tierId: 2, active: false }).expect(200);
    const { body: after } = await platform.get('/organizations/me').expect(200);
    expect(after).toEqual({ ...before, name: 'The Docs Company' });
  });
});
