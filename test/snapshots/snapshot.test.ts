import { createEmulator, type Emulator, type Fixture, FixtureError } from '../../src/index.ts';
import { Table } from '../../src/state/table.ts';
import { ok, seen } from '../platform/answers.ts';
import { connect } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

/** Changes of every kind, so that a snapshot has something to keep. */
async function change(emulator: Emulator): Promise<void> {
  const platform = connect(emulator);
  const user = { firstName: 'Ä', lastName: '"B\\', email: 'new@ten.example', password: 'pässwörd €' };
  const answers = [
    await platform.post('/accounts', { externalId: 77, name: 'Seventy-seven', description: '' }),
    await platform.post('/organizations/users', { ...user, createdDate: '2017-07-10T12:30:15.123Z', username: 'nu' }),
    await platform.patch('/accounts/110/users/1101', { phone: '', roles: [{ key: 'admin' }], externalId: 5 }),
    await platform.delete('/accounts/120'),
    await platform.patch('/organizations/users/1100', { firstName: 'Expired' }),
    await platform.delete('/organizations/users/1001'),
    await platform.put('/organizations/me', { name: 'Renamed' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
}

/** What follows on a moment: lists, a secret shown, new ids and secrets, refusals. */
async function transcript(emulator: Emulator): Promise<unknown[]> {
  const platform = connect(emulator);
  const answers = [
    await platform.get('/accounts?includeInactive=true'),
    await platform.get('/organizations/users'),
    await platform.get('/organizations/users/new@ten.example').set('Elements-User-Password', 'wrong'),
    await platform.get('/accounts/110/users/1101').set('Elements-User-Password', 'user-pw'),
    await platform.post('/accounts', { externalId: 'after' }),
    await platform.post('/accounts/110/users', { firstName: 'A', lastName: 'B', email: 'a@b.c', password: 'p' }),
    await platform.get('/accounts/9999'),
    await connect(emulator, 'nonsense').get('/accounts'),
  ];
  return answers.map(({ status, text, headers }) => ({ status, text, headers }));
}

test('a snapshot is plain JSON: a round trip loses nothing', async () => {
  const emulator = createWorld();
  await change(emulator);
  const saved = emulator.snapshot();
  expect(JSON.parse(JSON.stringify(saved))).toStrictEqual(saved);
  expect(saved).toMatchObject({ version: 1, now: '2020-03-01T10:20:30.000Z', sequences: { request: 8, account: 501 } });
});

test('changes of the emulator do not change a snapshot, and changes of a copy do not change the emulator', async () => {
  const emulator = createWorld();
  const saved = emulator.snapshot();
  const text = JSON.stringify(saved);
  await change(emulator);
  expect(JSON.stringify(saved)).toBe(text);
  const later = structuredClone(emulator.snapshot());
  expect(later).toStrictEqual(emulator.snapshot());
  Object.assign(later.organizations[0] ?? {}, { name: 'Changed', accounts: [] });
  expect(emulator.snapshot()).not.toEqual(later);
});

test('a snapshot is deeply frozen, and a changed clone of it can be restored', async () => {
  const emulator = createWorld();
  await change(emulator);
  const saved = emulator.snapshot();
  const open: string[] = [];
  const look = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) open.push(path);
    for (const [key, each] of Object.entries(value)) look(each, `${path}/${key}`);
  };
  look(saved, '');
  expect(open).toEqual([]);
  const clone = structuredClone(saved);
  Object.assign(clone.organizations[0] ?? {}, { name: 'Changed' });
  await emulator.restore(clone);
  expect((await connect(emulator).get('/organizations/me')).body.name).toBe('Changed');
  await emulator.restore(saved);
  expect((await connect(emulator).get('/organizations/me')).body.name).toBe('Renamed');
});

test('a restore checks a copy of a snapshot, but not the snapshot itself', async () => {
  const emulator = createWorld();
  const saved = emulator.snapshot();
  const put = jest.spyOn(Table.prototype, 'put');
  const records = () => put.mock.calls.splice(0).length;
  await emulator.restore(saved);
  await emulator.restore(saved);
  expect(records()).toBe(0);
  await emulator.restore(structuredClone(saved));
  expect(records()).toBeGreaterThan(10);
  // What another emulator remembers has its clock and ids, and means nothing here.
  const other = createEmulator({ fixture: 'minimal' });
  records();
  await other.restore(saved);
  expect(records()).toBeGreaterThan(10);
  put.mockRestore();
});

test('two snapshots of one state have the same text, and a snapshot of a restored state has the same value', async () => {
  const emulator = createWorld();
  await change(emulator);
  const saved = emulator.snapshot();
  expect(JSON.stringify(emulator.snapshot())).toBe(JSON.stringify(saved));
  expect(createEmulator({ fixture: saved, seed: 'other' }).snapshot()).toStrictEqual(saved);
  await emulator.reset();
  await emulator.restore(saved);
  expect(emulator.snapshot()).toStrictEqual(saved);
});

describe('an emulator with a restored snapshot gives the same answers, byte for byte', () => {
  test.each<[string, (emulator: Emulator, saved: Fixture) => Promise<Emulator>]>([
    [
      'restored at once',
      async (emulator, saved) => {
        await emulator.restore(saved);
        return emulator;
      },
    ],
    [
      'restored after a reset and other changes',
      async (emulator, saved) => {
        await emulator.reset();
        emulator.clock.set('2031-01-01');
        await connect(emulator).post('/accounts', { externalId: 'other' });
        await emulator.restore(JSON.parse(JSON.stringify(saved)));
        return emulator;
      },
    ],
    [
      'as the fixture of another emulator',
      async (_emulator, saved) => createEmulator({ fixture: saved, seed: 'world' }),
    ],
    [
      'restored in another emulator',
      async (_emulator, saved) => {
        const other = createEmulator({ seed: 'world' });
        await other.restore(saved);
        return other;
      },
    ],
  ])('%s', async (_how, back) => {
    const emulator = createWorld();
    await change(emulator);
    emulator.clock.set('2021-07-08T09:10:11.121Z');
    const saved = emulator.snapshot();
    const first = await transcript(emulator);
    expect(await transcript(await back(emulator, saved))).toEqual(first);
  });

  test('reset() still restores the first state after a restore', async () => {
    const emulator = createWorld();
    const before = JSON.stringify(emulator.snapshot());
    await change(emulator);
    await emulator.restore(emulator.snapshot());
    await emulator.reset();
    expect(JSON.stringify(emulator.snapshot())).toBe(before);
  });
});

describe('the clock', () => {
  test('that stood at an instant stands there again after a restore', async () => {
    const emulator = createWorld();
    emulator.clock.set('2021-01-01');
    const saved = emulator.snapshot();
    emulator.clock.run();
    await emulator.restore(saved);
    expect(emulator.clock.now().toISOString()).toBe('2021-01-01T00:00:00.000Z');
    await emulator.reset();
    expect(emulator.clock.now().toISOString()).toBe('2020-03-01T10:20:30.000Z');
  });

  test('that ran runs again after a restore, and follows the machine after a reset', async () => {
    const emulator = createEmulator({ fixture: world });
    const saved = emulator.snapshot();
    expect(saved).not.toHaveProperty('now');
    emulator.clock.set('2021-01-01');
    await emulator.restore(saved);
    expect(Math.abs(emulator.clock.now().getTime() - Date.now())).toBeLessThan(60_000);
    emulator.clock.advance({ days: 3 });
    await emulator.reset();
    expect(Math.abs(emulator.clock.now().getTime() - Date.now())).toBeLessThan(60_000);
  });
});

test('the journal and the faults survive a restore, but not a reset', async () => {
  const emulator = createWorld();
  emulator.faults.add({ path: '/users', status: 503 });
  await connect(emulator).get('/accounts');
  await emulator.restore(emulator.snapshot());
  expect([emulator.requests.length, emulator.faults.list().length]).toEqual([1, 1]);
  await emulator.reset();
  expect([emulator.requests.length, emulator.faults.list().length]).toEqual([0, 0]);
});

describe('an invalid snapshot is refused and changes nothing', () => {
  const organization = { name: 'X' };
  const user = { email: 'a@b.c' };
  test.each<[unknown, string]>([
    [undefined, ''],
    [null, ''],
    ['minimal', ''],
    [{}, '/organizations'],
    [{ organizations: [] }, '/organizations'],
    [{ organizations: [organization], nonsense: 1 }, '/nonsense'],
    [{ organizations: [organization], now: 'tomorrow' }, '/now'],
    [{ organizations: [organization], now: '2017-02-30' }, '/now'],
    [{ organizations: [organization], sequences: { request: 0 } }, '/sequences/request'],
    [{ organizations: [{ name: '' }] }, '/organizations/0/name'],
    [{ organizations: [{ ...organization, createdDate: '2017-02-30' }] }, '/organizations/0/createdDate'],
    [
      {
        organizations: [
          { ...organization, id: 1 },
          { ...organization, id: 1 },
        ],
      },
      '/organizations/1/id',
    ],
    [
      { organizations: [{ ...organization, accounts: [{ users: [user, user] }] }] },
      '/organizations/0/accounts/0/users/1/email',
    ],
    [
      { organizations: [{ ...organization, accounts: [{ active: false, users: [{ ...user, active: true }] }] }] },
      '/organizations/0/accounts/0/users/0/active',
    ],
    [{ organizations: [{ ...organization, secret: () => 1 }] }, '/organizations/0/secret'],
  ])('%j', async (broken, pointer) => {
    const emulator = createWorld();
    await change(emulator);
    emulator.faults.add({ path: '/users', status: 503 });
    const before = JSON.stringify(emulator.snapshot());
    const error: unknown = await emulator.restore(broken as Fixture).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FixtureError);
    expect(error).toMatchObject({ pointer, message: expect.stringMatching(/^the snapshot given: /) });
    expect(JSON.stringify(emulator.snapshot())).toBe(before);
    expect([emulator.requests.length, emulator.faults.list().length]).toEqual([7, 1]);
    expect(seen(await connect(emulator).get('/organizations/me'))).toEqual(
      ok(expect.objectContaining({ name: 'Renamed' })),
    );
  });
});

test('a snapshot of a running clock has its offset', async () => {
  const emulator = createEmulator({ fixture: world });
  emulator.clock.advance({ days: 30 });
  const before = emulator.clock.now().getTime();
  await emulator.restore(emulator.snapshot());
  expect(emulator.clock.now().getTime() - before).toBeGreaterThanOrEqual(0);
});

test.each([
  [undefined, 'the snapshot given: found nothing, expected a fixture of cloud-elements-emulator'],
  [null, 'the snapshot given: found null, expected a fixture of cloud-elements-emulator'],
])('restore(%p) fails with a message that says what it was given', async (snapshot, message) => {
  await expect(createWorld().restore(snapshot as never)).rejects.toThrow(new Error(message));
});
