import { answerJson, pullFrom, type SmallPlatform } from './small-platform.ts';

const usersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: first + n, email: `user${first + n}@x.example`, roles: [] }));

const everyone = { accounts: [{ id: 2, defaultAccount: true }], users: { 2: usersFrom(10, 450) } };

test.each<[string, Partial<SmallPlatform>]>([
  ['pages as large as asked for', {}],
  ['smaller pages', { cap: 100 }],
  ['smaller pages that do not divide the total', { cap: 7 }],
  ['smaller pages and no total', { cap: 100, hasTotal: false }],
  ['no total', { hasTotal: false }],
  ['no total, and a total that full pages reach exactly', { hasTotal: false, cap: 150 }],
])('fixture pull reads every record of a server with %s', async (_, how) => {
  const { organization, notes, exitCode } = await pullFrom({ ...everyone, ...how });
  expect(organization.accounts[0].users.map(({ id }: { id: number }) => id)).toEqual(
    everyone.users[2].map(({ id }) => id),
  );
  expect(notes).toEqual([]);
  expect(exitCode).toBeUndefined();
});

test.each(['', '0', '7', 'many'])('fixture pull reads on where the total is "%s"', async (total) => {
  const answer: SmallPlatform['answer'] = (path, query, response) => {
    if (path !== '/accounts/2/users') return false;
    const offset = Number(query.get('offset'));
    response.setHeader('Elements-Total-Count', total);
    return answerJson(response, 200, everyone.users[2].slice(offset, offset + 200));
  };
  expect((await pullFrom({ ...everyone, answer })).summary).toContain('450 users');
});

test('fixture pull ends a list without a total at a 404 that says that there are no more users', async () => {
  const answer: SmallPlatform['answer'] = (path, query, response) =>
    path === '/accounts/2/users' &&
    query.get('offset') === '450' &&
    answerJson(response, 404, { message: 'No users found' });
  expect((await pullFrom({ ...everyone, hasTotal: false, answer })).summary).toContain('450 users');
});

test('fixture pull says when a list has fewer records than it announces', async () => {
  const answer: SmallPlatform['answer'] = (path, query, response) => {
    if (path !== '/accounts/2/users') return false;
    response.setHeader('Elements-Total-Count', 451);
    return answerJson(response, 200, query.get('offset') === '0' ? everyone.users[2] : []);
  };
  expect((await pullFrom({ ...everyone, answer })).notes).toEqual([
    'Left out: records of a list of account 2 (GET /accounts/2/users announced 451 and had 450)',
  ]);
});

test.each([
  ['with a total', true],
  ['without a total', false],
])('fixture pull refuses a list %s that answers the same page again and again', async (_, hasTotal) => {
  const answer: SmallPlatform['answer'] = (path, _query, response) => {
    if (path !== '/accounts/2/users') return false;
    if (hasTotal) response.setHeader('Elements-Total-Count', 1000);
    return answerJson(response, 200, everyone.users[2].slice(0, 100));
  };
  const { err, exitCode } = await pullFrom({ ...everyone, answer });
  expect(err).toMatch(
    /GET \/accounts\/2\/users\?.*offset=100 answers the same records again: the list does not end\.\n$/,
  );
  expect(exitCode).toBe(2);
});

test('fixture pull takes 404 "No users found" for an account without users', async () => {
  const answer: SmallPlatform['answer'] = (path, _, response) =>
    path.endsWith('/users') && answerJson(response, 404, { message: 'No users found' });
  const { organization, notes } = await pullFrom({ answer });
  expect(organization.accounts).toEqual([{ id: 2, defaultAccount: true, roles: ['org-admin'], users: [] }]);
  expect(notes).toEqual([]);
});

describe('fixture pull does not take a refusal for an empty list', () => {
  const refuse =
    (refused: RegExp, status: number, message: string): SmallPlatform['answer'] =>
    (path, _, response) =>
      refused.test(path) && answerJson(response, status, { message });
  const customers = {
    accounts: [{ id: 2, defaultAccount: true }, { id: 3 }],
    users: { 2: [{ id: 10, email: 'a@x.example', roles: ['org-admin'] }] },
  };

  test.each([
    ['accounts', 400, 'Bad'],
    ['accounts', 404, 'No accounts found'],
    ['accounts', 405, 'Not allowed'],
  ])('it is an error that a request for %s is answered %d', async (_, status, message) => {
    const { err, exitCode } = await pullFrom({ ...customers, answer: refuse(/^\/accounts$/, status, message) });
    const call = 'GET /accounts?includeInactive=true&pageSize=200&offset=0';
    const line = `${call} was answered ${status}: without the accounts there is nothing to write.`;
    expect(err).toBe(`cloud-elements-emulator: ${line}\n`);
    expect(exitCode).toBe(2);
  });

  test.each<[string, RegExp, number, string, string]>([
    [
      'users',
      /^\/accounts\/3\/users$/,
      403,
      'Forbidden',
      'Not read: the users of an account (GET /accounts/3/users?includeInactive=true&pageSize=200&offset=0 was answered 403); the fixture has none of them.',
    ],
    [
      'users of an account that is gone',
      /^\/accounts\/3\/users$/,
      404,
      'No account found with ID 3',
      'Not read: the users of an account (GET /accounts/3/users?includeInactive=true&pageSize=200&offset=0 was answered 404); the fixture has none of them.',
    ],
    [
      'user names',
      /^\/organizations\/users$/,
      403,
      'Forbidden',
      'Not read: the user names of the organization (GET /organizations/users?includeInactive=true&pageSize=200&offset=0 was answered 403); users have their emails.',
    ],
    [
      'roles of accounts',
      /\d\/roles$/,
      404,
      'Not found',
      'Not read: the roles of 2 accounts (GET /accounts/2/roles was answered 404); the fixture grants them none.',
    ],
    [
      'roles',
      /^\/organizations\/roles$/,
      501,
      'Not implemented',
      'Not read: the roles of the organization (GET /organizations/roles was answered 501); those of the emulator apply.',
    ],
  ])('the output names %s that the server does not answer', async (_what, path, status, message, note) => {
    const { organization, notes, exitCode } = await pullFrom({ ...customers, answer: refuse(path, status, message) });
    expect(notes).toEqual([note]);
    expect(organization.accounts).toHaveLength(2);
    expect(organization.accounts[0].users).toHaveLength(1);
    expect(exitCode).toBeUndefined();
  });

  test('the output names roles that are no list', async () => {
    expect((await pullFrom({ roles: { admin: true } })).notes).toEqual([
      'Not read: the roles of the organization (GET /organizations/roles was answered with something that is no list); those of the emulator apply.',
    ]);
  });

  test('the users that have come stay where a later page is 404 "No users found"', async () => {
    const answer: SmallPlatform['answer'] = (path, query, response) =>
      path === '/accounts/2/users' &&
      query.get('offset') === '200' &&
      answerJson(response, 404, { message: 'No users found' });
    const { summary, notes } = await pullFrom({ ...everyone, answer });
    expect(summary).toContain('200 users');
    expect(notes).toEqual([
      'Left out: records of a list of account 2 (GET /accounts/2/users announced 450 and had 200)',
    ]);
  });
});
