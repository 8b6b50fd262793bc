import { refused } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { sendRaw } from './raw.ts';

const createWorld = reuseWorlds();

/** What clients put on the wire beside the ordinary. */

describe('a request target with scheme and host, as clients behind a proxy send it', () => {
  test.each([
    ['http://127.0.0.1:4600', '/accounts/110'],
    ['HTTPS://api.example', '/accounts?where=id=110'],
  ])('%s', async (host, path) => {
    const { status, body } = await sendRaw(createWorld(), { base: `${host}/elements/api-v2`, path });
    expect(status).toBe(200);
    expect([body].flat()).toMatchObject([{ id: 110, name: 'Here' }]);
  });

  test('that has no path is unknown', async () => {
    const answer = await sendRaw(createWorld(), { base: 'http://api.example', path: '' });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ message: expect.stringContaining('There is nothing at') });
  });
});

describe('Elements-User-Password beyond ASCII', () => {
  const password = 'pässwörd-€';

  test.each([
    ['UTF-8, as curl sends it', Buffer.from(password, 'utf8').toString('latin1'), 'with'],
    ['bytes that are no UTF-8', 'p\u00e4ssw', 'without'],
  ])('%s', async (_what, header, secret) => {
    const emulator = createWorld();
    await connect(emulator).patch('/accounts/110/users/1101', { password });
    const answer = await sendRaw(emulator, {
      path: '/accounts/110/users/1101',
      headers: { 'Elements-User-Password': header },
    });
    expect(answer.status).toBe(200);
    expect(Object.hasOwn(answer.body as object, 'secret')).toBe(secret === 'with');
  });

  test('in Latin-1 matches too', async () => {
    const emulator = createWorld();
    await connect(emulator).patch('/accounts/110/users/1101', { password: 'pässwörd' });
    const headers = { 'Elements-User-Password': 'pässwörd' };
    const { status, body } = await sendRaw(emulator, { path: '/accounts/110/users/1101', headers });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 1101, secret: expect.any(String) });
  });
});

describe('the message for a field says what was found where that says something', () => {
  test.each([
    ['{"externalId": "x", "name": " "}', "Field 'name' must be a text that is not blank."],
    ['{"externalId": "x", "name": 5}', "Field 'name' must be a text that is not blank, not a number."],
    ['{"externalId": 1e400}', "Field 'externalId' must be a text that is not blank, or a number that is not infinite."],
    ['{"externalId": "x", "description": true}', "Field 'description' must be a text, not true."],
  ])('%s', async (body, message) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await sendRaw(createWorld(), { method: 'POST', path: '/accounts', headers, body });
    expect({ status: answer.status, body: answer.body }).toEqual(refused(400, message));
  });

  test('of a role without a key', async () => {
    const { status, body } = await connect(createWorld()).patch('/accounts/110/users/1101', { roles: [{}] });
    expect({ status, body }).toEqual(
      refused(400, "Field 'roles[0].key' must be a text that is not blank, and is missing."),
    );
  });

  test('of an email that is too long to be found by its path', async () => {
    const email = `${'x'.repeat(250)}@b.c`;
    expect(email).toHaveLength(254);
    const user = { firstName: 'A', lastName: 'B', password: 'p' };
    const emulator = createWorld();
    const created = await connect(emulator).post('/accounts/110/users', { ...user, email });
    expect(created.status).toBe(200);
    const found = await connect(emulator).get(`/accounts/110/users/${encodeURIComponent(email)}`);
    expect(found).toMatchObject({ status: 200, body: { email } });
    const { status, body } = await connect(emulator).post('/accounts/110/users', { ...user, email: `x${email}` });
    expect({ status, body }).toEqual(refused(400, "Field 'email' must be an email address."));
  });
});

describe('a body without a Content-Type', () => {
  const call = (body: string, chunked: boolean) =>
    sendRaw(createWorld(), { method: 'PUT', path: '/accounts/110', body, chunked });

  test.each([
    ['nothing, in chunks', '', true],
    ['null, in chunks', 'null', true],
    ['null', 'null', false],
  ])('that is %s is no body', async (_what, body, chunked) => {
    const answer = await call(body, chunked);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: 110, name: 'Here' });
  });

  test.each([
    ['an object', '{}', false],
    ['a name', '{"name":"x"}', true],
    ['no JSON', 'x', true],
  ])('that is %s is 415', async (_what, body, chunked) => {
    const answer = await call(body, chunked);
    expect({ status: answer.status, body: answer.body }).toEqual(
      refused(415, 'The body must be application/json, not without a Content-Type.'),
    );
  });
});
