import { setImmediate } from 'node:timers/promises';
import { Clock } from '../../src/clock.ts';
import { createIds } from '../../src/ids.ts';
import type { Fixture } from '../../src/index.ts';
import { checkFixture } from '../../src/store/check-fixture.ts';
import { fillFixture } from '../../src/store/fill-fixture.ts';
import { fixtureText, inTurns } from '../../src/store/fixture-text.ts';
import { State } from '../../src/store/state.ts';
import { writeFixture } from '../../src/store/write-fixture.ts';
import { world } from '../support/world.ts';

function stateOf(fixture: Fixture): State {
  checkFixture(fixture, 'test');
  const clock = new Clock();
  return fillFixture(fixture, 'test', clock, createIds(clock, 'test')).state;
}

const crowd: Fixture = {
  organizations: [
    { name: 'Line\nbreaks "and" [] {}', accounts: [{ externalId: '"accounts": []\n}', users: [] }] },
    {
      name: 'Crowd',
      roles: [{ key: 'admin', privileges: [] }],
      accounts: [
        { defaultAccount: true, users: [{ email: 'a@b.c', tokens: ['t1', 't2'], previousPasswords: ['x', '\n'] }] },
        { users: Array.from({ length: 1000 }, (_, n) => ({ email: `ä${n}@b.c`, password: '\u2028"\\' })) },
      ],
    },
  ],
  sequences: { user: 3, deletedUsers: [7, 9] },
};

test.each<[string, State]>([
  ['the world of the tests', stateOf(world)],
  ['a crowd with odd names', stateOf(crowd)],
  ['a state without anything', new State()],
])('the text of %s is what JSON.stringify gives of the fixture', (_name, state) => {
  for (const space of [0, 2] as const) {
    expect([...fixtureText(state, space)].join('')).toBe(JSON.stringify(writeFixture(state), null, space));
  }
});

test('text in turns is the same text, and others have their turn between', async () => {
  const state = stateOf(crowd);
  const pieces: Buffer[] = [];
  let turns = 0;
  let isDone = false;
  const others = (async () => {
    while (!isDone) {
      turns += 1;
      await setImmediate();
    }
  })();
  for await (const piece of inTurns(fixtureText(state, 2), '\n')) pieces.push(piece);
  isDone = true;
  await others;
  expect(Buffer.concat(pieces).toString()).toBe(`${JSON.stringify(writeFixture(state), null, 2)}\n`);
  expect(pieces.length).toBeGreaterThan(3);
  expect(turns).toBeGreaterThanOrEqual(pieces.length - 1);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(140_000);
});
