import { createEmulator } from '../../src/index.ts';
import { sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

const hidden = '[redacted]';

test('an entry has the body of the answer', async () => {
  const emulator = createWorld();
  const { body } = await connect(emulator).post('/accounts', { externalId: 'answered' });
  expect(body).toMatchObject({ externalId: 'answered' });
  expect(emulator.requests.last()?.answer).toEqual(body);
  const { body: list } = await connect(emulator).get('/accounts');
  expect(emulator.requests.last()?.answer).toEqual(list);
});

test('secrets and passwords of an answer are redacted', async () => {
  const emulator = createWorld();
  const client = connect(emulator);
  const { body: secrets } = await client.get('/authentication/secrets');
  expect(secrets.userSecret).toMatch(/./);
  expect(emulator.requests.last()?.answer).toEqual({ userSecret: hidden, organizationSecret: hidden });
  const { body: session } = await client.post('/authentication', {
    username: 'plain@ten.example',
    password: 'plain-pw',
  });
  expect(session.token).toMatch(/./);
  expect(emulator.requests.last()?.answer).toMatchObject({ token: hidden, username: 'plain@ten.example' });
  const text = JSON.stringify(emulator.requests.all());
  for (const secret of [secrets.userSecret, secrets.organizationSecret, session.token]) {
    expect(text).not.toContain(secret);
  }
});

test('an answer that repeats a secret of the request is redacted', async () => {
  const emulator = createWorld();
  const { message } = (await connect(emulator).get(`/users/${emulator.credentials.userSecret.slice(0, 8)}x`)).body;
  expect(emulator.requests.last()).toMatchObject({ message, answer: { message } });
  emulator.faults.add({ status: 500, body: { note: `for ${emulator.credentials.organizationSecret}` } });
  await connect(emulator).get('/accounts');
  expect(emulator.requests.last()?.answer).toEqual({ note: `for ${hidden}` });
});

test('an answer of more than 16 KiB is left out, with its size', async () => {
  const accounts = Array.from({ length: 200 }, (_, n) => ({ externalId: `account-${n}` }));
  const emulator = createEmulator({
    fixture: {
      organizations: [
        {
          name: 'X',
          accounts: [{ defaultAccount: true, users: [{ email: 'a@x.example', roles: ['org-admin'] }] }, ...accounts],
        },
      ],
    },
  });
  const { text } = await connect(emulator).get('/accounts');
  expect(text.length).toBeGreaterThan(16_384);
  expect(emulator.requests.last()?.answer).toBe(`[${Buffer.byteLength(text)} bytes left out]`);
});

test.each(['HEAD', 'OPTIONS'])('%s has no body to record', async (method) => {
  const emulator = createWorld();
  await sendRaw(emulator, { method, path: '/accounts' });
  expect(emulator.requests.last()).not.toHaveProperty('answer');
});

describe('a fault', () => {
  const emulator = () => createEmulator({ fixture: world });

  test('with a status is recorded with its body and with the caller', async () => {
    const faulty = emulator();
    faulty.faults.add({ path: '/accounts', status: 503, body: { down: true } });
    await connect(faulty).get('/accounts');
    expect(faulty.requests.last()).toMatchObject({
      ...{ status: 503, answer: { down: true } },
      user: { id: 1000, email: 'administrator@ten.example' },
    });
  });

  test('with a body that is not JSON is recorded with that text', async () => {
    const faulty = emulator();
    faulty.faults.add({ status: 502, body: '<h1>Bad Gateway</h1>', headers: { 'Content-Type': 'text/html' } });
    await connect(faulty).get('/accounts');
    expect(faulty.requests.last()?.answer).toBe('<h1>Bad Gateway</h1>');
  });

  test('is recorded without a caller if the credentials are wrong', async () => {
    const faulty = emulator();
    faulty.faults.add({ path: '/accounts', status: 503 });
    await sendRaw(faulty, { path: '/accounts', headers: { Authorization: 'User x, Organization y' } });
    expect(faulty.requests.last()).toMatchObject({ status: 503 });
    expect(faulty.requests.last()).not.toHaveProperty('user');
  });
});
