import { createEmulator, type Emulator } from '../../src/index.ts';
import { connect, request } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

const ask = (emulator: Emulator, query: Readonly<Record<string, string>>) =>
  request(emulator.app).get('/__emulator/excerpt').query(query);
const docs = 'docs@cloud-elements.com';

test('is empty while the documentation fixture has the records as they are', async () => {
  const { body } = await ask(createEmulator(), { path: '/accounts/3780', user: docs });
  expect(body).toEqual({ missing: [] });
});

test('has what was made, and no secrets; an emulator that starts with it answers the same', async () => {
  const emulator = createEmulator();
  const client = connect(emulator);
  const { body: account } = await client.post('/accounts', { externalId: 'made' });
  const user = { firstName: 'A', lastName: 'B', email: 'a@b.example', password: 'Passw0rd!' };
  const { body: made } = await client.post(`/accounts/${account.id}/users`, user);
  const path = `/accounts/${account.id}/users/${made.id}`;
  const { body: before } = await client.get(path);
  const { body } = await ask(emulator, { path, user: docs });
  expect(JSON.stringify(body)).not.toMatch(/secret"|password"/i);
  expect(body.missing).toEqual([]);
  const other = createEmulator({ fixture: body.fixture });
  const { status, body: after } = await connect(other, other.authorizationFor(docs)).get(path);
  expect([status, after.email, after.id]).toEqual([200, before.email, before.id]);
});

test('leaves a plain user of the default account plain', async () => {
  const emulator = createEmulator();
  const { body: account } = await connect(emulator).post('/accounts', { externalId: 'made' });
  const path = `/accounts/${account.id}`;
  const jane = 'jane@acmedata.com';
  const { body } = await ask(emulator, { path, user: jane });
  const other = createEmulator({ fixture: body.fixture });
  const { status } = await connect(other, other.authorizationFor(jane)).delete(path);
  expect(status).toBe(401);
});

test('has the account and the user that the body would repeat', async () => {
  const emulator = createWorld();
  const { body } = await ask(emulator, {
    path: '/accounts',
    user: '1000',
    externalId: 'gone',
    email: 'plain@ten.example',
  });
  const [organization] = body.fixture.organizations;
  expect(organization.accounts.map(({ id }: { id: number }) => id)).toEqual([100, 130]);
  expect(organization.accounts[0].users.map(({ id }: { id: number }) => id)).toEqual([1000, 1001]);
});

test('tells what the path names and is not there', async () => {
  const { body } = await ask(createEmulator(), { path: '/accounts/99/users/nobody%40x.example', user: docs });
  expect(body.missing).toEqual(['account 99', 'user nobody@x.example']);
});
