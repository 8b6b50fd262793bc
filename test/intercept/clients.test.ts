import { createEmulator, type Emulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import '../../src/testing/jest.ts';
import { unauthorized } from '../support/client.ts';
import { world } from '../support/world.ts';
import { clients, platformUrl, viaNodeGet } from './clients.ts';

const jsonType = 'application/json; charset=utf-8';

let emulator: Emulator;
let Authorization: string;
let wayBack: () => void;
beforeEach(() => {
  emulator = createEmulator({ fixture: world, now: '2020-03-01T10:20:30Z', seed: 'world' });
  Authorization = emulator.credentials.authorization;
  wayBack = interceptPlatform(emulator);
});
afterEach(() => {
  wayBack();
  // All of this was without a socket.
  expect(() => emulator.url).toThrow('The emulator is not listening');
});

describe.each(clients)('%s', (_name, client) => {
  const call = (method: string, path: string, body?: unknown) =>
    client({ method, url: platformUrl + path, headers: { Authorization }, body });

  test('POST, PATCH, PUT and DELETE with JSON bodies beyond ASCII reach the journal', async () => {
    const name = 'Zoë 株式会社 🚀';
    const created = await call('POST', '/accounts', { name, externalId: 'z' });
    expect(created).toMatchObject({ status: 200, headers: { 'content-type': jsonType } });
    expect(JSON.parse(created.text)).toMatchObject({ id: 500, name });

    const patched = await call('PATCH', '/accounts/500', { description: 'é' });
    expect(JSON.parse(patched.text)).toMatchObject({ id: 500, name, description: 'é' });
    const put = await call('PUT', '/accounts/500', { name: 'Z' });
    expect(JSON.parse(put.text)).toMatchObject({ id: 500, name: 'Z' });
    expect(await call('DELETE', '/accounts/500')).toMatchObject({ status: 200, text: '' });

    expect(emulator.requests.all()).toMatchObject([
      { method: 'POST', path: '/accounts', body: { name, externalId: 'z' }, status: 200, user: { id: 1000 } },
      { method: 'PATCH', path: '/accounts/500', body: { description: 'é' }, status: 200 },
      { method: 'PUT', path: '/accounts/500', body: { name: 'Z' }, status: 200 },
      { method: 'DELETE', path: '/accounts/500', status: 200 },
    ]);
    expect(emulator.requests.last()).not.toHaveProperty('body');
  });

  test('GET sends its query and headers and gets the headers of the answer', async () => {
    const found = await client({
      url: `${platformUrl}/accounts/110/users?where=${encodeURIComponent("firstName='Uma'")}&pageSize=1`,
      headers: { Authorization },
    });
    expect(found).toMatchObject({ status: 200, headers: { 'elements-total-count': '1', 'content-type': jsonType } });
    expect(JSON.parse(found.text)).toMatchObject([{ id: 1101, firstName: 'Uma' }]);
    expect(emulator.requests.last()?.query).toEqual({ where: "firstName='Uma'", pageSize: '1' });

    const one = await client({
      url: `${platformUrl}/accounts/110/users/user@here.example`,
      headers: { Authorization, 'Elements-User-Password': 'user-pw' },
    });
    expect(JSON.parse(one.text)).toHaveProperty('secret');
  });

  test('HEAD has the headers and no body', async () => {
    const head = await call('HEAD', '/organizations/me');
    expect(head).toMatchObject({ status: 200, headers: { 'content-type': jsonType } });
    expect(head.text ?? '').toBe('');
    expect(emulator).toHaveReceived('HEAD /organizations/me', { status: 200, times: 1 });
  });

  test('404, 401 and 409 come in the envelope', async () => {
    const missing = await call('GET', '/accounts/9999');
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.text)).toMatchObject({ message: expect.stringContaining('9999') });
    const stranger = await client({ url: `${platformUrl}/accounts`, headers: { Authorization: 'User x' } });
    expect(stranger.status).toBe(401);
    expect(JSON.parse(stranger.text)).toEqual(unauthorized);
    expect(await call('POST', '/accounts', { externalId: 'here' })).toMatchObject({ status: 409 });
    expect(emulator.requests.all().map(({ status }) => status)).toEqual([404, 401, 409]);
    expect(emulator.requests.find({ status: 401 })).toHaveProperty('reason');
  });

  test('ten simultaneous calls get their own answers', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
    const answers = await Promise.all(names.map((externalId) => call('POST', '/accounts', { externalId })));
    expect(answers.map(({ text }) => JSON.parse(text).externalId)).toEqual(names);
    expect(emulator).toHaveReceived('POST /accounts', { status: 200, times: 10 });
  });
});

test.each(['http:', 'https:'])('%s of Node is intercepted by get() too', async (scheme) => {
  const url = `${platformUrl.replace('https:', scheme)}/organizations/me`;
  const answer = await viaNodeGet(url, { Authorization });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({ id: 10, name: 'Ten' });
});

test('calls are answered while fake timers are on', async () => {
  jest.useFakeTimers();
  try {
    for (const [, client] of clients) {
      const answer = await client({ url: `${platformUrl}/organizations/me`, headers: { Authorization } });
      expect(answer.status).toBe(200);
    }
  } finally {
    jest.useRealTimers();
  }
});
