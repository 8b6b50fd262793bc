import { createEmulator, type Emulator, type Respond, type StubCaller } from '../../src/index.ts';
import { messageOf } from '../../src/text/message-of.ts';
import { empty, ok, refused, seen, unauthorized401 } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

describe('a function gets', () => {
  test('the request', async () => {
    const emulator = createWorld();
    let given: unknown;
    emulator.stubs.add({
      path: '/instances/{id}/objects/{name}',
      respond: (request) => {
        given = request;
        return {};
      },
    });
    const call = connect(emulator).call('patch', '/instances/7/objects/a%2Fb?q=1&q=2&where=id%3D1');
    expect(seen(await call.set('X-Own', 'yes').send({ a: [1] }))).toEqual(empty);
    expect(given).toEqual({
      method: 'PATCH',
      path: '/instances/7/objects/a%2Fb',
      parameters: { id: '7', name: 'a/b' },
      query: { q: ['1', '2'], where: 'id=1' },
      headers: expect.objectContaining({ 'x-own': 'yes', authorization: emulator.credentials.authorization }),
      body: { a: [1] },
      caller: {
        user: {
          ...{ id: 1000, email: 'administrator@ten.example', username: 'administrator@ten.example' },
          ...{ firstName: 'administrator', lastName: 'User', roles: ['org-admin'] },
        },
        account: {
          ...{ id: 100, externalId: 'ten-default', name: 'Default of Ten', description: 'Where administrators live' },
          defaultAccount: true,
        },
        organization: { id: 10, name: 'Ten' },
      },
    });
  });

  test("the operation's parameters", async () => {
    const emulator = createWorld();
    emulator.stubs.add({ operationId: 'getAccountById', respond: ({ parameters }) => ({ body: parameters }) });
    expect(seen(await connect(emulator).get('/accounts/110'))).toEqual(ok({ id: '110' }));
  });

  test('a caller that it cannot change, without secrets', async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      path: '/instances',
      respond: ({ caller }) => {
        expect(() => Object.assign(caller.user, { id: 1 })).toThrow();
        expect(() => Object.assign(caller.user.roles, ['admin'])).toThrow();
        return { body: caller };
      },
    });
    const uma = await connect(emulator, emulator.authorizationFor('user@here.example')).get('/instances');
    expect(uma.body.user).toMatchObject({ id: 1101, externalId: 'uma-1', firstName: 'Uma' });
    const there = await connect(emulator, emulator.authorizationFor('admin@there.example')).get('/instances');
    expect(there.body.user.roles).toEqual(['admin', 'default-user']);
    expect(there.text).not.toMatch(/secret|password|there-pw/);
  });
});

describe('proceed()', () => {
  const pass: Respond<StubCaller | undefined> = (_request, proceed) => proceed();

  test.each([
    ['get', '/organizations/me'],
    ['get', '/users?pageSize=1'],
    ['get', '/accounts/999'],
    ['get', '/instances'],
    ['get', '/nowhere'],
    ['delete', '/organizations/me'],
    ['delete', '/accounts/110/users/1101'],
    ['get', '/users?where=(('],
    ['post', '/accounts'],
  ] as const)('passes on what is answered without the stub: %s %s', async (verb, path) => {
    const [plain, emulator] = [createWorld(), createWorld()];
    emulator.stubs.add({ path: '*', access: 'anyone', respond: pass });
    const sent = (which: Emulator) => {
      const call = connect(which).call(verb, path);
      return verb === 'post' ? call.send({ externalId: 'new' }) : call;
    };
    const [expected, { headers, status, text }] = [await sent(plain), await sent(emulator)];
    expect({ headers, status, text }).toEqual({
      ...{ headers: expected.headers, status: expected.status, text: expected.text },
    });
    const { stub, duration: _1, ...entry } = emulator.requests.last();
    const { duration: _2, ...expectedEntry } = plain.requests.last();
    expect({ stub, entry }).toEqual({ stub: 1, entry: { ...expectedEntry, user: entry.user } });
    expect(emulator.snapshot()).toEqual(plain.snapshot());
  });

  test("keeps the reason of the platform's 401, and forgets it when the answer is another", async () => {
    const emulator = createWorld();
    emulator.stubs.add({ path: '/accounts', access: 'anyone', respond: pass });
    emulator.stubs.add({
      operationId: 'getUsers',
      access: 'anyone',
      respond: async (_request, proceed) => ({ status: (await proceed()).status === 401 ? 200 : 500, body: [] }),
    });
    const nobody = connect(emulator, 'nonsense');
    expect(seen(await nobody.get('/accounts'))).toEqual(unauthorized401);
    expect(emulator.requests.last()).toMatchObject({
      status: 401,
      reason: expect.any(String),
      message: expect.any(String),
    });
    expect(seen(await nobody.get('/users'))).toEqual(ok([]));
    expect(emulator.requests.last()).not.toHaveProperty('reason');
    expect(emulator.requests.last()).not.toHaveProperty('message');
  });

  test('hands over the answer, to be changed; its change is made', async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: async (_request, proceed) => {
        const answer = await proceed<{ id: number }>();
        return { ...answer, status: 201, body: { ...answer.body, hub: 'crm' } };
      },
    });
    const { status, body } = await connect(emulator).post('/accounts', { externalId: 'new' });
    expect({ status, body }).toMatchObject({ status: 201, body: { externalId: 'new', hub: 'crm' } });
    expect(seen(await connect(emulator).get(`/accounts/${body.id}`))).toEqual(
      ok(expect.objectContaining({ externalId: 'new' })),
    );
  });

  test('lets the next older stub answer; the newest is named', async () => {
    const emulator = createWorld();
    const wrap =
      (name: string): Respond =>
      async (_request, proceed) => {
        const { body, ...rest } = await proceed();
        return { ...rest, body: { ...body, [name]: true } };
      };
    emulator.stubs.add({ path: '/organizations/me', respond: wrap('a') });
    emulator.stubs.add({ path: '/organizations/{x}', respond: wrap('b') });
    emulator.stubs.add({ operationId: 'getOrganization', respond: wrap('c') });
    const { body } = await connect(emulator).get('/organizations/me');
    expect(body).toMatchObject({ id: 10, a: true, b: true, c: true });
    expect(emulator.requests.last()).toMatchObject({ stub: 3 });
    expect(emulator.stubs.list().map(({ applied }) => applied)).toEqual([1, 1, 1]);
  });

  test('twice gives one answer of one change', async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: async (_request, proceed) => ({ body: [await proceed(), await proceed()].map(({ status }) => status) }),
    });
    expect(seen(await connect(emulator).post('/accounts', { externalId: 'new' }))).toEqual(ok([200, 200]));
  });

  test('that nobody waits for comes to its end before the answer', async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: (_request, proceed) => {
        void proceed();
        return { status: 202 };
      },
    });
    expect(seen(await connect(emulator).post('/accounts', { externalId: 'new' }))).toEqual({ status: 202, body: '' });
    expect((await connect(emulator).get("/accounts?where=externalId='new'")).body).toHaveLength(1);
  });

  test('after the answer changes nothing, and says so', async () => {
    const emulator = createWorld();
    let late: (() => Promise<unknown>) | undefined;
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: (_request, proceed) => {
        late = proceed;
        return {};
      },
    });
    await connect(emulator).post('/accounts', { externalId: 'new' });
    await expect(late?.()).rejects.toThrow('proceed() comes too late: the request has ended.');
    expect((await connect(emulator).get("/accounts?where=externalId='new'")).body).toHaveLength(0);
  });
});

