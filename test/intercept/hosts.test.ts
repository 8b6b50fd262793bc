import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from '../../src/index.ts';
import { compileHosts, platformHosts } from '../../src/intercept/hosts.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';
import '../../src/testing/jest.ts';
import { clients } from './clients.ts';

const emulator = createEmulator({ fixture: 'minimal' });
const Authorization = emulator.credentials.authorization;

/** Another service on this machine, which says what it was asked. */
let other: Server;
let otherUrl: string;
beforeAll(async () => {
  other = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.setHeader('X-Other', 'yes');
    response.statusCode = 418;
    response.end(`${request.method} ${request.url} ${request.headers.authorization} ${Buffer.concat(chunks)}`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});
afterAll(() => {
  other.close();
  other.closeAllConnections();
});

const waysBack: (() => void)[] = [];
const intercept = (...args: Parameters<typeof interceptPlatform>) => waysBack.push(interceptPlatform(...args));
afterEach(async () => {
  for (const wayBack of waysBack.splice(0)) wayBack();
  await emulator.reset();
});

describe.each(clients)('%s', (_name, client) => {
  const me = '/elements/api-v2/organizations/me';

  test.each([
    'https://api.cloud-elements.com',
    'http://api.cloud-elements.com',
    'https://console.cloud-elements.com',
    'https://API.Cloud-Elements.COM',
    'https://api.cloud-elements.com:8443',
    'http://console.cloud-elements.com:80',
  ])('%s is intercepted', async (origin) => {
    intercept(emulator);
    expect(await client({ url: origin + me, headers: { Authorization } })).toMatchObject({ status: 200 });
    expect(emulator).toHaveReceived('getOrganization', { status: 200, times: 1 });
  });

  test('the given hosts are intercepted in any case of letters, together with the hosts of the documents', async () => {
    intercept(emulator, { hosts: ['API.eu.Example', 'staging.example'] });
    for (const host of ['api.eu.example', 'API.EU.EXAMPLE:444', 'staging.example', 'api.cloud-elements.com']) {
      expect(await client({ url: `https://${host}${me}`, headers: { Authorization } })).toMatchObject({ status: 200 });
    }
    expect(emulator.requests).toHaveLength(4);
  });

  test.each([
    'https://staging.cloud-elements.com',
    'https://snapshot.cloud-elements.com',
    'https://api.cloud-elements.co.uk',
    'https://api.openconnectors.ext.hana.ondemand.com',
    'https://api.openconnectors.us10.ext.hana.ondemand.com:443',
    'https://api.openconnectors.ext.hanatrial.ondemand.com',
  ])('%s, a host of staging or of SAP, is intercepted', async (origin) => {
    intercept(emulator);
    expect(await client({ url: origin + me, headers: { Authorization } })).toMatchObject({ status: 200 });
    expect(emulator).toHaveReceived('getOrganization', { status: 200, times: 1 });
  });

  test('the hosts of a pattern are intercepted', async () => {
    intercept(emulator, { hosts: ['*.Eu.Example', 'api.*.two.example'] });
    for (const host of ['api.eu.example', 'A.B.EU.EXAMPLE:444', 'api.x.two.example']) {
      expect(await client({ url: `https://${host}${me}`, headers: { Authorization } })).toMatchObject({ status: 200 });
    }
    expect(emulator.requests).toHaveLength(3);
  });

  test('a call to another host is not changed', async () => {
    intercept(emulator);
    const call = { method: 'POST', url: `${otherUrl}/elements/api-v2/accounts?a=b`, headers: { Authorization } };
    const answer = await client({ ...call, body: { name: 'é' } });
    expect(answer).toMatchObject({ status: 418, headers: { 'x-other': 'yes' } });
    expect(answer.text).toBe(`POST /elements/api-v2/accounts?a=b ${Authorization} {"name":"é"}`);
    expect(emulator.requests).toHaveLength(0);
  });
});

test.each([
  [['*.example.com'], 'a.example.com', true],
  [['*.example.com'], 'b.a.example.com', true],
  [['*.example.com'], 'example.com', false],
  [['*.example.com'], '.example.com', false],
  [['*.example.com'], 'aexample.com', false],
  [['*.example.com'], 'a.example.com.evil', false],
  [['*.example.com'], 'a.exampleXcom', false],
  [['a.*.c'], 'a.b.c', true],
  [['a.*.c'], 'a.b.b.c', true],
  [['a.*.c'], 'a.c', false],
  [['x', '*.Y.'], 'a.y', true],
  [platformHosts, 'www.cloud-elements.com', false],
  [platformHosts, 'api.openconnectors.example', false],
  [platformHosts, 'other.us10.ext.hana.ondemand.com', false],
])('%j matches %s: %s', (hosts, host, has) => {
  expect(compileHosts(hosts)(host)).toBe(has);
});

test('a host is matched by its name, not by its address', async () => {
  intercept(emulator, { hosts: ['localhost'] });
  const { port } = new URL(otherUrl);
  expect((await fetch(`${otherUrl}/`)).status).toBe(418);
  expect((await fetch(`http://localhost:${port}/elements/api-v2/nothing`)).status).toBe(404);
  expect(emulator.requests.all()).toMatchObject([{ path: '/nothing', status: 404 }]);
});

test('the latest of two emulators with their own hosts gets the hosts of both', async () => {
  const second = createEmulator({ fixture: 'minimal' });
  intercept(emulator, { hosts: ['one.example'] });
  const secondBack = interceptPlatform(second, { hosts: ['two.example'] });
  const call = async (host: string) => (await fetch(`https://${host}/elements/api-v2/accounts`)).status;

  expect(await Promise.all([call('one.example'), call('two.example'), call('api.cloud-elements.com')])).toEqual([
    401, 401, 401,
  ]);
  expect([emulator.requests.length, second.requests.length]).toEqual([1, 2]);

  secondBack();
  await call('api.cloud-elements.com');
  expect([emulator.requests.length, second.requests.length]).toEqual([2, 2]);
});

test('the control endpoints refuse calls to the host of the platform', async () => {
  intercept(emulator);
  const answer = await fetch('https://api.cloud-elements.com/__emulator/credentials');
  expect(answer.status).toBe(403);
  expect(await answer.text()).not.toContain(emulator.credentials.userSecret);
});
