import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { createEmulator } from '../../src/index.ts';
import { type InterceptOptions, interceptPlatform } from '../../src/intercept/index.ts';

/** Calls to other hosts are not changed, even if the interceptor's parser cannot read them. */

const emulator = createEmulator();
const server = http.createServer({ maxHeaderSize: 100_000 }, (_request, response) => response.end('other'));
let restore: () => void;
let port: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  restore = interceptPlatform(emulator, { hosts: ['Other-Platform.example'] });
});
afterAll(async () => {
  restore();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Answer {
  status: number | undefined;
  text: string;
  reused: boolean;
}

function answerOf(request: http.ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.on('data', (data) => {
        text += data;
      });
      response.on('end', () => resolve({ status: response.statusCode, text, reused: request.reusedSocket }));
    });
  });
}

test('another host answers a call with a long URL', async () => {
  const answer = await answerOf(http.get(`http://127.0.0.1:${port}/${'a'.repeat(20_000)}`));
  expect(answer).toMatchObject({ status: 200, text: 'other' });
});

test('a connection to another host is reused', async () => {
  const agent = new http.Agent({ keepAlive: true });
  const call = () => answerOf(http.get({ host: '127.0.0.1', port, agent }));
  expect(await call()).toMatchObject({ status: 200, text: 'other', reused: false });
  expect(await call()).toMatchObject({ status: 200, text: 'other', reused: true });
  agent.destroy();
});

const api = 'https://api.cloud-elements.com/elements/api-v2/accounts';

test.each([
  ['a long URL', () => https.get(`${api}?where=${'a'.repeat(20_000)}`)],
  ['a long header', () => https.get(api, { headers: { cookie: 'a'.repeat(20_000) } })],
  ['characters beyond ASCII', () => https.get({ host: 'api.cloud-elements.com', path: '/elements/api-v2/é' })],
])('a call to the platform with %s fails with the reason', async (_what, call) => {
  await expect(answerOf(call())).rejects.toThrow(
    'interceptPlatform() passes on calls of up to 15000 characters of ASCII in URL and headers.',
  );
});

test.each(['OTHER-platform.example', 'api.cloud-elements.com.', 'api.cloud-elements.com'])(
  '%s is intercepted',
  async (host) => {
    const { authorization } = emulator.credentials;
    const path = '/elements/api-v2/organizations/me';
    const answer = await answerOf(https.get({ host, path, headers: { authorization } }));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ id: 55579 });
  },
);

describe('interceptPlatform() refuses arguments with which calls would reach the real platform', () => {
  test.each<[unknown, unknown, string]>([
    [undefined, {}, 'interceptPlatform() takes an emulator'],
    [{}, {}, 'interceptPlatform() takes an emulator'],
    [emulator, { host: ['a'] }, "Unknown option 'host' of interceptPlatform(): known is hosts."],
    [emulator, { hosts: 'api.example.com' }, "Option 'hosts' of interceptPlatform() must be a list of host names."],
    [emulator, { hosts: ['*'] }, "has '*': a * stands for whole parts of a name, as in *.example.com."],
    [emulator, { hosts: ['*example.com'] }, "has '*example.com': a * stands for whole parts of a name"],
    [emulator, { hosts: ['api.example.*'] }, "has 'api.example.*': a * stands for whole parts of a name"],
    [emulator, { hosts: ['https://*.example.com'] }, "has 'https://*.example.com': a * stands"],
    [emulator, { hosts: ['https://x.example'] }, "has 'https://x.example': host names have no scheme, port or path."],
    [emulator, { hosts: ['x.example:8443'] }, "has 'x.example:8443'"],
    [emulator, { hosts: [''] }, "has ''"],
  ])('%#', (given, options, message) => {
    expect(() => interceptPlatform(given as typeof emulator, options as InterceptOptions)).toThrow(message);
  });
});
