import type { Emulator } from '../../src/index.ts';
import { connect, request } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

let emulator: Emulator;
beforeEach(() => {
  emulator = createWorld();
});
afterEach(() => emulator.close());

const ask = (operationId: string, path: string, user?: string) =>
  request(emulator.app)
    .get('/__emulator/callers')
    .query({ operationId, path, ...(user === undefined ? {} : { user }) });

const administrator = 'administrator@ten.example';

test.each([
  ['the administrator', 'getAccounts', '/accounts', administrator, { mayCall: true }],
  ['an operation that every user can call', 'authenticate', '/authentication', undefined, { mayCall: true }],
  [
    'a plain user',
    'getAccounts',
    '/accounts',
    'plain@ten.example',
    { mayCall: false, reason: 'user 1001 is not an organization administrator', nearest: administrator },
  ],
  [
    'nobody',
    'getAccounts',
    '/accounts',
    undefined,
    { mayCall: false, reason: 'there is no such user', nearest: administrator },
  ],
  ['a user given by id', 'getAccounts', '/accounts', '1000', { mayCall: true }],
  [
    'an inactive administrator',
    'getAccounts',
    '/accounts',
    'inactive@ten.example',
    { mayCall: false, reason: 'user 1002 is inactive', nearest: administrator },
  ],
  [
    'an account administrator, in their own account',
    'createAccountUser',
    '/accounts/110/users',
    'admin@here.example',
    { mayCall: true },
  ],
  [
    'an administrator of another account: the nearest caller is the administrator of the account',
    'createAccountUser',
    '/accounts/110/users',
    'admin@there.example',
    {
      mayCall: false,
      reason: 'user 1200 has addUsersAccount for account 120, not for the one in the path',
      nearest: 'admin@here.example',
    },
  ],
  [
    'a user of another account',
    'updateUser',
    '/users/1200',
    'admin@here.example',
    { mayCall: false, reason: 'user 1100 reaches only the users of account 110', nearest: 'admin@there.example' },
  ],
  [
    'an account of another organization',
    'getAccountById',
    '/accounts/110',
    'administrator@twenty.example',
    { mayCall: false, reason: 'user 2000 is of another organization', nearest: administrator },
  ],
])('%s', async (_what, operationId, path, user, expected) => {
  const { status, body } = await ask(operationId, path, user);
  expect([status, body]).toEqual([200, expected]);
});

test('the answer agrees with the operation itself', async () => {
  for (const email of [administrator, 'plain@ten.example', 'admin@here.example']) {
    const { body } = await ask('getAccounts', '/accounts', email);
    const { status } = await request(emulator.app)
      .get('/elements/api-v2/accounts')
      .set('Authorization', emulator.authorizationFor(email));
    expect([email, body.mayCall]).toEqual([email, status === 200]);
  }
});

test('the answer has no nearest caller when no user has access', async () => {
  await connect(emulator).call('patch', '/accounts/100?permanent=true').send({ active: false });
  const { body } = await ask('getAccounts', '/accounts', 'admin@here.example');
  expect(body).toEqual({ mayCall: false, reason: 'user 1100 is not an organization administrator' });
});

test('the endpoint refuses an unknown operation and a request without one', async () => {
  expect((await ask('getAcounts', '/accounts')).status).toBe(404);
  const { status, body } = await request(emulator.app).get('/__emulator/callers');
  expect([status, body.message]).toEqual([400, expect.stringContaining("'operationId'")]);
});
