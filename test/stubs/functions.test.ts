import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator, type Respond, type StubCaller } from '../../src/index.ts';
import { empty, ok, seen, unauthorized401 } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { kept } from '../support/kept.ts';
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
  test('never blocks the answer if it begins at the same time', async () => {
    const emulator = createWorld();
    let turns = 0;
    emulator.stubs.add({
      operationId: 'getOrganization',
      respond: (_request, proceed) => {
        let turn: Promise<unknown> = Promise.resolve();
        for (let n = 0; n < turns; n += 1) turn = turn.then(() => undefined);
        turn.then(() => proceed()).catch(() => undefined);
        return { status: 299 };
      },
    });
    for (turns = 0; turns < 20; turns += 1) {
      const { status } = await connect(emulator).get('/organizations/me');
      expect(status).toBe(299);
    }
  });

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
  ] as const)('returns the answer that the request would get without the stub: %s %s', async (verb, path) => {
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

  test("keeps the reason of the platform's 401, unless the stub answers something else", async () => {
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

  test('makes the change of the operation and returns an answer that the stub can change', async () => {
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

  test('lets the next older stub answer, and the journal names the newest', async () => {
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

  test('makes one change for two calls', async () => {
    const emulator = createWorld();
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: async (_request, proceed) => ({ body: [await proceed(), await proceed()].map(({ status }) => status) }),
    });
    expect(seen(await connect(emulator).post('/accounts', { externalId: 'new' }))).toEqual(ok([200, 200]));
  });

  test('finishes before the answer, even without await', async () => {
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

  test('fails after the answer and changes nothing', async () => {
    const emulator = createWorld();
    const late: (() => Promise<unknown>)[] = [];
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: (_request, proceed) => {
        late.push(proceed);
        return {};
      },
    });
    await connect(emulator).post('/accounts', { externalId: 'new' });
    const message = 'proceed() comes too late: the request has ended.';
    await expect(late[0]?.()).rejects.toThrow(message);
    expect((await connect(emulator).get("/accounts?where=externalId='new'")).body).toHaveLength(0);
  });
});

test('a function can answer with bytes', async () => {
  const emulator = createWorld();
  const bytes = Buffer.from([0, 255, 10, 65]);
  emulator.stubs.add({ path: '/elements/7/logo', respond: () => ({ body: bytes.subarray(1) }) });
  emulator.stubs.add({
    path: '/elements/8/logo',
    respond: () => ({ headers: { 'content-type': 'image/png' }, body: bytes }),
  });
  emulator.stubs.add({ path: '/elements/{id}/logo', respond: (_request, proceed) => proceed() });
  const get = async (path: string) => {
    const { body, headers } = await connect(emulator).get(path);
    return { body: [...body], type: headers['content-type'], length: headers['content-length'] };
  };
  expect(await get('/elements/7/logo')).toEqual({ body: [255, 10, 65], type: 'application/octet-stream', length: '3' });
  expect(await get('/elements/8/logo')).toEqual({ body: [0, 255, 10, 65], type: 'image/png', length: '4' });
});

test('a stub works while the suite uses fake timers', async () => {
  const emulator = createWorld();
  emulator.stubs.add({ path: '/organizations/me', respond: (_request, proceed) => proceed() });
  jest.useFakeTimers();
  try {
    expect((await connect(emulator).get('/organizations/me')).status).toBe(200);
    await emulator.reset();
    expect(emulator.stubs.list()).toEqual([]);
  } finally {
    jest.useRealTimers();
  }
});

test('a change by proceed() is on disk before the answer is sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stubs-'));
  const dataFile = join(folder, 'data.json');
  const emulator = createEmulator({ fixture: world, dataFile });
  try {
    let found: number | undefined;
    emulator.stubs.add({
      operationId: 'createAccount',
      respond: async (_request, proceed) => {
        const answer = await proceed();
        found = kept(dataFile).organizations[0]?.accounts?.filter(({ externalId }) => externalId === 'new').length;
        return answer;
      },
    });
    expect((await connect(emulator).post('/accounts', { externalId: 'new' })).status).toBe(200);
    expect(found).toBe(1);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
});
