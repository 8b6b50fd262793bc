import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator, type UserFixture } from '../../../src/index.ts';
import { connect, type Verb } from '../../support/client.ts';
import { kept } from '../../support/kept.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { world } from '../../support/world.ts';
import { ok, refused, seen, unauthorized401 } from '../answers.ts';
import { activeFlags } from './user-rules.ts';

const createWorld = reuseWorlds();

/** Users whom wrong passwords have locked, and users whom a fixture has locked or expired. */

const some = (fields: object) => expect.objectContaining(fields);
const folder = mkdtempSync(join(tmpdir(), 'locked-'));
afterAll(() => rmSync(folder, { recursive: true }));

const right = 'user-pw';
const logIn = async (emulator: Emulator, password = right, username = 'user@here.example') =>
  seen(await connect(emulator).post('/authentication', { username, password }));
const fail = async (emulator: Emulator, times: number) => {
  for (let time = 0; time < times; time += 1) expect(await logIn(emulator, `wrong-${time}`)).toEqual(unauthorized401);
};
const shown = async (emulator: Emulator) => seen(await connect(emulator).get('/accounts/110/users/1101'));

const open = ok(some({ id: 1101, ...activeFlags }));
const locked = ok(some({ id: 1101, ...activeFlags, accountLocked: true, accountNonLocked: false }));
const lockedReason = 'user 1101 is locked until an administrator sets a password';

describe('wrong passwords in a row', () => {
  test('lock the user at the fifth: the right password is refused too, and the journal has the reason', async () => {
    const emulator = createWorld();
    await fail(emulator, 4);
    expect(await shown(emulator)).toEqual(open);
    expect(await logIn(emulator)).toEqual(ok(some({ id: 1101 })));
    await fail(emulator, 5);
    expect(emulator.requests.last()?.reason).toBe('wrong password of user 1101');
    expect(await shown(emulator)).toEqual(locked);
    expect(await logIn(emulator)).toEqual(unauthorized401);
    expect(emulator.requests.last()).toMatchObject({ operationId: 'authenticate', reason: lockedReason });
  });

  test('are counted from zero again after the right password', async () => {
    const emulator = createWorld();
    for (let round = 0; round < 4; round += 1) {
      await fail(emulator, 4);
      expect(await logIn(emulator)).toEqual(ok(some({ id: 1101 })));
    }
    expect(await shown(emulator)).toEqual(open);
  });

  test('are counted for their user, and only in requests with a known user and a password', async () => {
    const emulator = createWorld();
    await fail(emulator, 4);
    for (const name of ['admin@here.example', 'nobody@here.example']) await logIn(emulator, 'wrong', name);
    expect(seen(await connect(emulator).post('/authentication', { username: 'user@here.example' }))).toEqual(
      refused(400, 'Missing required field: password.'),
    );
    expect(await logIn(emulator)).toEqual(ok(some({ id: 1101 })));
  });

  test.each(['user@here.example', 'USER@Here.example'])(
    'count for the name in any case of letters: %s',
    async (name) => {
      const emulator = createWorld();
      await fail(emulator, 4);
      expect(await logIn(emulator, 'wrong', name)).toEqual(unauthorized401);
      expect(await shown(emulator)).toEqual(locked);
    },
  );

  test('end calls with secrets and tokens too', async () => {
    const emulator = createWorld();
    const { body } = await logIn(emulator);
    const callers = [emulator.authorizationFor(1101), `Bearer ${(body as { token: string }).token}`];
    const call = async (caller: string) => seen(await connect(emulator, caller).get('/organizations/me'));
    for (const caller of callers) expect(await call(caller)).toEqual(ok(some({ id: 10 })));
    await fail(emulator, 5);
    for (const caller of callers) {
      expect(await call(caller)).toEqual(unauthorized401);
      expect(emulator.requests.last()?.reason).toBe(lockedReason);
    }
  });

  test('change nothing once the user is locked', async () => {
    const emulator = createWorld();
    await fail(emulator, 5);
    const { organizations } = emulator.snapshot();
    await fail(emulator, 3);
    expect(emulator.snapshot().organizations).toEqual(organizations);
  });
});

describe('a new password that an administrator sets unlocks the user', () => {
  test.each<[Verb, string, number]>([
    ['patch', '/accounts/110/users/1101', 1000],
    ['put', '/accounts/110/users/1101', 1100],
    ['patch', '/organizations/users/1101', 1000],
    ['patch', '/users/1101', 1100],
  ])('%s %s', async (verb, path, administrator) => {
    const emulator = createWorld();
    await fail(emulator, 5);
    const client = connect(emulator, emulator.authorizationFor(administrator));
    for (const body of [{ firstName: 'Una' }, { password: 'secured' }, { active: true }, { accountLocked: false }]) {
      expect((await client.call(verb, path).send(body)).status).toBe(200);
      expect((await shown(emulator)).body).toMatchObject({ accountLocked: true, accountNonLocked: false });
    }
    const answer = await client.call(verb, path).send({ password: 'next-pw' });
    expect(answer.body).toMatchObject({ id: 1101, accountLocked: false, accountNonLocked: true });
    expect(await logIn(emulator, 'next-pw')).toEqual(ok(some({ id: 1101 })));
    // The count starts again, too.
    await fail(emulator, 4);
    expect(await logIn(emulator, 'next-pw')).toEqual(ok(some({ id: 1101 })));
  });

  test('not if it is refused', async () => {
    const emulator = createWorld();
    await fail(emulator, 5);
    await connect(emulator).put('/organizations/password-policies', { minLength: 100 });
    expect((await connect(emulator).patch('/users/1101', { password: 'short' })).status).toBe(400);
    expect(await shown(emulator)).toEqual(locked);
  });

  test('and sets the count of wrong passwords to zero', async () => {
    const emulator = createWorld();
    await fail(emulator, 4);
    await connect(emulator).patch('/accounts/110/users/1101', { password: 'next-pw' });
    await fail(emulator, 4);
    expect(await logIn(emulator, 'next-pw')).toEqual(ok(some({ id: 1101 })));
  });
});

