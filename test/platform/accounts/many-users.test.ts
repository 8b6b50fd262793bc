import { createEmulator, type Emulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { isEndurance } from '../../support/runs.ts';
import { stepsOf } from '../../support/steps.ts';

/** An account of many users, whose ids the fixture has; the sequence of ids has passed none of them. */
function createMany(count: number, next = 1000): Emulator {
  const many = Array.from({ length: count }, (_, index) => ({ id: 1000 + index, email: `user${index}@many.example` }));
  const administrator = { id: 900_000, email: 'admin@many.example', roles: ['org-admin' as const] };
  const organization = {
    name: 'Many',
    accounts: [
      { id: 1, defaultAccount: true, users: [administrator] },
      { id: 2, externalId: 'many', users: many },
    ],
  };
  return createEmulator({ fixture: { organizations: [organization], sequences: { user: next } }, seed: 'many' });
}

const user = (email: string) => ({ firstName: 'A', lastName: 'B', email, password: 'Passw0rd!' });

type Change = (emulator: Emulator, count: number) => Promise<unknown>;

const deactivate: Change = async (emulator) => {
  const { status } = await connect(emulator).patch('/accounts/2', { active: false });
  expect(status).toBe(200);
};

const removeAll: Change = async (emulator) => {
  const { status } = await connect(emulator).patch('/accounts/2?permanent=true', { active: false });
  expect(status).toBe(200);
};

const create = async (emulator: Emulator, count: number, email: (n: number) => string, status: number) => {
  for (let n = 0; n < count; n += 1) {
    const answer = await connect(emulator).post('/accounts/1/users', user(email(n)));
    expect(answer.status).toBe(status);
  }
};

describe('the cost', () => {
  const sizes = isEndurance ? [2000, 8000] : [300, 1200];
  const costs = async (prepare: Change, change: Change, next?: number) => {
    const steps: number[] = [];
    for (const count of sizes) {
      const emulator = createMany(count, next);
      await prepare(emulator, count);
      steps.push(await stepsOf(() => change(emulator, count)));
    }
    const [few = 0, many = 0] = steps;
    return { few, many, ratio: many / few };
  };
  const nothing: Change = async () => undefined;
  const removeAllAndCreateOne: Change = async (emulator, count) => {
    await removeAll(emulator, count);
    await create(emulator, 1, () => 'first@many.example', 200);
  };

  test.each<[string, Change, Change]>([
    ['deactivating the users of an account', nothing, deactivate],
    ['removing the users of an account', nothing, removeAll],
    ['removing the users of an inactive account', deactivate, removeAll],
    [
      'reactivating 50 users of an account, oldest first',
      async (emulator) => {
        await deactivate(emulator, 0);
        await connect(emulator).patch('/accounts/2', { active: true });
      },
      async (emulator) => {
        for (let n = 0; n < 50; n += 1) {
          const { status } = await connect(emulator).patch(`/users/${1000 + n}`, { active: true });
          expect(status).toBe(200);
        }
      },
    ],
  ])('of %s is at most linear in their number', async (_, prepare, change) => {
    const { few, ratio } = await costs(prepare, change);
    expect(few).toBeGreaterThan(0);
    expect(ratio).toBeLessThan(5);
  });

  test.each<[string, number, Change, Change]>([
    [
      'creating users after the removal of many with later ids',
      1,
      removeAllAndCreateOne,
      (emulator) => create(emulator, 10, (n) => `new${n}@many.example`, 200),
    ],
    [
      'creating users after the removal of many with the next ids',
      1000,
      removeAllAndCreateOne,
      (emulator) => create(emulator, 10, (n) => `new${n}@many.example`, 200),
    ],
    [
      'refusing users whose emails are in use',
      1000,
      (emulator) => create(emulator, 1, () => 'admin@many.example', 409),
      (emulator) => create(emulator, 10, () => 'admin@many.example', 409),
    ],
  ])('of %s does not grow with the number of users', async (_, next, prepare, change) => {
    const { few, ratio } = await costs(prepare, change, next);
    expect(few).toBeGreaterThan(0);
    expect(ratio).toBeLessThan(1.2);
  });
});

test('new users do not get the ids of removed users, also after a snapshot', async () => {
  const emulator = createMany(30);
  emulator.clock.set('2020-01-01');
  // The sequence is among the ids of the users.
  await emulator.restore({ ...structuredClone(emulator.snapshot()), sequences: { user: 1010 } });
  await removeAll(emulator, 30);
  const snapshot = emulator.snapshot();
  expect(snapshot.sequences?.deletedUsers).toEqual(Array.from({ length: 20 }, (_, index) => 1010 + index));
  const createOne = async (email: string) => (await connect(emulator).post('/accounts/1/users', user(email))).body.id;
  expect([await createOne('a@b.example'), await createOne('c@d.example')]).toEqual([1030, 1031]);
  expect(emulator.snapshot().sequences?.deletedUsers).toBeUndefined();
  await emulator.restore(snapshot);
  expect(await createOne('a@b.example')).toBe(1030);
});
