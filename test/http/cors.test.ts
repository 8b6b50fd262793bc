import { connect as connectSocket } from 'node:net';
import { startEmulator } from '../../src/index.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { type RawRequest, sendRaw } from './raw.ts';

const createWorld = reuseWorlds();

/** What a browser asks before a page may read an answer. */

const json = { 'Content-Type': 'application/json' };
const emulator = createWorld();

const exposed =
  'Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token, ' +
  'Elements-Trace-Id, Elements-Error, Content-Disposition';

/** One request for every way in which an answer is made. */
const answers: readonly [status: number, request: RawRequest][] = [
  [200, { path: '/accounts' }],
  [200, { method: 'HEAD', path: '/accounts' }],
  [200, { method: 'DELETE', path: '/accounts/120' }],
  [200, { method: 'OPTIONS', path: '/authentication' }],
  [200, { method: 'OPTIONS', path: '/instances/5' }],
  [400, { method: 'POST', path: '/accounts', headers: json, body: '{' }],
  [401, { path: '/accounts', headers: { Authorization: '' } }],
  [404, { path: '/nowhere' }],
  [404, { method: 'OPTIONS', path: '/nowhere' }],
  [405, { method: 'POST', path: '/organizations/me' }],
  [406, { path: '/accounts', headers: { Accept: 'text/html' } }],
  [413, { method: 'POST', path: '/accounts', headers: json, body: `"${'x'.repeat(1024 * 1024)}"` }],
  [415, { method: 'POST', path: '/accounts', body: '{}' }],
  [501, { path: '/instances' }],
];

describe.each(answers)('%s %j', (status, asked) => {
  test.each(['https://app.example', 'http://localhost:3000', 'null', 'capacitor://localhost'])(
    'lets a page of %s read it, with credentials',
    async (origin) => {
      const answer = await sendRaw(emulator, { ...asked, headers: { ...asked.headers, Origin: origin } });
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': exposed,
        vary: 'Origin',
      });
    },
  );

  test.each([{}, { Origin: '' }])('without an origin, as in %j, is for any', async (none) => {
    const answer = await sendRaw(emulator, { ...asked, headers: { ...asked.headers, ...none } as typeof json });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': exposed,
      vary: 'Origin',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

test('a browser logs in with credentials', async () => {
  const headers = {
    Authorization: '',
    Origin: 'https://app.example',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type',
  };
  const preflight = await sendRaw(emulator, { method: 'OPTIONS', path: '/authentication', headers });
  expect([preflight.status, preflight.text]).toEqual([200, '']);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'content-type',
  });
});

describe('a page of the internet that calls a machine of a private network', () => {
  test.each(['/accounts', '/users/1101', '/instances'])('is let through at %s when it asks', async (path) => {
    const asked = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' };
    const preflight = (headers: Record<string, string>) => sendRaw(emulator, { method: 'OPTIONS', path, headers });
    const one = await preflight({ ...asked, 'Access-Control-Request-Private-Network': 'true' });
    expect(one.headers).toMatchObject({ 'access-control-allow-private-network': 'true' });
    for (const headers of [asked, { ...asked, 'Access-Control-Request-Private-Network': 'false' }]) {
      expect((await preflight(headers)).headers).not.toHaveProperty('access-control-allow-private-network');
    }
  });
});

test('a fault, and what it says of the header, goes out as ever', async () => {
  const own = createWorld();
  own.faults.add({ path: '/accounts', status: 503, times: 1 });
  own.faults.add({
    path: '/accounts',
    status: 503,
    headers: { 'access-control-allow-origin': 'https://other.example' },
  });
  const ask = () => sendRaw(own, { path: '/accounts', headers: { Origin: 'https://app.example' } });
  expect((await ask()).headers).toMatchObject({ 'access-control-allow-origin': 'https://app.example' });
  expect((await ask()).headers).toMatchObject({ 'access-control-allow-origin': 'https://other.example' });
});

describe('what is no request that the app could read', () => {
  test.each<[string, string, string[]]>([
    [
      'with an origin',
      'Origin: https://app.example\r\n',
      ['Access-Control-Allow-Origin: https://app.example', 'Access-Control-Allow-Credentials: true', 'Vary: Origin'],
    ],
    ['without one', '', ['Access-Control-Allow-Origin: *', 'Vary: Origin']],
  ])('%s', async (_what, header, expected) => {
    await using running = await startEmulator();
    const { hostname, port } = new URL(running.url);
    const socket = connectSocket(Number(port), hostname);
    socket.end(`GET /elements/api-v2/accounts HTTP/1.1\r\nHost: x\r\n${header}Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    const [head = ''] = (await socket.toArray()).join('').split('\r\n\r\n');
    const lines = head.split('\r\n');
    expect(lines[0]).toBe('HTTP/1.1 431 Request Header Fields Too Large');
    expect(lines.filter((line) => /^(Vary|Access-Control-Allow)/.test(line))).toEqual(expected);
  });
});
