import { blocksOf, isIn } from '../support/markdown.ts';
import { answerJson, pullFrom, type SmallPlatform } from './small-platform.ts';

/** Values in another form that a pull understands, and what its output says. */

const email = 'a@x.example';
const users = (...odd: object[]) => ({ users: { 2: odd.map((fields) => ({ id: 10, email, roles: [], ...fields })) } });

test.each<[string, SmallPlatform, object]>([
  [
    'dates in milliseconds',
    users({ createdDate: Date.UTC(2017, 1, 3), lastLoginDate: Date.UTC(2018, 1, 3, 4) }),
    { createdDate: '2017-02-03', lastLoginDate: '2018-02-03T04:00:00.000Z' },
  ],
  ['booleans as texts', users({ active: 'false', accountLocked: 'true' }), { active: false, accountLocked: true }],
  ['numbers as external ids and names', users({ externalId: 17, firstName: 5 }), { externalId: '17', firstName: '5' }],
  ['ids as texts', users({ id: '17' }), { id: 17 }],
  ['roles that are keys alone', users({ roles: ['admin', 'org'] }), { roles: ['admin'] }],
])('fixture pull reads %s', async (_what, platform, user) => {
  const { organization, notes } = await pullFrom(platform);
  expect(organization.accounts[0].users).toMatchObject([user]);
  expect(notes).toEqual([]);
});

test.each<[string, SmallPlatform, string[]]>([
  [
    'no default account',
    { accounts: [{ id: 3 }] },
    ['No account is the default one: the emulator adds one, with an administrator.'],
  ],
  [
    'no administrator',
    { ...users({}), ownRoles: [] },
    ['No user of the default account is its administrator: give one the role org-admin in the file.'],
  ],
  ['an administrator', { ...users({ roles: ['org-admin'] }), ownRoles: [] }, []],
  ['users whose roles are not shown', { ...users({ roles: undefined }), ownRoles: [] }, []],
])('fixture pull says what a start needs of an organization with %s', async (_what, platform, expected) => {
  expect((await pullFrom(platform)).notes).toEqual(expected);
});

test('fixture pull reads an organization whose id is a text', async () => {
  const { organization, notes } = await pullFrom({ organization: { id: '77' } });
  expect(organization.id).toBe(77);
  expect(notes).toEqual([]);
});

test('fixture pull makes up names for numbers too', async () => {
  const { organization } = await pullFrom(users({ externalId: 123_456_789, email: 'kim@acme.example' }), '--force');
  expect(JSON.stringify(organization)).not.toContain('123456789');
  expect(organization.accounts[0].users[0].externalId).toMatch(/^\d{9}$/);
});

test('fixture pull writes many odd values as one line for each kind', async () => {
  const odd = Array.from({ length: 1000 }, (_, n) => ({ id: n + 1, email: `no email ${n}`, active: 'yes', status: 1 }));
  const { organization, notes } = await pullFrom({ users: { 2: odd } });
  expect(organization.accounts[0].users).toHaveLength(1000);
  expect(notes).toEqual([
    expect.stringMatching(/^(Changed: email|Left out: active) of 1,000 users, the first of them user 1 \(/),
    expect.stringMatching(/^(Changed: email|Left out: active) of 1,000 users, the first of them user 1 \(/),
  ]);
});

test('fixture pull writes a line for each kind of fault of a field', async () => {
  const dates = ['2017-02-30', 'yesterday', '2018-02-30', 'tomorrow'];
  const odd = dates.map((createdDate, n) => ({ id: n + 1, email: `${n}@x.example`, createdDate }));
  const { notes } = await pullFrom({ users: { 2: odd } });
  expect(notes).toEqual([
    expect.stringMatching(/^Left out: createdDate of 2 users, the first of them user 2 \(found "yesterday", /),
    expect.stringMatching(/^Left out: createdDate of 2 users, the first of them user 1 \(found "2017-02-30", /),
  ]);
});

test('fixture pull writes at most ten lines of a kind', async () => {
  const roles = Array.from({ length: 3000 }, (_, n) => ({ key: `pilot ${n}` }));
  const passwordPolicy = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`key${n}`, n]));
  const { notes } = await pullFrom({ roles, organization: { passwordPolicy } });
  expect(notes).toHaveLength(22);
  expect(notes.slice(9, 11)).toEqual([
    "Left out: role 'pilot 9' of the organization (the emulator has no such role)",
    'Left out: … and 2,990 more of the same kind',
  ]);
  expect(notes[21]).toBe('Left out: … and 15 more of the same kind');
});

test('fixture pull shows no character of the server that a terminal would obey', async () => {
  const key = '\u001b[2Jx\u009b\u202e\n';
  const odd = [{ id: 10, email, roles: [key], status: '\u009b2J', active: '\u202e' }];
  const { err } = await pullFrom({ roles: [{ key }, { key: 'x'.repeat(5000) }], users: { 2: odd } });
  expect(err).toContain("Left out: role '\\u001b[2Jx\\u009b\\u202e\\u000a' of the organization (");
  expect(err).toContain("Left out: role '\\u001b[2Jx\\u009b\\u202e\\u000a' of user 10 (");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(Math.max(...err.split('\n').map(({ length }) => length))).toBeLessThan(1100);
});

test('fixture pull prints the lines that docs/real-platform.md shows', async () => {
  const pilots = [17, 18, 19].map((id) => ({ id, email: `${id}@x.example`, roles: ['pilot'] }));
  const { err } = await pullFrom({
    accounts: [{ id: 2, defaultAccount: true }, { id: 4022 }],
    users: { 2: [...pilots, { id: 23, email: '17@x.example', roles: [] }] },
    answer: (path, _, response) => path === '/accounts/4022/users' && answerJson(response, 403, {}),
  });
  const lines = blocksOf('docs/real-platform.md').flatMap(({ language, text }) =>
    language === 'log' && text.includes('pilot') ? text.trim().split('\n') : [],
  );
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(err.split('\n').some((printed) => isIn(printed, line))).toBe(true);
});
