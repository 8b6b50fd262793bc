import fc from 'fast-check';
import { createEmulator, type RecordedRequest } from '../../src/index.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { runs } from '../support/runs.ts';
import { createWorld, world } from '../support/world.ts';

seedFastCheck();
const hidden = '[redacted]';

describe('the fields of a body', () => {
  test.each([
    [{ password: 'x' }, { password: hidden }],
    [
      { PassWord: 5, secret: null },
      { PassWord: hidden, secret: hidden },
    ],
    [{ a: [{ b: { secret: { c: 1 } } }] }, { a: [{ b: { secret: hidden } }] }],
    [
      { userSecret: 'x', organizationSecret: 'x', oauthToken: 'x', token: 'x', authorization: 'x' },
      { userSecret: hidden, organizationSecret: hidden, oauthToken: hidden, token: hidden, authorization: hidden },
    ],
    [{ passwordPolicy: 'shown' }, { passwordPolicy: 'shown' }],
  ])('%j', async (body, recorded) => {
    const emulator = createWorld();
    expect((await connect(emulator).post('/accounts', { externalId: 'x', ...body })).status).toBe(200);
    expect(emulator.requests.last()?.body).toEqual({ externalId: 'x', ...recorded });
  });

  test('a password that is a word of the API is redacted as a value, not as a name', async () => {
    const emulator = createEmulator();
    const client = connect(emulator);
    await client.post('/authentication', { username: 'jane@acmedata.com', password: 'password' });
    expect(emulator.requests.last()?.body).toEqual({ username: 'jane@acmedata.com', password: hidden });
    await client.put('/organizations/password-policies', { minLength: 20 });
    const user = { firstName: 'A', lastName: 'B', city: 'password', email: 'a@b.c', password: 'password' };
    const { body } = await client.post('/accounts/161268/users', user);
    expect(emulator.requests.last()).toMatchObject({
      body: { ...user, city: hidden, password: hidden },
      message: 'The password must have at least 20 characters.',
    });
    expect(body.message).toBe(emulator.requests.last()?.message);
  });

  test('a password is redacted under another name too', async () => {
    const emulator = createWorld();
    const body = { firstName: 'A', lastName: 'x', city: 'hush-hush', email: 'a@b.c', password: 'hush-hush' };
    expect((await connect(emulator).post('/organizations/users', body)).status).toBe(200);
    expect(JSON.stringify(emulator.requests.all())).not.toContain('hush-hush');
  });
});

const { organizations } = createWorld().snapshot();
const users = organizations.flatMap(({ accounts = [] }) => accounts.flatMap((account) => account.users ?? []));
const secretOf = (id: number) => users.find((user) => user.id === id)?.secret ?? '';

describe('the secrets that a request carries', () => {
  const inPath = (text: string) => `/accounts/${encodeURIComponent(text)}`;
  const inWhere = (text: string) => `/accounts?where=${encodeURIComponent(`name='${text}'`)}`;
  test.each<[string, string, string]>([
    ["the caller's secret, in the path", inPath(secretOf(1000)), secretOf(1000)],
    ["the caller's secret, in where", inWhere(secretOf(1000)), secretOf(1000)],
    ["the caller's secret, in an unknown path", `/nowhere${inPath(secretOf(1000))}`, secretOf(1000)],
    ['a password, in where', `/organizations/users?where=password%3D'admin-pw'`, 'admin-pw'],
    ['a secret, in where', `/organizations/users?where=secret%3D'abc-def-ghi'`, 'abc-def-ghi'],
    ['a password, as a parameter', '/accounts?password=hush-hush&password=hush-hush', 'hush-hush'],
  ])('%s', async (_what, path, secret) => {
    const told: RecordedRequest[] = [];
    const emulator = createEmulator({ fixture: world, seed: 'world', onRequest: (request) => told.push(request) });
    await sendRaw(emulator, { path });
    const journal = JSON.stringify([emulator.requests.all(), told]);
    expect(told).toHaveLength(1);
    expect(journal).toContain('"method":"GET"');
    expect(journal).not.toContain(secret);
    expect(journal).not.toContain(encodeURIComponent(secret));
  });

  test.each(['User short, Organization tiny', 'User short', 'User a-user-secret,Organization b-secret-text'])(
    'the secrets of %j, known or not',
    async (authorization) => {
      const emulator = createWorld();
      const words = authorization.split(/[\s,]+/).filter((word) => !['User', 'Organization'].includes(word));
      const query = words.map((word) => `x=${word}`).join('&');
      expect((await connect(emulator, authorization).get(`/accounts?${query}`)).status).toBe(401);
      for (const word of words) expect(JSON.stringify(emulator.requests.all())).not.toContain(word);
    },
  );

  test('the password of Elements-User-Password', async () => {
    const emulator = createWorld();
    const { status } = await connect(emulator)
      .get('/accounts/110/users/1101?x=user-pw')
      .set('Elements-User-Password', 'user-pw');
    expect(status).toBe(200);
    expect(JSON.stringify(emulator.requests.all())).not.toContain('user-pw');
  });
});

test('the secrets and passwords of any request are not in the journal, in onRequest or in an error', async () => {
  const secrets = [...organizations, ...users].flatMap(({ secret }) => secret ?? []);
  const passwords = users.flatMap(({ password }) => password ?? []);
  // These two stand for the caller's own secrets.
  const word = fc.constantFrom('abc', 'x', 'name', '@user', '@organization');
  const body = fc.dictionary(
    fc.constantFrom('externalId', 'name', 'email', 'firstName', 'password', 'x'),
    fc.oneof(word, fc.record({ secret: fc.constantFrom(...passwords), y: word }), fc.array(word, { maxLength: 2 })),
  );
  const told: RecordedRequest[] = [];
  const emulator = createEmulator({ fixture: world, seed: 'world', onRequest: (request) => told.push(request) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PATCH'),
      fc.constantFrom('/accounts', '/accounts/', '/organizations/users/', '/nowhere/'),
      word,
      body,
      fc.constantFrom(...users.flatMap(({ id }) => id ?? [])),
      async (method, path, word, template, caller) => {
        emulator.requests.clear();
        told.length = 0;
        const authorization = emulator.authorizationFor(caller);
        const [, user = '', organization = ''] = /^User (\S+), Organization (\S+)$/.exec(authorization) ?? [];
        const fill = (text: string) => text.replaceAll('@user', user).replaceAll('@organization', organization);
        const [at, sent] = [fill(word), JSON.parse(fill(JSON.stringify(template)))];
        const tail = path.endsWith('/') ? encodeURIComponent(at) : `?where=${encodeURIComponent(`name='${at}'`)}`;
        const headers = { 'Content-Type': 'application/json', Authorization: authorization };
        const answer = await sendRaw(emulator, { method, path: path + tail, headers, body: JSON.stringify(sent) });
        expect(answer.status).not.toBe(500);
        const journal = JSON.stringify([emulator.requests.all(), told]);
        for (const secret of [...secrets, ...passwords]) {
          expect(journal).not.toContain(secret);
          expect(journal).not.toContain(encodeURIComponent(secret));
          // The text that the caller put into the path or the query may be in the answer only.
          if (answer.status >= 400 && secret !== at && !JSON.stringify(sent).includes(secret)) {
            expect(answer.text).not.toContain(secret);
          }
        }
      },
    ),
    { numRuns: runs(60) },
  );
});