describe('what a function does wrong is a 500 that names the stub, and the next request works', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const expected = 'its function must return an answer, such as { status: 200, body: {} }: ';
  const rows: [string, () => unknown, message: string][] = [
    [
      'throws an error',
      () => {
        throw new Error('boom');
      },
      'boom',
    ],
    [
      'throws a text',
      () => {
        throw 'boom';
      },
      'boom',
    ],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
      'undefined',
    ],
    ['rejects', () => Promise.reject(new Error('boom')), 'boom'],
    ['returns nothing', () => undefined, `${expected}expected an object, not nothing.`],
    ['returns a promise of nothing', async () => undefined, `${expected}expected an object, not nothing.`],
    ['returns null', () => null, `${expected}expected an object, not null.`],
    ['returns a text', () => 'text', `${expected}expected an object, not a text.`],
    ['returns a list', () => [{ id: 7 }], `${expected}expected an object, not a list.`],
    ['returns a function', () => () => 7, `${expected}expected an object, not a function.`],
    ['returns a Buffer', () => Buffer.from('abc'), `${expected}expected an object, not bytes: give them as its body.`],
    ['forgets the body', () => ({ id: 7 }), `${expected}unknown field 'id', expected one of status, headers, body.`],
    ['mistypes a field', () => ({ boby: 7 }), `${expected}unknown field 'boby': did you mean 'body'?`],
    [
      'returns a status that is too small',
      () => ({ status: 199 }),
      `${expected}field 'status' must be a status from 200 to 599, not 199.`,
    ],
    [
      'returns a status that is too large',
      () => ({ status: 600 }),
      `${expected}field 'status' must be a status from 200 to 599, not 600.`,
    ],
    [
      'returns no number as the status',
      () => ({ status: '200' }),
      `${expected}field 'status' must be a status from 200 to 599, not "200".`,
    ],
    [
      'returns headers that are no texts',
      () => ({ headers: { a: 1 } }),
      `${expected}field 'headers/a' must be a text, not 1.`,
    ],
    [
      'returns a header that cannot be sent',
      () => ({ headers: { a: 'b\n' } }),
      "header 'a' has characters that no header can have.",
    ],
    [
      'returns a header of the connection',
      () => ({ headers: { 'Content-Length': '1' } }),
      "header 'Content-Length' is set by the connection.",
    ],
    [
      'returns a circular object',
      () => ({ body: circular }),
      'the body is not JSON: Converting circular structure to JSON.',
    ],
    ['returns a BigInt', () => ({ body: 7n }), 'the body is not JSON: Do not know how to serialize a BigInt.'],
    ['returns a function as the body', () => ({ body: () => 7 }), 'the body is not JSON.'],
    ['returns a promise as the body', () => ({ body: Promise.resolve(7) }), 'the body is a promise: await it.'],
    ['returns a body with status 204', () => ({ status: 204, body: {} }), 'an answer with status 204 has no body.'],
  ];

  test.each(rows)('it %s', async (_what, respond, message) => {
    const errors: [string, string][] = [];
    const emulator = createEmulator({
      fixture: world,
      onError: (error, during) => errors.push([messageOf(error), during]),
    });
    emulator.stubs.add({ method: 'POST', path: '/instances', respond: respond as Respond });
    const name = 'Stub 1 (POST /instances)';
    expect(seen(await connect(emulator).post('/instances', {}))).toEqual(refused(500, `${name}: ${message}`));
    expect(emulator.requests.last()).toMatchObject({ stub: 1, status: 500, message: `${name}: ${message}` });
    expect(errors).toEqual([[message, name]]);
    expect((await connect(emulator).get('/organizations/me')).status).toBe(200);
  });
});
