import fc from 'fast-check';
import { checkFixture } from '../../src/fixtures/check-fixture.ts';
import { fillFixture } from '../../src/fixtures/fill-fixture.ts';
import { fixtureOf, namesIn } from '../../src/pull/fixture-of.ts';
import { LeftOut } from '../../src/pull/left-out.ts';
import { keptNames, madeUpNames } from '../../src/pull/made-up.ts';
import { mend } from '../../src/pull/mend.ts';
import { Clock } from '../../src/state/clock.ts';
import { createIds } from '../../src/state/ids.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { isEndurance } from '../support/runs.ts';

seedFastCheck();

/** Values that a field can have on a server that has its own ideas, and good ones. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Ann', 'a@x.example', 'A@X.example', 'admin', 'org-admin', '2017-02-30') },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(true, false, 'true', 'yes', null, undefined, 0, 1, 8, -1, 1.5) },
  fc.constantFrom<unknown>(1_500_000_000_000, 1e300, [], {}, ['admin'], [{ key: 'admin' }], [{ key: 'org-admin' }]),
  fc.jsonValue({ maxDepth: 2 }),
);
const record = (...keys: readonly string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });

const user = record(
  ...['active', 'createdDate', 'accountLocked', 'firstName', 'lastName', 'email', 'username', 'lastLoginDate'],
  ...['credentialsExpired', 'roles', 'externalId', 'city', 'oauthId', 'oauthProvider', 'country'],
);
const account = record('active', 'defaultAccount', 'createdDate', 'status', 'name', 'description', 'externalId');
const policy = record('minLength', 'minNumbers', 'symbolCharacterSet', 'maxAge', 'previousPasswordCount');
const organization = record('active', 'createdDate', 'tierId', 'status', 'vdrVersion', 'name', 'externalId', 'street1');
const id = fc.integer({ min: -1, max: 6 });

const world = fc.record({
  organization: fc
    .tuple(organization, fc.oneof(policy, value), id)
    .map(([fields, passwordPolicy, id]) => ({ ...fields, passwordPolicy, id })),
  roles: fc.option(fc.array(record('key', 'privileges'), { maxLength: 4 }), { nil: undefined }),
  accounts: fc.uniqueArray(
    fc.record({
      account: fc.tuple(account, id).map(([fields, id]) => ({ ...fields, id })),
      roles: fc.option(fc.array(fc.constantFrom('admin', 'org-admin', 'pilot'), { maxLength: 3 }), { nil: undefined }),
      users: fc.option(
        fc.array(
          fc.tuple(user, id).map(([fields, id]) => ({ ...fields, id })),
          { maxLength: 4 },
        ),
        {
          nil: undefined,
        },
      ),
    }),
    { maxLength: 4, selector: ({ account }) => account.id },
  ),
  unread: fc.constant([]),
});

const clock = new Clock();

test.each([
  ['kept', () => keptNames],
  ['made-up', madeUpNames],
])('an emulator can start with whatever a server has answered, with %s names', (_, names) => {
  fc.assert(
    fc.property(world, (answered) => {
      const leftOut = new LeftOut();
      const fixture = fixtureOf(answered, names(namesIn(answered)), leftOut);
      mend(fixture, leftOut);
      checkFixture(fixture, 'the fixture');
      fillFixture(fixture, 'the fixture', clock, createIds(clock, undefined));
      expect(fixture.organizations[0]?.accounts).toHaveLength(answered.accounts.length);
    }),
    { numRuns: isEndurance ? 1000 : 50 },
  );
});

test('a good fixture stays as it is', () => {
  const leftOut = new LeftOut();
  const fixture = { organizations: [{ name: 'A', accounts: [{ id: 2, users: [{ id: 3, email: 'a@x.example' }] }] }] };
  const before = structuredClone(fixture);
  mend(fixture, leftOut);
  expect(fixture).toEqual(before);
  expect(leftOut.lines).toEqual([]);
});
