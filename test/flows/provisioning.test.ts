import fc from 'fast-check';
import { type Emulator, type Fixture, startEmulator } from '../../src/index.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { inEndurance, isEndurance } from '../support/runs.ts';
import { comparable } from './client.ts';
import type { Administrator } from './customer.ts';
import { Provisioning } from './provisioning.ts';

seedFastCheck();

const now = '2018-03-07T08:00:00Z';

const north: Administrator = { username: 'boss@north.example', password: 'Sup3r-Secret', domain: 'north.example' };
const south: Administrator = { username: 'boss@south.example', password: 'Sup3r-Secret', domain: 'south.example' };

/** Organizations with the platform's own password policy; ids far from the numbers that texts have. */
function fixtureOf(...administrators: Administrator[]): Fixture {
  return {
    organizations: administrators.map(({ username, password, domain }) => ({
      name: domain,
      accounts: [{ defaultAccount: true, users: [{ email: username, password }] }],
    })),
    sequences: { organization: 4000, account: 5000, user: 6000 },
  };
}

async function within<T>(fixture: Fixture | 'documentation', action: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator({ fixture, now });
  try {
    return await action(emulator);
  } finally {
    await emulator.close();
  }
}

/** The steps of one organization alone. */
async function alone(fixture: Fixture | 'documentation', login: Administrator) {
  return within(fixture, async ({ baseUrl }) => {
    const client = new Provisioning(baseUrl, login);
    const steps: string[] = [];
    for await (const step of client.play()) steps.push(step);
    return { steps, transcript: comparable(client.transcript) };
  });
}

/** Two of one emulator, each with its organization. @param order whose step is next; who is left over goes on alone. */
async function together(order: Iterable<0 | 1>) {
  return within(fixtureOf(north, south), async ({ baseUrl }) => {
    const players = [north, south].map((login) => {
      const client = new Provisioning(baseUrl, login);
      return { client, play: client.play(), steps: [] as string[] };
    });
    const step = async (player: (typeof players)[number] | undefined) => {
      const { value, done } = (await player?.play.next()) ?? { done: true };
      if (typeof value === 'string') player?.steps.push(value);
      return done !== true;
    };
    for (const next of order) await step(players[next]);
    for (const player of players) while (await step(player));
    return players.map(({ client, steps }) => ({ steps, transcript: comparable(client.transcript) }));
  });
}

/** In emulators with only this organization. */
let expected: Awaited<ReturnType<typeof alone>>[];
beforeAll(async () => {
  expected = await Promise.all([north, south].map((login) => alone(fixtureOf(login), login)));
});

describe('a customer from the first login to the last', () => {
  test('in the organization of the documents', async () => {
    const { steps } = await alone('documentation', {
      username: 'docs@cloud-elements.com',
      password: 'password',
      domain: 'customer.example',
    });
    expect(steps).toHaveLength(17);
  });

  test('in an organization with the default password policy', () => {
    expect(expected.map(({ steps }) => steps.length)).toEqual([17, 17]);
  });
});

describe('two organizations at the same time get the same answers as each of them alone', () => {
  const turns = (length: number, next: (turn: number) => 0 | 1) => Array.from({ length }, (_, turn) => next(turn));

  const orders = [
    ['in alternate steps', turns(40, (turn) => (turn % 2 === 0 ? 0 : 1))],
    ['in alternate steps, the second first', turns(40, (turn) => (turn % 2 === 0 ? 1 : 0))],
    ['one after the other', turns(20, () => 0)],
    ['three steps at a time', turns(60, (turn) => (turn % 6 < 3 ? 0 : 1))],
    ['one during the other', [...turns(12, () => 0), ...turns(20, () => 1)]],
  ] satisfies [string, (0 | 1)[]][];

  test.each(orders.filter((_, at) => isEndurance || at === 0))('%s', async (_name, order) => {
    expect(await together(order)).toEqual(expected);
  });

  inEndurance('in any order', async () => {
    const anyOrder = fc.array(fc.constantFrom(0 as const, 1 as const), { minLength: 34, maxLength: 34 });
    await fc.assert(
      fc.asyncProperty(anyOrder, async (order) => {
        expect(await together(order)).toEqual(expected);
      }),
      { numRuns: 3 },
    );
  });

  test('with simultaneous calls', async () => {
    const seen = await within(fixtureOf(north, south), async ({ baseUrl }) => {
      const clients = [north, south].map((login) => new Provisioning(baseUrl, login));
      const run = async (client: Provisioning) => {
        const steps: string[] = [];
        for await (const step of client.play()) steps.push(step);
        return { steps, transcript: comparable(client.transcript) };
      };
      return Promise.all(clients.map(run));
    });
    expect(seen).toEqual(expected);
  });
});
