import { Clock } from '../../src/clock.ts';
import { createIds } from '../../src/ids.ts';
import type { Fixture } from '../../src/index.ts';
import { checkFixture } from '../../src/store/check-fixture.ts';
import { fillFixture } from '../../src/store/fill-fixture.ts';
import { fixtureText, inPieces } from '../../src/store/fixture-text.ts';
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
  expect([...fixtureText(state)].join('')).toBe(JSON.stringify(writeFixture(state), null, 2));
});

test('text in pieces is the same text', () => {
  const state = stateOf(crowd);
  const pieces = [...inPieces(fixtureText(state), '\n')];
  expect(Buffer.concat(pieces).toString()).toBe(`${JSON.stringify(writeFixture(state), null, 2)}\n`);
  expect(pieces.length).toBeGreaterThan(3);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(140_000);
});
