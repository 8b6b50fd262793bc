import type { Fixture } from '../../../src/index.ts';
import { connect, type Verb } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { ok, refused, seen } from '../answers.ts';

const createWorld = reuseWorlds();

const some = (fields: object) => expect.objectContaining(fields);

/** Every call that gives user 1101 a password, and who makes it. */
const changes: [Verb, string, number][] = [
  ['patch', '/accounts/110/users/1101', 1100],
  ['put', '/accounts/110/users/1101', 1000],
  ['patch', '/organizations/users/1101', 1000],
  ['patch', '/users/1101', 1100],
  ['post', '/authentication/passwords', 1101],
];

describe('previousPasswordCount', () => {
  const emulator = createWorld();
  /** Set in turn by every caller who can, because a password counts whoever sets it. */
  const set = async (password: string, way = 0) => {
    const [verb, path, caller] = changes[way % changes.length] ?? ['patch', '/users/1101', 1000];
    return connect(emulator, emulator.authorizationFor(caller)).call(verb, path).send({ password });
  };
  const past = Array.from({ length: 12 }, (_, index) => `pw-${index}`);
  let saved: Fixture;
  beforeAll(async () => {
    for (const [way, password] of past.entries()) expect((await set(password, way)).status).toBe(200);
    saved = emulator.snapshot();
  });
  const begin = async (previousPasswordCount: number) => {
    await emulator.restore(saved);
    const policy = await connect(emulator).put('/organizations/password-policies', { previousPasswordCount });
    expect(seen(policy)).toEqual(ok(some({ previousPasswordCount })));
  };

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    '%i refuses that number of last passwords, the present one included',
    async (count) => {
      await begin(count);
      const newestFirst = past.toReversed();
      const again = refused(400, `The password must be none of the last ${count}.`);
      for (const [way, password] of newestFirst.slice(0, count).entries()) {
        expect([password, seen(await set(password, way))]).toEqual([password, again]);
      }
      expect((await set(newestFirst[count] ?? '')).status).toBe(200);
    },
  );

  test.each([2, 9])(
    '%i accepts an old password after that number of others, without the refused ones',
    async (count) => {
      await begin(count);
      for (let time = 0; time < 2 * count + 3; time += 1) {
        expect((await set(`round-${time % (count + 1)}`, time)).status).toBe(200);
        expect((await set(`round-${time % (count + 1)}`, time)).status).toBe(400);
      }
    },
  );

  test('the state keeps as many passwords as a policy can ask for: the present one and eight older ones, newest first', () => {
    const users = saved.organizations[0]?.accounts?.flatMap((account) => account.users ?? []);
    const { password, previousPasswords } = users?.find(({ id }) => id === 1101) ?? {};
    expect([password, ...(previousPasswords ?? [])]).toEqual(past.toReversed().slice(0, 9));
  });

  test('applies to each user separately and is case-sensitive', async () => {
    await begin(9);
    expect((await connect(emulator).patch('/users/1100', { password: 'pw-11' })).status).toBe(200);
    expect((await set('PW-11')).status).toBe(200);
  });
});

describe('a change by an administrator expires the credentials', () => {
  test.each<[string, object]>([
    ['/users/1101', {}],
    ['/users/1101', { firstName: 'J' }],
    ['/users/1101', { firstName: 'J', password: 'password' }],
    ['/users/1101', { password: 'secured' }],
    ['/organizations/users/1101', {}],
    ['/organizations/users/1101', { firstName: 'J', password: 'password' }],
  ])('by PATCH %s %j, until the user sets a password', async (path, body) => {
    const emulator = createWorld();
    const client = connect(emulator);
    const expired = ok(some({ id: 1101, credentialsExpired: true, credentialsNonExpired: false }));
    expect(seen(await client.patch(path, body))).toEqual(expired);
    for (const one of ['/users/1101', '/organizations/users/1101', '/accounts/110/users/1101']) {
      expect(seen(await client.get(one))).toEqual(expired);
    }
    const user = connect(emulator, emulator.authorizationFor(1101));
    expect((await user.post('/authentication/passwords', { password: 'own-pw' })).status).toBe(200);
    expect(seen(await client.get('/users/1101'))).toEqual(
      ok(some({ id: 1101, credentialsExpired: false, credentialsNonExpired: true })),
    );
  });
});

describe('expired credentials (seed 002)', () => {
  const password = 'next-pw';
  const login = { username: 'user@here.example', password: 'user-pw' };
  test.each<[Verb, string, object, number, boolean]>([
    ['post', '/authentication/passwords', { password }, 1101, false],
    ['patch', '/accounts/110/users/1101', { password }, 1000, false],
    ['put', '/accounts/110/users/1101', { password }, 1100, false],
    ['put', '/accounts/110/users/1101', { password, firstName: 'Una' }, 1000, false],
    ['patch', '/users/1101', { password }, 1000, true],
    ['patch', '/users/1101', { password }, 1100, true],
    ['patch', '/users/1101', { password, firstName: 'J' }, 1000, true],
    ['patch', '/organizations/users/1101', { password }, 1000, true],
    ['patch', '/accounts/110/users/1101', { password: 'secured' }, 1000, true],
    ['patch', '/users/1101', { password: 'secured' }, 1000, true],
    ['patch', '/users/1101', { firstName: 'Una' }, 1000, true],
  ])('after %s %s %j by user %i are still expired: %j', async (verb, path, body, caller, credentialsExpired) => {
    const emulator = createWorld();
    const shown = async () => seen(await connect(emulator).get('/accounts/110/users/1101'));
    await connect(emulator).patch('/organizations/users/1101', { phone: '1' });
    expect(await shown()).toEqual(ok(some({ credentialsExpired: true, credentialsNonExpired: false })));
    // They can still log in, because they have to in order to set a password.
    expect(seen(await connect(emulator).post('/authentication', login))).toEqual(ok(some({ id: 1101 })));
    expect(seen(await connect(emulator, emulator.authorizationFor(caller)).call(verb, path).send(body))).toEqual(
      ok(some({ id: 1101 })),
    );
    expect(await shown()).toEqual(ok(some({ credentialsExpired, credentialsNonExpired: !credentialsExpired })));
  });
});
