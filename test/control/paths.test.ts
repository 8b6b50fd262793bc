import { createEmulator, type EmulatorOptions } from '../../src/index.ts';
import { version } from '../../src/text/version.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { connect, request } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

const control = '/__emulator';
const health = ok({ status: 'ok', version });

const call = (headers: Record<string, string>, path = '/health', options: EmulatorOptions = {}) =>
  request(createEmulator({ fixture: world, ...options }).app)
    .get(control + path)
    .set(headers);

test('GET /health answers the status and the version', async () => {
  expect(seen(await call({}))).toEqual(health);
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
});

describe('GET /credentials', () => {
  test('answers the credentials of the administrator of the first organization', async () => {
    const emulator = createWorld();
    const response = await request(emulator.app).get(`${control}/credentials`);
    expect(seen(response)).toEqual(ok(emulator.credentials));
    expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(seen(await connect(emulator, response.body.authorization).get('/organizations/me'))).toEqual(
      ok(expect.objectContaining({ id: 10 })),
    );
  });

  test.each([
    ['1101', 1101],
    ['user@here.example', 1101],
    ['USER%40HERE.example', 1101],
    ['2000', 2000],
    ['inactive@ten.example', 1002],
  ])('?user=%s', async (user, id) => {
    const emulator = createWorld();
    const authorization = emulator.authorizationFor(id);
    const [, userSecret, organizationSecret] = /^User (\S+), Organization (\S+)$/.exec(authorization) ?? [];
    expect(seen(await request(emulator.app).get(`${control}/credentials?user=${user}`))).toEqual(
      ok({ userSecret, organizationSecret, authorization }),
    );
  });

  test.each(['9999', 'nobody@ten.example', '%zz', '__proto__', '1e3', '0x3e8', '1000.0'])(
    'answers 404 for ?user=%s',
    async (user) => {
      const response = await request(createWorld().app).get(`${control}/credentials?user=${user}`);
      expect(seen(response)).toEqual(refused(404, `No user found for '${user}'.`));
    },
  );

  test('answers 404 without an administrator', async () => {
    const emulator = createWorld();
    await connect(emulator).patch('/accounts/100?permanent=true', { active: false });
    expect(seen(await request(emulator.app).get(`${control}/credentials`))).toEqual(
      refused(404, 'There is no administrator.'),
    );
  });
});

describe('the guard admits only this machine', () => {
  const foreignHost = (host: string) =>
    refused(403, `Host '${host}' is not this machine: start the emulator with --allow-host to allow it.`);
  const foreignOrigin = (origin: string) =>
    refused(403, `Origin '${origin}' is foreign: the control endpoints answer no other pages.`);

  test.each(['localhost', 'localhost:4600', 'LocalHost:4600', '127.0.0.1', '127.0.0.1:1', '[::1]', '[::1]:4600'])(
    'admits Host: %s',
    async (host) => {
      expect(seen(await call({ Host: host }))).toEqual(health);
    },
  );

  test.each([
    'evil.example',
    'evil.example:4600',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@localhost',
    'localhost:4600:1',
    'localhost:x',
    '10.0.0.1',
    '0.0.0.0',
    '[::2]',
  ])('refuses Host: %s', async (host) => {
    for (const path of ['/health', '/credentials', '/nowhere']) {
      expect(seen(await call({ Host: host }, path))).toEqual(foreignHost(host));
    }
  });

  test('admits a Host of allowHosts, in any case of letters and on any port', async () => {
    const options = { allowHosts: ['Emulator.Internal'] };
    expect(seen(await call({ Host: 'emulator.internal:80' }, '/health', options))).toEqual(health);
    expect(seen(await call({ Host: 'EMULATOR.internal' }, '/health', options))).toEqual(health);
    expect(seen(await call({ Host: 'other.internal' }, '/health', options))).toEqual(foreignHost('other.internal'));
  });

  test.each([
    ['http://localhost:4600', 'localhost:4600'],
    ['http://LOCALHOST:4600', 'localhost:4600'],
    ['http://127.0.0.1:4600', '127.0.0.1:4600'],
    ['http://[::1]:4600', '[::1]:4600'],
  ])("admits Origin: %s as the emulator's own at %s", async (origin, host) => {
    expect(seen(await call({ Host: host, Origin: origin }))).toEqual(health);
  });

  test.each([
    'http://evil.example',
    'http://localhost:4601',
    'http://localhost',
    'https://localhost:4600',
    'http://127.0.0.1:4600',
    'http://localhost:4600.evil.example',
    'null',
    'file://',
  ])('refuses Origin: %s', async (origin) => {
    for (const path of ['/health', '/credentials']) {
      expect(seen(await call({ Host: 'localhost:4600', Origin: origin }, path))).toEqual(foreignOrigin(origin));
    }
  });

  test('a refusal has no secret, and no page of another site can read it', async () => {
    const emulator = createWorld();
    const { userSecret, organizationSecret } = emulator.credentials;
    const refusal = await request(emulator.app).get(`${control}/credentials`).set('Origin', 'http://evil.example');
    expect(seen(refusal)).toEqual(foreignOrigin('http://evil.example'));
    expect(refusal.text).not.toContain(userSecret);
    expect(refusal.text).not.toContain(organizationSecret);
    const answer = await request(emulator.app).get(`${control}/credentials`);
    expect(answer.text).toContain(userSecret);
    for (const { headers } of [refusal, answer]) expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('the guard does not apply to the platform', async () => {
    const emulator = createWorld();
    const response = await connect(emulator)
      .get('/organizations/me')
      .set({ Host: 'api.cloud-elements.com', Origin: 'https://app.example' });
    expect(seen(response)).toEqual(ok(expect.objectContaining({ id: 10 })));
  });
});

describe('unknown endpoints', () => {
  test.each(['/nowhere', '/health/x', '/credentials/1'])('GET /__emulator%s answers 404', async (path) => {
    expect(seen(await call({}, path))).toEqual(
      refused(
        404,
        `There is nothing at ${control}${path}, only /health, /credentials, /reset, /snapshots, /snapshots/{name}, /snapshots/{name}/restore, /requests, /faults, /faults/{id}, /stubs, /stubs/{id}, /openapi.json, /clock, /organizations, /accounts, /users, /callers, /organizations/{id}, /excerpt, /certificate, /events.`,
      ),
    );
  });

  test.each(['/health', '/credentials'])('other methods on %s answer 405', async (path) => {
    const { app } = createWorld();
    for (const verb of ['post', 'put', 'patch', 'delete', 'options'] as const) {
      const response = await request(app)[verb](control + path);
      expect(seen(response)).toEqual(
        refused(405, `${verb.toUpperCase()} is not allowed on ${control}${path}, only GET, HEAD.`),
      );
      expect(response.headers).toMatchObject({ allow: 'GET, HEAD' });
    }
  });

  test('HEAD answers as GET without a body', async () => {
    const response = await request(createWorld().app).head(`${control}/health`);
    expect(seen(response)).toEqual(ok(''));
    expect(response.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
  });

  test('answers have a request id and a Date, as those of the platform', async () => {
    for (const path of ['/health', '/nowhere']) {
      const { headers, body, status } = await request(createWorld().app).get(control + path);
      expect(headers).toMatchObject({
        date: 'Sun, 01 Mar 2020 10:20:30 GMT',
        'elements-request-id': expect.stringMatching(/^5e5b8c6e[0-9a-f]{16}$/),
      });
      if (status === 404) expect(body.requestId).toBe(headers['elements-request-id']);
    }
  });
});