describe('the count and the lock stay', () => {
  test('in a snapshot, but not after a reset', async () => {
    const emulator = createWorld();
    await fail(emulator, 4);
    const counted = emulator.snapshot();
    await fail(emulator, 1);
    const withLock = emulator.snapshot();
    await emulator.reset();
    expect(await logIn(emulator)).toEqual(ok(some({ id: 1101 })));
    await emulator.restore(counted);
    expect(await shown(emulator)).toEqual(open);
    await fail(emulator, 1);
    expect(await shown(emulator)).toEqual(locked);
    await emulator.restore(withLock);
    expect(await logIn(emulator)).toEqual(unauthorized401);
    // A snapshot is a fixture.
    expect(await shown(createEmulator({ fixture: withLock }))).toEqual(locked);
  });

  test.each([4, 5])('in a data file, at once: after %d', async (times) => {
    const dataFile = join(folder, `kept-${times}.json`);
    const first = createEmulator({ fixture: world, dataFile });
    await fail(first, times);
    const users = kept(dataFile).organizations[0]?.accounts?.flatMap((account) => account.users ?? []);
    expect(users?.find(({ id }) => id === 1101)).toMatchObject(
      times === 4 ? { failedLogins: 4 } : { accountLocked: true },
    );
    await first.close();
    const second = createEmulator({ dataFile });
    expect(await shown(second)).toEqual(times === 4 ? open : locked);
    await fail(second, 1);
    expect(await shown(second)).toEqual(locked);
    await second.close();
  });
});

describe('in a fixture', () => {
  const start = (more: Partial<UserFixture>) => {
    const users = [{ email: 'boss@a.example' }, { id: 7, email: 'kim@a.example', password: 'kim-pw', ...more }];
    return createEmulator({ fixture: { organizations: [{ name: 'A', accounts: [{ defaultAccount: true, users }] }] } });
  };

  const everywhere: readonly (keyof typeof activeFlags)[] = [
    ...(['active', 'enabled', 'accountExpired', 'accountNonExpired', 'accountLocked', 'accountNonLocked'] as const),
    ...(['credentialsExpired', 'credentialsNonExpired'] as const),
  ];

  test.each<[Partial<UserFixture>, Partial<Record<string, boolean>>, string | undefined]>([
    [{}, {}, undefined],
    [{ accountLocked: false, accountExpired: false, credentialsExpired: false, failedLogins: 0 }, {}, undefined],
    [
      { accountLocked: true },
      { accountLocked: true, accountNonLocked: false },
      'user 7 is locked until an administrator sets a password',
    ],
    [{ accountExpired: true }, { accountExpired: true, accountNonExpired: false }, 'user 7 has expired'],
    [{ credentialsExpired: true }, { credentialsExpired: true, credentialsNonExpired: false }, undefined],
    [
      { active: false, accountLocked: true, accountExpired: true },
      {
        ...{ active: false, enabled: false, credentialsExpired: true, credentialsNonExpired: false },
        ...{ accountLocked: true, accountNonLocked: false, accountExpired: true, accountNonExpired: false },
      },
      'user 7 is inactive',
    ],
  ])('%j is shown, and decides whether the user can call and log in', async (written, flags, reason) => {
    const emulator = start(written);
    const client = connect(emulator);
    const expected = Object.fromEntries(everywhere.map((flag) => [flag, flags[flag] ?? activeFlags[flag]]));
    for (const path of ['/users/7', '/organizations/users/7']) {
      expect(seen(await client.get(path))).toEqual(ok(some(expected)));
    }
    const where = everywhere.map((flag) => `${flag}=${expected[flag]}`).join(' AND ');
    const found = await client.get(`/organizations/users?where=id=7 AND ${encodeURIComponent(where)}`);
    expect(seen(found)).toEqual(ok([some({ id: 7 })]));
    const attempts = [
      await logIn(emulator, 'kim-pw', 'kim@a.example'),
      seen(await connect(emulator, emulator.authorizationFor(7)).get('/organizations/me')),
    ];
    for (const answer of attempts) {
      expect(answer).toEqual(reason === undefined ? ok(expect.anything()) : unauthorized401);
    }
    expect(emulator.requests.last()?.reason).toBe(reason);
  });

  test('failedLogins is counted up from its value', async () => {
    const emulator = start({ failedLogins: 4 });
    expect(await logIn(emulator, 'wrong', 'kim@a.example')).toEqual(unauthorized401);
    expect(seen(await connect(emulator).get('/users/7'))).toEqual(ok(some({ accountLocked: true })));
  });

  test('a new password unlocks an expired user, who stays expired', async () => {
    const emulator = start({ accountLocked: true, accountExpired: true });
    const answer = await connect(emulator).patch('/users/7', { password: 'Next-0-pw' });
    expect(seen(answer)).toEqual(ok(some({ accountLocked: false, accountExpired: true, accountNonExpired: false })));
  });

  test.each([
    [{ failedLogins: 5 }, '/failedLogins'],
    [{ failedLogins: -1 }, '/failedLogins'],
    [{ accountLocked: 'yes' }, '/accountLocked'],
    [{ accountExpired: 1 }, '/accountExpired'],
    [{ accountNonLocked: false }, '/accountNonLocked'],
  ])('%j is refused', (written, place) => {
    expect(() => start(written as Partial<UserFixture>)).toThrow(place);
  });
});
