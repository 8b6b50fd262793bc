import { createEmulator, type RecordedRequest } from '../../src/index.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { world } from '../support/world.ts';

const hidden = '[redacted]';
const json = { 'Content-Type': 'application/json' };
const administrator = { username: 'administrator@ten.example', password: 'admin-pw' };
const uma = { username: 'user@here.example', password: 'user-pw' };

/** An emulator, its journal, and the arguments of `onRequest`. */
function start() {
  const told: RecordedRequest[] = [];
  const emulator = createEmulator({ fixture: world, seed: 'world', onRequest: (request) => told.push(request) });
  const journal = () => JSON.stringify([emulator.requests.all(), told]);
  const logIn = async (user = uma) => String((await connect(emulator, '').post('/authentication', user)).body.token);
  return { emulator, journal, logIn };
}

/** Sends a request, expects it in the journal without these words, and answers its entry there. */
async function sendHidden(
  of: ReturnType<typeof start>,
  request: RawRequest,
  words: string[],
): Promise<RecordedRequest> {
  of.emulator.requests.clear();
  await sendRaw(of.emulator, request);
  const [recorded, ...others] = of.emulator.requests.all();
  if (recorded === undefined || others.length > 0) throw new Error('the journal has not one request');
  for (const word of words) expect(of.journal()).not.toContain(word);
  return recorded;
}

