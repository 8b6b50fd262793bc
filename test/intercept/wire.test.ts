import { createEmulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import { platformUrl } from './clients.ts';

const emulator = createEmulator({ seed: 'wire' });
afterAll(() => emulator.close());
beforeAll(() => interceptPlatform(emulator));

const call = (init: RequestInit & { duplex?: 'half' } = {}, path = '/accounts') =>
  fetch(platformUrl + path, {
    ...init,
    headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json', ...init.headers },
  });

test('head and body of an answer are those of a socket, without the headers of the connection', async () => {
  await emulator.listen();
  const headersOf = (response: Response) =>
    [...response.headers.keys()].filter((name) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name));
  for (const init of [{}, { method: 'HEAD' }, { method: 'OPTIONS' }, { method: 'POST', body: '{}' }]) {
    const intercepted = await call(init);
    const socket = await fetch(`${emulator.baseUrl}/accounts`, {
      ...init,
      headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' },
    });
    expect([intercepted.status, intercepted.statusText, headersOf(intercepted)]).toEqual([
      socket.status,
      socket.statusText,
      headersOf(socket),
    ]);
    const text = async (response: Response) => (await response.text()).replace(/"requestId":"\w+"/, '');
    expect(await text(intercepted)).toBe(await text(socket));
  }
});

test('a stream and characters beyond ASCII arrive as they were sent', async () => {
  const body = new Blob(['{"externalId": "ü", "name": "日本"}']).stream();
  const created = await call({ method: 'POST', duplex: 'half', body });
  expect(await created.json()).toMatchObject({ externalId: 'ü', name: '日本' });
});

test('an answer in pieces arrives completely', async () => {
  const end = interceptPlatform(emulator, { hosts: ['localhost'] });
  const accounts = Array.from({ length: 2_000 }, (_, index) => ({ externalId: `account-${index}` }));
  await emulator.restore({ organizations: [{ name: 'Large', accounts }] });
  await fetch('http://localhost/__emulator/snapshots', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"name": "large"}',
  });
  const answer = await fetch('http://localhost/__emulator/snapshots/large');
  expect([answer.status, [...answer.headers.keys()].includes('content-length')]).toEqual([200, false]);
  expect((await answer.text()).match(/"externalId": ?"account-/g)).toHaveLength(2_000);
  end();
  await emulator.reset();
});

test('headers that no server of Node takes are answered with 431', async () => {
  const { status, statusText } = await call({ headers: { 'X-Long': 'x'.repeat(17_000) } });
  expect([status, statusText]).toEqual([431, 'Request Header Fields Too Large']);
});

test('a call that is aborted while the emulator delays its answer ends at once, and is noted without a status', async () => {
  emulator.faults.add({ delayMs: 60_000, times: 1 });
  const controller = new AbortController();
  const aborted = call({ signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  expect(emulator.requests.last()).not.toHaveProperty('status');
  expect((await call()).status).toBe(200);
});

test('an unknown method is answered with 405', async () => {
  expect((await call({ method: 'LINK' })).status).toBe(405);
});
