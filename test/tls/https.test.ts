import { once } from 'node:events';
import { get, request } from 'node:https';
import { connect } from 'node:tls';
import { createEmulator, type Emulator, startEmulator } from '../../src/index.ts';
import { interceptPlatform } from '../../src/intercept/index.ts';

/** The answer to a call with node:https, by a client that trusts the emulator's certificate. */
function call(
  emulator: Emulator,
  path: string,
  { method = 'GET', body = '', ...headers }: Record<string, string> = {},
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, ca: emulator.certificate, agent: false };
    const sent = request(emulator.url + path, options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const emulators: Emulator[] = [];
async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
  const emulator = await startEmulator({ fixture: 'minimal', https: true, ...options });
  emulators.push(emulator);
  return emulator;
}
afterEach(async () => {
  for (const emulator of emulators.splice(0)) await emulator.close();
});

test('the emulator answers over https, and its URL says so', async () => {
  const emulator = await start();
  expect(emulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(emulator.baseUrl).toBe(`${emulator.url}/elements/api-v2`);
  const { authorization } = emulator.credentials;
  expect(await call(emulator, '/elements/api-v2/organizations/me', { authorization })).toMatchObject({ status: 200 });
  const { text } = await call(emulator, '/__emulator/openapi.json');
  expect(JSON.parse(text).servers).toMatchObject([{ url: emulator.baseUrl }]);
});

test('the certificate is for the names of this machine, for the host and for allowed ones', async () => {
  const emulator = await start({ host: 'localhost', allowHosts: ['emulator.test', '[::2]'] });
  const socket = connect({ port: Number(new URL(emulator.url).port), host: 'localhost', ca: emulator.certificate });
  await once(socket, 'secureConnect');
  const { subjectaltname, issuer } = socket.getPeerCertificate();
  socket.destroy();
  expect(subjectaltname).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:emulator.test, IP Address:0:0:0:0:0:0:0:2',
  );
  expect(issuer.CN).toBe('cloud-elements-emulator on this machine');
});

test('a client that does not trust the certificate refuses it', async () => {
  const { url } = await start();
  const [error] = await once(get(url, { agent: false }), 'error');
  expect(error).toMatchObject({ code: expect.stringMatching(/SELF_SIGNED_CERT/) });
});

