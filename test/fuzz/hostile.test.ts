import http, { type Server } from 'node:http';
import type { Socket as Connection } from 'node:net';
import { endpoints } from '../../src/control/endpoints.ts';
import { Socket } from '../../src/http/server.ts';
import { basePath } from '../support/client.ts';
import { type Bench, expectEnvelope, expectHealthy, openBench, templates } from './bench.ts';
import { createSubject } from './subject.ts';
import { Wire } from './wire.ts';

/** What only bytes can say: framing, versions, lengths, connections. */

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
afterEach(() => expectHealthy(bench));

const me = `${basePath}/organizations/me`;
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;
const many = Array.from({ length: 10_000 }, (_, n) => `x${n}: y`);

describe('an invalid or too long request', () => {
  test.each<[string, string | Buffer, number]>([
    ['a URL of 20 kB', lines(`GET ${me}?${'x'.repeat(20_000)} HTTP/1.1`, 'Host: a'), 431],
    ['a header of 20 kB', lines(`GET ${me} HTTP/1.1`, 'Host: a', `X: ${'x'.repeat(20_000)}`), 431],
    ['a header name of 20 kB', lines(`GET ${me} HTTP/1.1`, 'Host: a', `${'x'.repeat(20_000)}: x`), 431],
    ['10,000 headers', lines(`GET ${me} HTTP/1.1`, 'Host: a', ...many), 431],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['HTTP/9.9', lines(`GET ${me} HTTP/9.9`, 'Host: a'), 400],
    ['TLS', Buffer.from('16030100fa010000f603030000\r\n\r\n', 'hex'), 400],
    ['NUL', Buffer.alloc(100), 400],
    ['an unknown verb', lines(`FETCH ${me} HTTP/1.1`, 'Host: a'), 400],
    ['a verb in lower case', lines(`get ${me} HTTP/1.1`, 'Host: a'), 400],
    ['a space in the URL', lines(`GET ${me} x HTTP/1.1`, 'Host: a'), 400],
    ['NUL in the URL', lines(`GET ${me}?\0 HTTP/1.1`, 'Host: a'), 400],
    ['UTF-8 in the URL', lines(`GET ${me}?é HTTP/1.1`, 'Host: a'), 400],
    ['NUL in a header', lines(`GET ${me} HTTP/1.1`, 'Host: a', 'X: a\0b'), 400],
    ['a header without a colon', lines(`GET ${me} HTTP/1.1`, 'Host: a', 'nonsense'), 400],
    ['a space before the colon', lines(`GET ${me} HTTP/1.1`, 'Host : a'), 400],
  ])('%s is refused', async (_what, bytes, status) => {
    const answer = await bench.sendBytes(bytes);
    expect(answer.status).toBe(status);
    expectEnvelope(answer);
    expect(answer.headers.get('connection')).toBe('close');
  });
});

describe('the end of a request', () => {
  const smuggled = `DELETE ${basePath}/accounts/110 HTTP/1.1\r\nHost: a\r\n`;

  test.each<[string, readonly string[]]>([
    ['both lengths', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['both lengths, the other way round', ['Transfer-Encoding: chunked', 'Content-Length: 4']],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 4']],
    ['two equal lengths', ['Content-Length: 0', 'Content-Length: 0']],
    ['a negative length', ['Content-Length: -1']],
    ['a length with a sign', ['Content-Length: +0']],
    ['a list of lengths', ['Content-Length: 0, 4']],
    ['a length in hex', ['Content-Length: 0x0']],
    ['a length beyond numbers', [`Content-Length: ${'9'.repeat(30)}`]],
    ['chunked, and then something else', ['Transfer-Encoding: chunked, identity']],
    ['chunked twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['chunked, but not quite', ['Transfer-Encoding: xchunked']],
    ['a header on two lines', ['Transfer-Encoding:', ' chunked']],
  ])('%s: the request gets one answer at most, and no second request is smuggled in', async (_what, headers) => {
    const wire = new Wire(bench.port);
    wire.send(`${bench.write('PUT', '/accounts/110', headers)}0\r\n\r\n${smuggled}${bench.authorization}\r\n\r\n`);
    const answer = await wire.read();
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
    await wire.readToEnd();
    expect(bench.subject.state.accounts.get(110)?.active).toBe(true);
  });

  test.each<[string, string]>([
    ['no number', 'x\r\n\r\n'],
    ['a negative number', '-1\r\n\r\n'],
    ['a number beyond numbers', `${'f'.repeat(20)}\r\n\r\n`],
    ['too little', '5\r\nab\r\n0\r\n\r\n'],
  ])('a chunk with the length %s answers 400 and ends the connection', async (_what, chunk) => {
    const wire = new Wire(bench.port);
    wire.send(
      bench.write('PUT', '/accounts/110', ['Content-Type: application/json', 'Transfer-Encoding: chunked']) + chunk,
    );
    const answer = await wire.read();
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
    await wire.readToEnd();
  });

  test('pipelined requests on one connection are answered in order', async () => {
    const wire = new Wire(bench.port);
    const paths = Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? '/organizations/me' : `/accounts/9${n}`));
    wire.send(paths.map((path) => bench.write('GET', path)).join(''));
    for (const [n] of paths.entries()) {
      const { status, text } = await wire.read();
      expect(status).toBe(n % 2 === 0 ? 200 : 404);
      if (n % 2 !== 0) expect(text).toContain(`No account found with ID 9${n}`);
    }
    wire.close();
  });

  test('an aborted upload has no effect on other requests', async () => {
    const wire = new Wire(bench.port);
    wire.send(
      `${bench.write('POST', '/accounts', ['Content-Type: application/json', 'Content-Length: 1000'])}{"externalId"`,
    );
    await bench.send('GET', '/organizations/me');
    wire.close();
  });
});

