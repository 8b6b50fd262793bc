import { EventEmitter, once } from 'node:events';
import { Server } from 'node:http';
import { connect, Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { answerClientErrors, listen } from '../../src/http/server.ts';
import { startEmulator } from '../../src/index.ts';
import { messageOf } from '../../src/text/message-of.ts';
import { inEndurance } from '../support/runs.ts';

/** A server that cannot listen, for this reason. */
function failing(code: string): Server {
  const server = new Server();
  server.listen = () => {
    queueMicrotask(() => server.emit('error', Object.assign(new Error('the cause'), { code })));
    return server;
  };
  return server;
}

describe('a socket that cannot be opened says why, and what to do', () => {
  test.each([
    ['EADDRINUSE', 'Port 80 on here is in use already: choose another one, or 0 for any that is free.'],
    ['EACCES', 'Port 80 on here may not be used by this process: choose one from 1024 up.'],
    ['EADDRNOTAVAIL', "Host 'here' is not an address of this machine: use 127.0.0.1, for example."],
    ['ENOTFOUND', "Host 'here' is not an address of this machine: use 127.0.0.1, for example."],
    ['EOTHER', 'The emulator cannot listen on here, port 80: the cause.'],
  ])('%s', async (code, message) => {
    await expect(listen(failing(code), 80, 'here')).rejects.toThrow(message);
  });
});

describe('what is no HTTP request', () => {
  /** What is written on a socket on which this error came up. */
  async function answerTo(code: string | undefined, socket = new PassThrough()): Promise<string> {
    const server = new EventEmitter();
    answerClientErrors(server as Server, () => 'an-id');
    server.emit('clientError', Object.assign(new Error('bad'), code === undefined ? {} : { code }), socket);
    if (socket.destroyed) return 'destroyed';
    return (await socket.toArray()).join('');
  }

  test.each([
    [undefined, '400 Bad Request', 'This is not a valid HTTP request.'],
    ['HPE_INVALID_METHOD', '400 Bad Request', 'This is not a valid HTTP request.'],
    [
      'HPE_INVALID_URL',
      '400 Bad Request',
      'The URL has characters that must be percent-encoded, such as a curly quote.',
    ],
    ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large', 'The headers or the URL are too long.'],
    ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'The request did not arrive completely in time.'],
  ])('%s is answered in the envelope', async (code, status, message) => {
    const answer = await answerTo(code);
    expect(answer.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({ requestId: 'an-id', message });
  });

  test('a connection that is gone is not answered', async () => {
    expect(await answerTo('ECONNRESET')).toBe('destroyed');
    const ended = new PassThrough();
    ended.end();
    expect(await answerTo(undefined, ended)).toBe('destroyed');
  });
});

test.each([
  [new Error('an error'), 'an error'],
  [{ message: 'of another realm' }, 'of another realm'],
  ['a text', 'a text'],
  [null, 'null'],
  [{}, '[object Object]'],
])('the message of %p', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

describe('who keeps a connection open without reading', () => {
  test.each(['/__emulator/health', '/elements/api-v2/organizations/me'])(
    'is given a quarter of a minute, twice: %s',
    async (path) => {
      const emulator = await startEmulator();
      const patience = jest.spyOn(Socket.prototype, 'setTimeout');
      try {
        await (await fetch(emulator.url + path)).text();
        expect(patience.mock.calls.map(([milliseconds]) => milliseconds)).toContain(15_000);
      } finally {
        patience.mockRestore();
        await emulator.close();
      }
    },
  );

  inEndurance('is cut off a second after the answer to what is no request', async () => {
    const emulator = await startEmulator();
    const socket = connect({ port: Number(new URL(emulator.url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.write('no request at all\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toContain('HTTP/1.1 400 Bad Request');
    // This end stays open; only a reset tells of it, when something is sent.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    socket.write('x');
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.write('y');
    await gone;
    await emulator.close();
  });
});