test('each emulator has its own certificate and keeps it', async () => {
  const [first, second] = [await start(), await start()];
  expect(first.certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  expect(first.certificate).not.toBe(second.certificate);
  const { certificate } = first;
  await first.reset();
  expect(first.certificate).toBe(certificate);
});

test('calls of the page are allowed, and calls of a page at the same address without encryption are not', async () => {
  const emulator = await start();
  const { host } = new URL(emulator.url);
  const reset = (origin: string) => call(emulator, '/__emulator/reset', { method: 'POST', origin });
  expect(await reset(`https://${host}`)).toMatchObject({ status: 200 });
  expect(await reset(`http://${host}`)).toMatchObject({ status: 403 });
});

test('GET /__emulator/certificate answers the certificate', async () => {
  const emulator = await start();
  const answer = await call(emulator, '/__emulator/certificate');
  expect(answer).toEqual({ status: 200, text: emulator.certificate });
  const other = await startEmulator({ fixture: 'minimal' });
  emulators.push(other);
  const refused = await fetch(`${other.url}/__emulator/certificate`);
  expect(refused.status).toBe(404);
  expect(await refused.text()).toContain('start it with --https');
});

test('an interception reaches the emulator without the certificate', async () => {
  const emulator = await start();
  const wayBack = interceptPlatform(emulator);
  try {
    expect((await fetch('https://api.cloud-elements.com/elements/api-v2/accounts')).status).toBe(401);
    expect(await call(emulator, '/elements/api-v2/accounts')).toMatchObject({ status: 401 });
    expect(emulator.requests).toHaveLength(2);
  } finally {
    wayBack();
  }
});

test('the events are sent over https', async () => {
  const emulator = await start();
  const sent = get(`${emulator.url}/__emulator/events`, { ca: emulator.certificate, agent: false });
  const [response] = await once(sent, 'response');
  const [first] = await once(response, 'data');
  expect(String(first)).toContain('event: hello');
  sent.destroy();
});

test('a dropped connection is reset', async () => {
  const emulator = await start();
  emulator.faults.add({ drop: true, times: 1 });
  await expect(call(emulator, '/elements/api-v2/accounts')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(emulator.requests.last()).toMatchObject({ fault: 1 });
  expect(await call(emulator, '/elements/api-v2/accounts')).toMatchObject({ status: 401 });

  // On the wire as well: not an orderly end.
  emulator.faults.add({ drop: true });
  const socket = connect({ port: Number(new URL(emulator.url).port), host: '127.0.0.1', ca: emulator.certificate });
  await once(socket, 'secureConnect');
  socket.write('GET /elements/api-v2/accounts HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
});

test('an invalid HTTP request is answered in the envelope', async () => {
  const emulator = await start();
  const socket = connect({ port: Number(new URL(emulator.url).port), host: '127.0.0.1', ca: emulator.certificate });
  await once(socket, 'secureConnect');
  socket.write('NONSENSE\r\n\r\n');
  const [data] = await once(socket, 'data');
  expect(String(data)).toMatch(/^HTTP\/1\.1 400 .*"message":"This is not a valid HTTP request\."/s);
  socket.destroy();
});

test('a client that speaks HTTP fails, and the next client is answered', async () => {
  const emulator = await start();
  await expect(fetch(emulator.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  expect(await call(emulator, '/__emulator/health')).toMatchObject({ status: 200 });
});

test('the certificate is valid while fake timers are on, whatever the date', async () => {
  jest.useFakeTimers({ now: new Date('2001-01-01') });
  try {
    const emulator = await start();
    expect(await call(emulator, '/__emulator/health')).toMatchObject({ status: 200 });
  } finally {
    jest.useRealTimers();
  }
});

test('a given key and certificate are used', async () => {
  const made = await (await import('../../src/tls/make-certificate.ts')).makeCertificate(['127.0.0.1']);
  const emulator = await start({ https: { key: made.key, cert: made.cert } });
  expect(emulator.certificate).toBe(made.cert);
  expect(await call(emulator, '/__emulator/health')).toMatchObject({ status: 200 });
});

describe('is refused', () => {
  const wanted = 'must be true, false or { key, cert }, two texts in PEM';
  test.each<[unknown, string]>([
    ['yes', `Option 'https' ${wanted}, not 'yes'.`],
    [null, `Option 'https' ${wanted}, not this object.`],
    [{ key: 'secret text' }, `Option 'https' ${wanted}, not this object.`],
    [{ key: 'k', cert: 'c', passphrase: 'p' }, `Option 'https' ${wanted}, not this object.`],
    [{ key: 'secret text', cert: 'c' }, "Option 'https' has a key and a certificate that cannot be used ("],
  ])('%j', (https, message) => {
    const start = () => createEmulator({ https } as never);
    expect(start).toThrow(message);
    expect(start).not.toThrow('secret text');
  });

  test('a key for another certificate', async () => {
    const { makeCertificate } = await import('../../src/tls/make-certificate.ts');
    const [{ key }, { cert }] = await Promise.all([makeCertificate(['a']), makeCertificate(['b'])]);
    expect(() => createEmulator({ https: { key, cert } })).toThrow(/cannot be used \(.*key values mismatch/i);
  });

  test('reading the certificate of an emulator without one', async () => {
    expect(() => createEmulator().certificate).toThrow("start it with the option 'https'");
    const emulator = createEmulator({ https: true });
    expect(() => emulator.certificate).toThrow('await emulator.listen() first');
    await emulator.close();
  });
});