describe('rare forms of HTTP', () => {
  test.each<[string, () => string, number]>([
    ['HTTP/0.9', () => 'GET /\r\n\r\n', 404],
    ['HTTP/1.0', () => lines(`GET ${me} HTTP/1.0`, bench.authorization), 200],
    ['no Host', () => lines(`GET ${me} HTTP/1.1`, bench.authorization), 200],
    ['two Hosts', () => bench.write('GET', '/organizations/me', ['Host: b']), 200],
    ['the absolute form', () => lines(`GET http://a${me} HTTP/1.1`, 'Host: b', bench.authorization), 200],
    ['another scheme', () => lines(`GET ftp://a${me} HTTP/1.1`, 'Host: b', bench.authorization), 404],
    ['TRACE', () => bench.write('TRACE', '/organizations/me'), 405],
    ['a verb of WebDAV', () => bench.write('PROPFIND', '/organizations/me'), 405],
    ['OPTIONS *', () => lines('OPTIONS * HTTP/1.1', 'Host: a'), 404],
    ['Upgrade', () => bench.write('GET', '/organizations/me', ['Connection: Upgrade', 'Upgrade: websocket']), 200],
    [
      'h2c',
      () => bench.write('GET', '/organizations/me', ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c']),
      200,
    ],
    ['Expect', () => bench.write('GET', '/organizations/me', ['Expect: 100-continue']), 200],
    ['another Expect', () => bench.write('GET', '/organizations/me', ['Expect: nonsense']), 200],
    ['2,000 headers', () => bench.write('GET', '/organizations/me', many.slice(0, 1000)), 200],
    ['a GET with a body', () => `${bench.write('GET', '/organizations/me', ['Content-Length: 3'])}abc`, 200],
    ['blank lines first', () => `\r\n\r\n${bench.write('GET', '/organizations/me')}`, 200],
    ['a tab after the colon', () => bench.write('GET', '/organizations/me', ['X:\t1\t']), 200],
  ])('%s', async (_what, bytes, status) => {
    const answer = await bench.sendBytes(bytes());
    expect(answer.status).toBe(status);
    if (status === 200) expect(JSON.parse(answer.text)).toMatchObject({ id: 10 });
    else expectEnvelope(answer);
  });

  test('CONNECT ends the connection, because the server is not a proxy', async () => {
    const wire = new Wire(bench.port);
    wire.send(lines('CONNECT a:80 HTTP/1.1', 'Host: a'));
    expect(await wire.readToEnd()).toBe('');
  });

  test.each(templates((name) => (name === 'key' ? 'admin' : '110')))('HEAD and OPTIONS of %s', async (path) => {
    const before = bench.subject.snapshot().organizations;
    for (const [method, statuses] of [
      ['HEAD', [200, 404, 405]],
      ['OPTIONS', [200]],
    ] as const) {
      const { status, headers, text } = await bench.send(method, path);
      expect(statuses).toContain(status);
      expect(text).toBe('');
      expect(headers.get('elements-request-id')).toMatch(/^[0-9a-f]{24}$/);
      expect(headers.get('allow') ?? 'OPTIONS').toContain('OPTIONS');
    }
    expect(bench.subject.snapshot().organizations).toEqual(before);
  });

  test.each(controlPaths())('HEAD and OPTIONS of %s', async (path) => {
    for (const method of ['HEAD', 'OPTIONS']) {
      const { status, headers } = await bench.sendBytes(
        lines(`${method} ${path} HTTP/1.1`, 'Host: localhost'),
        method === 'HEAD',
      );
      // /callers needs a query.
      expect([200, 400, 404, 405]).toContain(status);
      expect(headers.get('elements-request-id')).toMatch(/^[0-9a-f]{24}$/);
    }
  });
});

function controlPaths(): string[] {
  return [...new Set(endpoints.map(({ path }) => `/__emulator${path.replace(/\{\w+\}/, '1')}`))];
}

test('a slow client has limited time', async () => {
  const create = jest.spyOn(http, 'createServer');
  const socket = new Socket(createSubject().app.listener, { port: 0, host: '127.0.0.1' }, () => '');
  await socket.open();
  const server: Server = create.mock.results[0]?.value;
  create.mockRestore();
  expect(server.headersTimeout).toBe(10_000);
  expect(server.requestTimeout).toBe(30_000);
  expect(server.keepAliveTimeout).toBeLessThanOrEqual(10_000);

  let connection: Connection | undefined;
  server.once('connection', (opened: Connection) => {
    connection = opened;
  });
  const wire = new Wire(Number(new URL(socket.url).port));
  await wire.exchange(lines('GET / HTTP/1.1', 'Host: a'));
  // Until the answer has been taken; after it the next request may take as long as a connection may be idle.
  expect([15_000, server.keepAliveTimeout, server.keepAliveTimeout + 1000]).toContain(connection?.timeout);
  wire.close();
  await socket.close();
});
