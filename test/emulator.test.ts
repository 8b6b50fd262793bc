import http from 'node:http';
import net from 'node:net';
import request from 'supertest';
import { createEmulator, type Emulator, type RecordedRequest, startEmulator } from '../src/index.ts';
import { basePath, connect } from './support/client.ts';

const open: Emulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((emulator) => emulator.close()));
});

async function start(options?: Parameters<typeof startEmulator>[0]): Promise<Emulator> {
  const emulator = await startEmulator(options);
  open.push(emulator);
  return emulator;
}

/** A fixed run of calls of every kind, with all that came back. */
async function transcript(emulator: Emulator): Promise<unknown[]> {
  const platform = connect(emulator);
  const answers = [
    await platform.post('/accounts', { externalId: 'one' }),
    await platform.post('/accounts/4030/users', { firstName: 'A', lastName: 'B', email: 'a@b.c', password: 'pw' }),
    await platform.post('/accounts', { externalId: 'one' }),
    await platform.get('/accounts'),
    await platform.delete('/accounts/4030'),
    await platform.get('/accounts/4030/users'),
    await connect(emulator, 'nonsense').get('/accounts'),
  ];
  return answers.map(({ status, text, headers }) => ({ status, text, headers }));
}

describe('reset', () => {
  test('gives the same answers, ids and secrets again, byte for byte', async () => {
    const emulator = createEmulator({ now: '2017-07-10T12:00:00Z' });
    const first = await transcript(emulator);
    await emulator.reset();
    expect(await transcript(emulator)).toEqual(first);
  });

  test('another emulator gives the same answers only with a seed', async () => {
    const run = (seed?: string) => transcript(createEmulator({ now: '2017-07-10T12:00:00Z', seed }));
    expect(await run('a')).toEqual(await run('a'));
    expect(await run('a')).not.toEqual(await run('b'));
    expect(await run()).not.toEqual(await run());
  });
});

describe('credentials', () => {
  test('belong to the administrator of the first organization', () => {
    const { credentials } = createEmulator();
    expect(credentials).toEqual({
      userSecret: 'sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi',
      organizationSecret: '58168435e3b9959a929eb04b6218b9a2',
      authorization: 'User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2',
    });
  });

  test('of any user can be read by email, in any case of letters, or by id', async () => {
    const emulator = createEmulator();
    const authorization = emulator.authorizationFor('Jane@AcmeData.com');
    expect(emulator.authorizationFor(412)).toBe(authorization);
    const { status, body } = await connect(emulator, authorization).get('/organizations/me');
    expect(status).toBe(200);
    expect(body.id).toBe(55579);
  });

  test('of an unknown user are an error that says so', () => {
    expect(() => createEmulator().authorizationFor('nobody@acme.example')).toThrow(
      "There is no user 'nobody@acme.example' in the emulator.",
    );
  });

  test('are an error after the deletion of the last administrator, until a reset', async () => {
    const emulator = createEmulator();
    const { authorization } = emulator.credentials;
    const { status, text } = await connect(emulator).delete('/organizations/users/160255');
    expect(status).toBe(200);
    expect(text).toBe('');
    expect(() => emulator.credentials).toThrow('has no administrator any more: reset() the emulator.');
    await emulator.reset();
    expect(emulator.credentials.authorization).toBe(authorization);
  });

  test('belong to an inactive administrator if there is no other', async () => {
    const emulator = createEmulator();
    const { authorization } = emulator.credentials;
    await connect(emulator).delete('/accounts/156162');
    expect(emulator.credentials.authorization).toBe(authorization);
  });
});

