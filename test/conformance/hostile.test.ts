import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { CompareError, compare } from '../../src/conformance/index.ts';
import { startEmulator } from '../../src/index.ts';
import { runIn } from '../cli/terminal.ts';
import { freePort } from '../support/free-port.ts';
import { isEndurance } from '../support/runs.ts';
import { startProxy } from './broken/proxy.ts';
import { administrator, secretsOf, world } from './world.ts';

const secrets = { userSecret: 'the-user-secret', organizationSecret: 'the-organization-secret' };
const environment = { CE_USER_SECRET: secrets.userSecret, CE_ORGANIZATION_SECRET: secrets.organizationSecret };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener, server = createServer(listener)): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = (status: number, body: object, headers = {}): RequestListener => {
  return (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
};

describe('compare and fixture pull report in one line', () => {
  const html: RequestListener = (_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      .end('<!doctype html><title>Welcome</title>');
  const redirects: RequestListener = ({ url }, response) =>
    response.writeHead(302, { Location: `${url}?again=secret` }).end();
  const endless: RequestListener = (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const piece = ' '.repeat(1024 * 1024);
    const write = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', write);
    write();
  };
  const rows: [what: string, listener: RequestListener, message: string][] = [
    [
      'HTML',
      html,
      'GET /organizations/me was answered 200 with text/html that is no JSON: there is no Cloud Elements platform at this address.',
    ],
    [
      'other JSON',
      json(200, { hello: 'world' }),
      'GET /organizations/me was answered 200 with JSON that is no organization: there is no Cloud Elements platform at this address.',
    ],
    [
      'endless redirects',
      redirects,
      'GET /organizations/me was answered 302, a redirect to /elements/api-v2/organizations/me: give the address of the API itself.',
    ],
    ['500', json(500, {}), 'GET /organizations/me was answered 500: the server fails; try later.'],
    [
      '401',
      json(401, {}),
      "GET /organizations/me was answered 401: the server does not accept 'userSecret' and 'organizationSecret'.",
    ],
    [
      '429 for ever',
      json(429, {}, { 'Retry-After': '0' }),
      'GET /organizations/me was answered 429 again and again: try later.',
    ],
    [
      'a closed connection',
      ({ socket }) => socket.destroy(),
      'HOST closed the connection without an answer; perhaps its address begins with https://.',
    ],
    [
      'an answer that is broken off',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': 100 }).write('{');
        setImmediate(() => response.destroy());
      },
      'HOST closed the connection in the middle of its answer.',
    ],
    [
      'an answer that is not compressed as it says',
      (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip'),
      'HOST sent an answer that cannot be decompressed (Z_DATA_ERROR).',
    ],
    [
      'a list',
      json(200, []),
      'GET /organizations/me was answered 200 with JSON that is no organization: there is no Cloud Elements platform at this address.',
    ],
    [
      'null',
      (_, response) => response.end('null'),
      'GET /organizations/me was answered 200 with JSON that is no organization: there is no Cloud Elements platform at this address.',
    ],
    [
      'nothing',
      (_, response) => response.writeHead(204).end(),
      'GET /organizations/me was answered 204 with an empty body: there is no Cloud Elements platform at this address.',
    ],
    [
      '404',
      json(404, {}),
      'GET /organizations/me was answered 404 with JSON that is no organization: there is no Cloud Elements platform at this address.',
    ],
    [
      '403',
      json(403, {}),
      'GET /organizations/me was answered 403: the server, or a proxy before it, does not let this user or this machine in.',
    ],
    [
      '431',
      (_, response) => response.writeHead(431).end(),
      'GET /organizations/me was answered 431: the secrets are too long for the server: copy them again.',
    ],
    [
      'a redirect with credentials',
      (_, response) => response.writeHead(301, { Location: 'https://me:pass@elsewhere.example/login?token=t' }).end(),
      'GET /organizations/me was answered 301, a redirect to https://elsewhere.example/login: give the address of the API itself.',
    ],
    [
      'a redirect to nowhere',
      (_, response) => response.writeHead(302).end(),
      'GET /organizations/me was answered 302, a redirect to nowhere: give the address of the API itself.',
    ],
    [
      'a user who is no administrator',
      (request, response) => json(request.url?.endsWith('/me') ? 200 : 401, { id: 1, name: 'x' })(request, response),
      "GET /accounts?pageSize=1 was answered 401: 'userSecret' is of a user who does not administer the organization. Take the secrets of one who does.",
    ],
    ['a page that never ends', endless, 'the answer of HOST could not be read: it is longer than 32 MB.'],
  ];

  test.each(rows)('a server that answers with %s', async (_, listener, message) => {
    const host = await serve(listener);
    const baseUrl = `http://${host}/elements/api-v2`;
    const line = message.includes('HOST') ? message.replace('HOST', host) : `${baseUrl}: ${message}`;
    await expect(compare({ baseUrl, ...secrets })).rejects.toThrow(new CompareError(line));
    // Each of them would read 32 MB again.
    const isLong = listener === endless && !isEndurance;
    for (const command of isLong ? [] : [['compare'], ['fixture', 'pull']]) {
      const operands = command[0] === 'fixture' ? ['-'] : [];
      const terminal = await runIn(environment, ...command, baseUrl, ...operands);
      const ofCommand = line
        .replace("'userSecret'", 'CE_USER_SECRET')
        .replace("'organizationSecret'", 'CE_ORGANIZATION_SECRET');
      expect(terminal.err).toBe(`cloud-elements-emulator: ${ofCommand}\n`);
      expect(terminal).toMatchObject({ out: '', exitCode: 2 });
    }
  });

  test('a server that does not answer', async () => {
    const host = await serve(() => undefined);
    const run = compare({ baseUrl: `http://${host}`, ...secrets, timeoutMs: 50 });
    await expect(run).rejects.toThrow(`${host} did not answer within 0.05 s.`);
  });

  test('a server whose answer does not end in time', async () => {
    const host = await serve((_, response) => response.writeHead(200).write('{'));
    const run = compare({ baseUrl: `http://${host}`, ...secrets, timeoutMs: 200 });
    await expect(run).rejects.toThrow(`${host} did not answer within 0.2 s.`);
  });

  test('an address where no server is', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    await expect(compare({ baseUrl: `http://${host}`, ...secrets })).rejects.toThrow(`nothing listens at ${host}.`);
    const run = compare({ baseUrl: 'http://nowhere.invalid', ...secrets });
    await expect(run).rejects.toThrow('there is no host nowhere.invalid.');
  });

  test('a certificate that is not trusted', async () => {
    const pem = readFileSync(join(__dirname, 'untrusted.pem'));
    const host = await serve(() => undefined, createSecureServer({ key: pem, cert: pem }, json(200, {})));
    const remedy = 'name the file of its authority in NODE_EXTRA_CA_CERTS';
    await expect(compare({ baseUrl: `https://${host}`, ...secrets })).rejects.toThrow(
      new CompareError(`the certificate of ${host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): ${remedy}.`),
    );
  });

  test('a server without HTTPS at an address with https://', async () => {
    const host = await serve(json(200, {}));
    await expect(compare({ baseUrl: `https://${host}`, ...secrets })).rejects.toThrow(
      new CompareError(`${host} does not speak HTTPS: perhaps its address begins with http://.`),
    );
  });

  test('a server that does not speak HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const run = compare({ baseUrl: `http://${host}`, ...secrets });
    await expect(run).rejects.toThrow(new RegExp(`^${host} does not answer in HTTP \\(HPE_\\w+\\)\\.$`));
    server.close();
  });

  test('an address without the base path', async () => {
    const emulator = await startEmulator({ fixture: world });
    const run = compare({ baseUrl: emulator.url, ...secretsOf(emulator) });
    await expect(run).rejects.toThrow(`Did you mean ${emulator.baseUrl}?`);
    await emulator.close();
  });
});

test('compare waits as long as Retry-After says after 429 and 503, and goes on', async () => {
  const emulator = await startEmulator({ fixture: world });
  const proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
  const now = new Date().toUTCString();
  let count = 0;
  proxy.fault = () => {
    count += 1;
    if (count % 5 === 1) return { status: 429, body: {}, headers: { 'retry-after': '0' } };
    if (count % 5 === 2) return { status: 429, body: {}, headers: { 'retry-after': now, date: now } };
    return count % 5 === 3 ? { status: 503, body: {}, headers: { 'retry-after': '0' } } : undefined;
  };
  const only = ['error-envelope', 'list-empty'];
  expect(await compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), only })).toMatchObject({ agrees: 2 });
  await proxy.close();
  await emulator.close();
});

test('a server that is busy again and again ends the run of compare', async () => {
  const emulator = await startEmulator({ fixture: world });
  const proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
  proxy.fault = ({ path }) => (path === '/accounts' ? { status: 429, headers: { 'retry-after': '0' } } : undefined);
  const only = ['list-order', 'cors'];
  const report = await compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), only });
  expect(report).toMatchObject({ differs: 0, stopped: 'GET /accounts was answered 429 again and again: try later' });
  await proxy.close();
  await emulator.close();
});

test('compare reports HTML in the middle of a run as a difference', async () => {
  const emulator = await startEmulator({ fixture: world });
  const proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
  proxy.fault = ({ path }) => (path === '/accounts' ? { text: '<html></html>' } : undefined);
  const report = await compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), only: ['list-order'] });
  expect(report.results).toMatchObject([
    {
      outcome: 'differs',
      differences: [{ at: 'GET /accounts: body', expected: 'a list of objects', actual: '[text of 13 characters]' }],
    },
  ]);
  await proxy.close();
  await emulator.close();
});
