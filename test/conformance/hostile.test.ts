import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CompareError, compare } from '../../src/conformance/index.ts';
import { startEmulator } from '../../src/index.ts';
import { runIn } from '../cli/terminal.ts';
import { freePort } from '../support/free-port.ts';
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

describe('a server that is no such platform is one clear line', () => {
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
      'GET /organizations/me was answered 401: the server does not accept CE_USER_SECRET and CE_ORGANIZATION_SECRET (userSecret, organizationSecret).',
    ],
    [
      '429 for ever',
      json(429, {}, { 'Retry-After': '0' }),
      'GET /organizations/me was answered 429 again and again: try later.',
    ],
    ['a closed connection', ({ socket }) => socket.destroy(), 'HOST closed the connection without an answer.'],
    ['a page that never ends', endless, 'HOST could not be asked: an answer is longer than 32 MB.'],
  ];

  test.each(rows)('%s', async (_, listener, message) => {
    const host = await serve(listener);
    const baseUrl = `http://${host}/elements/api-v2`;
    const line = message.startsWith('HOST') ? message.replace('HOST', host) : `${baseUrl}: ${message}`;
    await expect(compare({ baseUrl, ...secrets })).rejects.toThrow(new CompareError(line));
    for (const command of [['compare'], ['fixture', 'pull']]) {
      const operands = command[0] === 'fixture' ? ['-'] : [];
      const terminal = await runIn(environment, ...command, baseUrl, ...operands);
      expect(terminal.err).toBe(`cloud-elements-emulator: ${line}\n`);
      expect(terminal).toMatchObject({ out: '', exitCode: 2 });
    }
  });

  test('no answer at all', async () => {
    const host = await serve(() => undefined);
    const run = compare({ baseUrl: `http://${host}`, ...secrets, timeoutMs: 50 });
    await expect(run).rejects.toThrow(`${host} did not answer within 0.05 s.`);
  });

  test('an answer that comes in drips and never ends', async () => {
    const host = await serve((_, response) => response.writeHead(200).write('{'));
    const run = compare({ baseUrl: `http://${host}`, ...secrets, timeoutMs: 200 });
    await expect(run).rejects.toThrow(`${host} did not answer within 0.2 s.`);
  });

  test('nobody there', async () => {
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

  test('the address without the base path', async () => {
    const emulator = await startEmulator({ fixture: world });
    const run = compare({ baseUrl: emulator.url, ...secretsOf(emulator) });
    await expect(run).rejects.toThrow(`Did you mean ${emulator.baseUrl}?`);
    await emulator.close();
  });
});

describe('an address or a secret that cannot be used is refused', () => {
  const example = 'https://api.cloud-elements.com/elements/api-v2';
  test.each([
    ['api.cloud-elements.com', `The base URL must be an address such as ${example}, not 'api.cloud-elements.com'.`],
    ['ftp://a', `The base URL must be an address such as ${example}, not 'ftp://a'.`],
    ['http://me:pass@a', 'The base URL must have no user name, password, query or fragment.'],
    ['http://a?b=c', 'The base URL must have no user name, password, query or fragment.'],
  ])('%s', async (baseUrl, message) => {
    await expect(compare({ baseUrl, ...secrets })).rejects.toThrow(new CompareError(message));
  });

  test('secrets, which are not repeated', async () => {
    const run = (userSecret: string) => compare({ baseUrl: 'http://127.0.0.1:1', ...secrets, userSecret });
    await expect(run('two words')).rejects.toThrow('userSecret must be a text without spaces and commas; it is not.');
    await expect(run('')).rejects.toThrow('userSecret must be a text without spaces and commas; it is empty.');
    const { err, exitCode } = await runIn({ CE_USER_SECRET: 'a' }, 'compare', 'http://127.0.0.1:1');
    expect(err).toBe(
      'cloud-elements-emulator: Set CE_ORGANIZATION_SECRET to the secrets of an administrator of the organization.\n',
    );
    expect(exitCode).toBe(2);
  });

  test('an unknown check', async () => {
    const run = compare({ baseUrl: 'http://127.0.0.1:1', ...secrets, only: ['corse'] });
    await expect(run).rejects.toThrow("There is no check 'corse': did you mean 'cors'?");
  });
});

test('a run waits as a 429 or 503 asks, and goes on', async () => {
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

test('HTML in the middle of a run is a difference', async () => {
  const emulator = await startEmulator({ fixture: world });
  const proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
  proxy.fault = ({ path }) => (path === '/accounts' ? { text: '<html></html>' } : undefined);
  const report = await compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), only: ['list-order'] });
  expect(report.results).toMatchObject([
    {
      outcome: 'differs',
      differences: [{ at: 'GET /accounts: body', expected: 'a list of objects', actual: '<html></html>' }],
    },
  ]);
  await proxy.close();
  await emulator.close();
});