describe('a socket', () => {
  test('listens on loopback, on a free port, and answers', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.baseUrl).toBe(one.url + basePath);
    expect(two.url).not.toBe(one.url);
    const answer = await fetch(`${one.baseUrl}/organizations/me`, {
      headers: { Authorization: one.credentials.authorization },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id: 55579 });
  });

  test('is opened once, however often listen() is called', async () => {
    const emulator = createEmulator();
    open.push(emulator);
    expect(() => emulator.url).toThrow('await emulator.listen() first');
    await Promise.all([emulator.listen(), emulator.listen()]);
    const { url } = emulator;
    await emulator.listen();
    expect(emulator.url).toBe(url);
  });

  test('on a port in use is an error that says what to do', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(startEmulator({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use already: choose another one, or 0 for any that is free.`,
    );
  });

  test('that could not be opened can be opened later', async () => {
    const first = await startEmulator();
    const second = createEmulator({ port: Number(new URL(first.url).port) });
    open.push(second);
    await expect(second.listen()).rejects.toThrow('is in use already');
    await first.close();
    await second.listen();
    expect(second.url).toMatch(/^http:/);
  });

  test('on an address of another machine is an error that says so', async () => {
    await expect(startEmulator({ host: '192.0.2.1' })).rejects.toThrow(
      "Host '192.0.2.1' is not an address of this machine",
    );
  });

  test('on all addresses is reached through loopback', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const { url } = await start({ host: '0.0.0.0' });
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${url}/__emulator/health`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
  });

  test.each([-1, 65536, 1.5, Number.NaN])('port %p is refused', (port) => {
    expect(() => createEmulator({ port })).toThrow(
      `Option 'port' must be a whole number from 0 to 65535, not ${port}.`,
    );
  });

  test('answers an invalid HTTP request in the envelope', async () => {
    const { url } = await start();
    const send = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
        let answer = '';
        socket.on('data', (data) => {
          answer += data;
        });
        socket.on('close', () => resolve(answer));
      });
    expect(await send('nonsense\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 [\s\S]*"message":"This is not a valid HTTP request."}$/,
    );
    expect(await send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 404 [\s\S]*"message":"There is/,
    );
    expect(await send('GET http://[/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 404 [\s\S]*Elements-Request-Id/,
    );
    expect(await send('GET / HTTP/1.1\r\nHost: a\r\nExpect: foo\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 404 /,
    );
    expect(await send('GET /a?where=name=’x’ HTTP/1.1\r\nHost: localhost\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 [\s\S]*Elements-Request-Id: [0-9a-f]{24}[\s\S]*must be percent-encoded/,
    );
    expect(await send(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 [\s\S]*too long/);
  });
});

/** Waits until a request is under way. */
async function arrival({ requests }: Emulator): Promise<void> {
  while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('close', () => {
  test('can be called twice, and before listen', async () => {
    const emulator = await startEmulator();
    const { url } = emulator;
    await Promise.all([emulator.close(), emulator.close()]);
    await emulator.close();
    await expect(fetch(url)).rejects.toThrow();
    await createEmulator().close();
  });

  test('is final', async () => {
    const emulator = createEmulator();
    await emulator.close();
    await expect(emulator.listen()).rejects.toThrow('The emulator has been closed: create another one.');
  });

  test('waits neither for an idle connection nor for an incomplete upload', async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    const agent = new http.Agent({ keepAlive: true });
    await new Promise((resolve) => {
      http.get({ port, path: '/__emulator/health', agent }, (response) => response.resume().on('end', resolve));
    });
    const upload = http.request({
      port,
      method: 'POST',
      path: `${basePath}/accounts`,
      headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' },
    });
    upload.on('error', () => undefined);
    upload.write('{"externalId": "half');
    await new Promise((resolve) => setTimeout(resolve, 50));

    const started = performance.now();
    await emulator.close();
    // Half a second for the upload, not the half minute that it may take; a kept connection ends by itself after five seconds.
    expect(performance.now() - started).toBeLessThan(4000);
    agent.destroy();
  });

  test('waits for a request under way', async () => {
    const emulator = await startEmulator();
    emulator.faults.add({ delayMs: 50 });
    const answer = fetch(`${emulator.baseUrl}/nowhere`);
    await arrival(emulator);
    await emulator.close();
    expect((await answer).status).toBe(404);
  });

  test('does not wait for connections without a request', async () => {
    const emulator = await startEmulator();
    const agent = new http.Agent({ keepAlive: true });
    const { port } = new URL(emulator.url);
    emulator.faults.add({ delayMs: 100 });
    const answered = new Promise<number | undefined>((resolve) => {
      http.get({ port, path: '/', agent }, (response) =>
        response.resume().on('end', () => resolve(response.statusCode)),
      );
    });
    await arrival(emulator);
    // Time is not up, however slow the machine is; a connection that is kept ends by itself after five seconds.
    const cut = jest.spyOn(http.Server.prototype, 'closeAllConnections').mockReturnValue();
    const started = performance.now();
    await emulator.close();
    expect(performance.now() - started).toBeLessThan(4000);
    cut.mockRestore();
    expect(await answered).toBe(404);
    agent.destroy();
  });

  test('is called by `await using`', async () => {
    const emulator = await startEmulator();
    const { url } = emulator;
    await emulator[Symbol.asyncDispose]();
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe('onRequest', () => {
  test('is called for every request, with the reason of a 401', async () => {
    const seen: RecordedRequest[] = [];
    const emulator = createEmulator({ onRequest: (answered) => seen.push(answered) });
    await connect(emulator).get('/accounts?where=id=1');
    await connect(emulator, 'User x, Organization y').get('/accounts');
    await request(emulator.app).get('/elsewhere');
    expect(seen).toMatchObject([
      { method: 'GET', path: '/accounts', query: { where: 'id=1' }, status: 200, user: { id: 160255 } },
      { method: 'GET', path: '/accounts', status: 401, reason: 'unknown organization secret' },
      { method: 'GET', path: '/elsewhere', status: 404 },
    ]);
  });
});

describe('the clock', () => {
  test('stands still at `now`', async () => {
    const emulator = createEmulator({ now: '2017-07-10T23:59:59Z' });
    const { status, body } = await connect(emulator).post('/accounts', { externalId: 'x' });
    expect(status).toBe(200);
    const account = await connect(emulator).get(`/accounts/${body.id}`);
    expect(account.body.createdDate).toBe('2017-07-10');
    expect(account.headers.date).toBe('Mon, 10 Jul 2017 23:59:59 GMT');
  });

  test('follows the machine without it, also under fake timers', async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate'] });
    try {
      const emulator = createEmulator();
      const { status, headers } = await connect(emulator).get('/organizations/me');
      expect(status).toBe(200);
      expect(Date.parse(headers.date ?? '')).toBeGreaterThan(Date.parse('2024-01-01'));
    } finally {
      jest.useRealTimers();
    }
  });

  test('refuses an invalid instant', () => {
    expect(() => createEmulator({ now: 'tomorrow' })).toThrow(
      "Option 'now' must be an ISO 8601 instant of the years 0000 to 9999, not 'tomorrow'.",
    );
  });
});