describe('a Bearer token is redacted', () => {
  const where = (token: string) => `/accounts?where=${encodeURIComponent(`name='${token}'`)}`;
  const post = (path: string, body: object) => ({ method: 'POST', path, headers: json, body: JSON.stringify(body) });
  const bare = { externalId: 'new' };
  const rows: [place: string, request: (token: string) => RawRequest][] = [
    ['the path', (token) => ({ path: `/accounts/${token}` })],
    ['an unknown path', (token) => ({ path: `/${token}/nowhere` })],
    ['the key of a role', (token) => ({ method: 'PUT', path: `/users/1101/roles/${token}` })],
    ['where', (token) => ({ path: where(token) })],
    ['a parameter', (token) => ({ path: `/accounts?x=${token}&x=${token}` })],
    ['a header’s words in a parameter', (token) => ({ path: `/accounts?x=Bearer%20${token}` })],
    ['a parameter’s name', (token) => ({ path: `/accounts?${token}` })],
    [
      'a URL in a parameter',
      (token) => ({ path: `/accounts?to=${encodeURIComponent(`http://x.example/?t=${token}`)}` }),
    ],
    ['the body', (token) => post('/accounts', { ...bare, name: token, x: [{ y: `so: ${token}` }] })],
    ['a key of the body', (token) => post('/accounts', { ...bare, [token]: true })],
    ['the name of a login', (token) => post('/authentication', { ...uma, username: token })],
    ['the password of a login', (token) => post('/authentication', { ...uma, password: token })],
    ['a new password', (token) => post('/authentication/passwords', { password: token })],
    [
      'a role in a list',
      (token) => ({ ...post('/organizations/roles', [{ key: token, privileges: [] }]), method: 'PUT' }),
    ],
  ];

  test.each(rows)("if it is the caller's, in %s", async (_place, request) => {
    const of = start();
    const token = await of.logIn(administrator);
    const { headers, ...raw } = request(token);
    const sent = { ...raw, headers: { ...headers, Authorization: `Bearer ${token}` } };
    const { body } = await sendHidden(of, sent, [token]);
    // Otherwise the request was refused before it was read, and the test shows nothing.
    expect(body === undefined).toBe(raw.body === undefined);
  });

  test.each([
    'Bearer not-anybodys-token',
    'bearer not-anybodys-token',
    'Bearer not-anybodys-token, Bearer not-anybodys-token',
    'User not-anybodys-token, Bearer not-anybodys-token',
    'Token not-anybodys-token',
  ])('if it is unknown, in the header %j', async (authorization) => {
    const path = '/accounts/not-anybodys-token?x=not-anybodys-token';
    await sendHidden(start(), { path, headers: { Authorization: authorization } }, ['not-anybodys-token']);
  });

  test('if it is unknown, by the name of its field, and without the scheme', async () => {
    const request = post('/authentication?access_token=not-a-token&x=Bearer', { ...uma, token: 'not-a-token' });
    const headers = { ...json, Authorization: 'Bearer other-token' };
    const { status, query, body } = await sendHidden(start(), { ...request, headers }, ['not-a-token']);
    expect({ status, query }).toEqual({ status: 200, query: { access_token: hidden, x: 'Bearer' } });
    expect(body).toEqual({ ...uma, password: hidden, token: hidden });
  });

  test('if it has ended, in the header and elsewhere', async () => {
    const of = start();
    const token = await of.logIn();
    const headers = { Authorization: `Bearer ${token}` };
    const secrets = await sendRaw(of.emulator, { path: '/authentication/secrets', headers });
    await sendRaw(of.emulator, { method: 'POST', path: '/authentication/user-secret-reset', headers });
    const { userSecret } = JSON.parse(secrets.text) as { userSecret: string };
    expect(userSecret).toHaveLength(44);
    const { reason } = await sendHidden(of, { path: `/accounts/${token}?x=${token}`, headers }, [token, userSecret]);
    expect(reason).toBe('unknown Bearer token, or one that has ended');
  });

  test('in the answers of a login, of the secrets and of a reset', async () => {
    const of = start();
    const token = await of.logIn();
    const caller = connect(of.emulator, `Bearer ${token}`);
    const before = await caller.get('/authentication/secrets');
    const after = await caller.call('post', '/authentication/user-secret-reset');
    expect([before.status, after.status, of.emulator.requests.length]).toEqual([200, 200, 3]);
    const { userSecret, organizationSecret } = before.body;
    for (const word of [token, userSecret, organizationSecret, after.body.userSecret]) {
      expect(word).toEqual(expect.stringMatching(/^\S{32,44}$/));
      expect(of.journal()).not.toContain(word);
    }
  });

  test('but the entry has its user', async () => {
    const of = start();
    await connect(of.emulator, `Bearer ${await of.logIn()}`).get('/organizations/me');
    const user = { id: 1101, email: 'user@here.example', organizationId: 10 };
    expect(of.emulator.requests.last()).toMatchObject({ status: 200, user });
  });
});

describe('a password in a body of /authentication is redacted', () => {
  const secret = 'hush-hush';
  const wrong = { ...uma, password: secret };
  test.each<[what: string, status: number, body: unknown, path?: string, method?: string]>([
    ['a wrong password', 401, wrong],
    ['a password with an unknown name', 401, { ...wrong, username: 'nobody@here.example' }],
    ['in the name too', 401, { ...wrong, username: secret }],
    ['in a word of the name', 401, { ...wrong, username: `me ${secret}` }],
    ['in other fields', 401, { ...wrong, x: { y: [secret] }, note: `it is "${secret}"` }],
    ['under other names', 200, { ...uma, newPassword: secret, pwd: secret, Password: secret }],
    ['an object', 400, { ...uma, password: { text: secret } }],
    ['a list', 400, { ...uma, password: [secret] }],
    ['without a name', 400, { password: secret }],
    ['in a list', 400, [wrong]],
    ['in a body that is not JSON', 400, `{"password":"${secret}"`],
    ['as a parameter', 200, uma, `/authentication?password=${secret}&Password=${secret}`],
    ['in the query as in the body', 401, wrong, `/authentication?x=${secret}`],
    ['in the path as in the body', 400, wrong, `/users/${secret}`, 'PATCH'],
    ['as a key of the body too', 401, { ...wrong, [secret]: 1 }],
    ['a new password', 200, { password: secret }, '/authentication/passwords'],
    ['a new password that is refused', 400, { password: `${secret}\t` }, '/authentication/passwords'],
    ['a new password, and its repetition', 200, { password: secret, again: secret }, '/authentication/passwords'],
  ])('%s', async (_what, status, sent, path = '/authentication', method = 'POST') => {
    const body = typeof sent === 'string' ? sent : JSON.stringify(sent);
    const recorded = await sendHidden(start(), { method, path, headers: json, body }, [secret]);
    expect(recorded.status).toBe(status);
  });

  test('if it is right, old or repeated, and the rest of the body is shown', async () => {
    const of = start();
    const caller = connect(of.emulator, `Bearer ${await of.logIn()}`);
    expect(of.emulator.requests.last()).toMatchObject({ status: 200, body: { ...uma, password: hidden } });
    await connect(of.emulator).put('/organizations/password-policies', { previousPasswordCount: 2 });
    const repeated = await caller.post('/authentication/passwords', { password: 'user-pw', why: 'same' });
    expect([repeated.status, repeated.body.message]).toEqual([400, expect.stringContaining('none of the last 2')]);
    expect(of.emulator.requests.last()).toMatchObject({ status: 400, body: { password: hidden, why: 'same' } });
    const changed = await caller.post('/authentication/passwords', { password: 'fresh-pw' });
    expect([changed.status, changed.body.token]).toEqual([200, expect.any(String)]);
    for (const word of ['user-pw', 'fresh-pw']) expect(of.journal() + repeated.text + changed.text).not.toContain(word);
  });

  test.each([
    ['for a wrong password', { ...uma, password: secret }, 'wrong password of user 1101'],
    ['for an unknown name', { username: 'nobody', password: secret }, 'unknown username'],
    ['for an inactive user', { username: 'inactive@ten.example', password: 'inactive-pw' }, 'user 1002 is inactive'],
  ])('and the journal has the reason %s', async (_what, body, reason) => {
    const of = start();
    const answer = await connect(of.emulator, '').post('/authentication', body);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(reason);
    expect(of.emulator.requests.last()).toMatchObject({ status: 401, reason });
    expect(of.journal()).not.toContain(body.password);
  });
});
