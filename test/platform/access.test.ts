import { authorizationOf } from '../../src/platform/authentication/authorization.ts';
import { operations } from '../../src/platform/operations.ts';
import { connect, type Verb } from '../support/client.ts';
import { expectRows } from '../support/rows.ts';
import { someOf } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';
import { type Answer, empty, ok, refused, seen, unauthorized401 } from './answers.ts';
import { elsewhereOf, lacksOf, mayCall, outOfReachOf } from './derived-access.ts';
import { type Sample, samples } from './samples.ts';

/** The callers; the paths name account 110. */
const callers = {
  organizationAdministrator: 1000,
  accountAdministrator: 1100,
  administratorOfAnotherAccount: 1200,
  plainUserOfTheDefaultAccount: 1001,
  plainUserOfTheAccount: 1101,
  inactiveAdministrator: 1002,
  otherOrganization: 2000,
} as const;

interface Row {
  /** The callers who may; everyone else gets 401, or 403 with `lacks`. */
  readonly may: readonly (keyof typeof callers)[];
  /** The privilege that a 403 names. */
  readonly lacks?: string;
  /** The answer to those who may. */
  readonly answer: Answer;
  /** The answer to the administrator of another organization, who sees nothing of this one. */
  readonly elsewhere: Answer;
  /** Callers who get another answer. */
  readonly others?: Partial<Record<keyof typeof callers, Answer>>;
}

const organization = ['organizationAdministrator'] as const;
const account = ['organizationAdministrator', 'accountAdministrator'] as const;
const anybody = [
  'organizationAdministrator',
  'accountAdministrator',
  'administratorOfAnotherAccount',
  'plainUserOfTheDefaultAccount',
  'plainUserOfTheAccount',
] as const;
/** All callers, known or not. */
const everybody: Row['may'] = [];
const administrator = ['organizationAdministrator', 'accountAdministrator', 'administratorOfAnotherAccount'] as const;

const some = (fields: object) => expect.objectContaining(fields);
const ids = (...list: number[]) => list.map((id) => some({ id }));
const noAccount = refused(404, 'No account found with ID 110');
const noUser = refused(404, 'No user found with ID 1101');
const noOrganization = refused(404, 'No organization found with ID 10');
const foreignAccount = refused(403, 'Account 120 is of another organization.');
const foreignUser = (id: number) => refused(403, `User ${id} is of another organization.`);
/** Under /users, users whom the caller does not administer are unknown. */
const others = { administratorOfAnotherAccount: noUser };

const table: Record<string, Row> = {
  getAccounts: { may: organization, answer: ok(ids(100, 110, 120)), elsewhere: ok(ids(200)) },
  createAccount: {
    may: organization,
    answer: ok(some({ id: 500, companyId: 10 })),
    elsewhere: ok(some({ id: 500, companyId: 20 })),
  },
  getAccountById: { may: organization, answer: ok(some({ id: 110, name: 'Here' })), elsewhere: noAccount },
  updateAccount: { may: organization, answer: ok(some({ id: 110, name: 'Renamed' })), elsewhere: noAccount },
  replaceAccount: { may: organization, answer: ok(some({ id: 110, name: 'Renamed' })), elsewhere: noAccount },
  deleteAccount: { may: organization, answer: empty, elsewhere: noAccount },
  getAccountUsers: { may: account, answer: ok(ids(1101, 1100)), elsewhere: noAccount },
  createAccountUser: { may: account, answer: ok(some({ id: 5000, firstName: 'New' })), elsewhere: noAccount },
  getAccountUserByEmailOrId: { may: account, answer: ok(some({ id: 1101, firstName: 'Uma' })), elsewhere: noAccount },
  updateAccountUser: { may: account, answer: ok(some({ id: 1101, firstName: 'Renamed' })), elsewhere: noAccount },
  replaceAccountUser: { may: account, answer: ok(some({ id: 1101, firstName: 'Renamed' })), elsewhere: noAccount },
  deleteAccountUser: { may: account, answer: empty, elsewhere: noAccount },
  getAccountRoles: { may: organization, answer: ok(ids(16339)), elsewhere: foreignAccount },
  getAccountRoleByKey: { may: organization, answer: ok(some({ key: 'default-user' })), elsewhere: foreignAccount },
  grantAccountRole: { may: organization, answer: ok(some({ key: 'default-user' })), elsewhere: foreignAccount },
  revokeAccountRole: { may: organization, answer: ok(some({ key: 'default-user' })), elsewhere: foreignAccount },
  getUsers: {
    may: administrator,
    answer: ok(ids(1200, 1101, 1100, 1001, 1000)),
    elsewhere: ok(ids(2000)),
    others: { accountAdministrator: ok(ids(1101, 1100)), administratorOfAnotherAccount: ok(ids(1200)) },
  },
  getUserByEmailOrId: {
    may: [...account, 'plainUserOfTheAccount'],
    answer: ok(some({ id: 1101, accountId: 110 })),
    elsewhere: noUser,
    others,
  },
  updateUser: { may: account, answer: ok(some({ id: 1101, firstName: 'Renamed' })), elsewhere: noUser, others },
  deleteUser: { may: account, answer: empty, elsewhere: noUser, others },
  getUserRoles: {
    may: [...account, 'plainUserOfTheAccount'],
    answer: ok(ids(2717)),
    elsewhere: foreignUser(1101),
    others,
  },
  grantUserRole: { may: account, answer: ok(some({ key: 'admin' })), elsewhere: foreignUser(1101), others },
  revokeUserRole: {
    may: organization,
    answer: ok(some({ key: 'admin' })),
    elsewhere: foreignUser(1200),
    others: {
      accountAdministrator: refused(404, 'No user found with ID 1200'),
      administratorOfAnotherAccount: refused(403, 'Users cannot change their own roles.'),
    },
  },
  getOrganizationUsers: { may: organization, answer: ok(ids(1002, 1001, 1000)), elsewhere: ok(ids(2000)) },
  createOrganizationUser: {
    may: organization,
    answer: ok(some({ id: 5000, email: 'new@user.example' })),
    elsewhere: ok(some({ id: 5000, email: 'new@user.example' })),
  },
  getOrganizationUserByEmailOrId: { may: organization, answer: ok(some({ id: 1101 })), elsewhere: noUser },
  updateOrganizationUser: {
    may: organization,
    answer: ok(some({ id: 1101, firstName: 'Renamed' })),
    elsewhere: noUser,
  },
  deleteOrganizationUser: { may: organization, answer: empty, elsewhere: noUser },
  getOrganization: { may: anybody, answer: ok(some({ id: 10 })), elsewhere: ok(some({ id: 20 })) },
  updateOrganization: {
    may: organization,
    answer: ok(some({ id: 10, name: 'Renamed' })),
    elsewhere: ok(some({ id: 20, name: 'Renamed' })),
  },
  getOrganizationAccounts: { may: organization, answer: ok(ids(100, 110, 120)), elsewhere: noOrganization },
  createOrganizationAccount: {
    may: organization,
    answer: ok(some({ id: 500, companyId: 10 })),
    elsewhere: noOrganization,
  },
  getOrganizationAccountById: { may: organization, answer: ok(some({ id: 110 })), elsewhere: noOrganization },
  getOrganizationRoles: {
    may: organization,
    lacks: 'configureRoles',
    answer: ok(ids(3, 930, 2717, 16339)),
    elsewhere: ok(ids(3, 930, 2717, 16339)),
  },
  updateOrganizationRoles: {
    may: organization,
    lacks: 'configureRoles',
    answer: ok(ids(3, 930, 2717, 16339)),
    elsewhere: ok(ids(3, 930, 2717, 16339)),
  },
  resetOrganizationRoles: {
    may: organization,
    lacks: 'configureRoles',
    answer: ok(ids(3, 930, 2717, 16339)),
    elsewhere: ok(ids(3, 930, 2717, 16339)),
  },
  updateOrganizationRole: {
    may: organization,
    lacks: 'configureRoles',
    answer: ok(some({ key: 'admin' })),
    elsewhere: ok(some({ key: 'admin' })),
  },
  updatePasswordPolicy: {
    may: organization,
    lacks: 'modifySecurity',
    answer: ok(some({ minLength: 9 })),
    elsewhere: ok(some({ minLength: 9 })),
  },
  deletePasswordPolicy: {
    may: organization,
    lacks: 'modifySecurity',
    answer: ok(some({ minLength: 8 })),
    elsewhere: ok(some({ minLength: 8 })),
  },
  authenticate: {
    may: everybody,
    answer: ok(some({ id: 1101, organizationId: 10 })),
    elsewhere: ok(some({ id: 1101, organizationId: 10 })),
  },
  getSecrets: {
    may: anybody,
    answer: ok(some({ organizationSecret: '10101010101010101010101010101010' })),
    elsewhere: ok(some({ organizationSecret: expect.not.stringMatching(/^1010/) })),
  },
  changePassword: {
    may: anybody,
    answer: ok(some({ organizationId: 10, token: expect.any(String) })),
    elsewhere: ok(some({ id: 2000, token: expect.any(String) })),
  },
  resetUserSecret: {
    may: anybody,
    answer: ok(some({ organizationSecret: '10101010101010101010101010101010' })),
    elsewhere: ok(some({ organizationSecret: expect.not.stringMatching(/^1010/) })),
  },
};

/** The answer to a caller who may not call; a caller who cannot authenticate gets 401 everywhere. */
const denied = ({ lacks }: Row, user: number) =>
  lacks === undefined || user === callers.inactiveAdministrator
    ? unauthorized401
    : refused(403, `User ${user} lacks the privilege '${lacks}'.`);

/** The row of an operation; one that the table does not have follows from the column `access`. */
function rowOf({ operationId, operation }: Sample): Row {
  const written = table[operationId];
  if (written !== undefined) return written;
  const lacks = lacksOf(operation);
  return {
    may: operation.access === 'anyone' ? everybody : mayCall(operation),
    ...(lacks === undefined ? {} : { lacks }),
    answer: ok(expect.anything()),
    elsewhere: elsewhereOf(operation),
    others: outOfReachOf(operation),
  };
}

test('every row of the table is of an operation', () => {
  expect(operations.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(Object.keys(table)));
});

// The sample of revokeUserRole has another path, so that its answers do not follow from its access alone.
test.each(samples.filter(({ operationId }) => operationId in table && operationId !== 'revokeUserRole'))(
  'what follows from the access of $operationId is what its row says',
  (sample) => {
    const { may, lacks, others = {} } = table[sample.operationId] as Row;
    expect([...mayCall(sample.operation)].sort()).toEqual([...may].sort());
    expect(lacksOf(sample.operation)).toBe(lacks);
    if (sample.operation.path !== '/users') expect(outOfReachOf(sample.operation)).toEqual(others);
  },
);

// What changes it is undone.
const emulator = createWorld();
const { userSecret, organizationSecret } = emulator.credentials;

describe.each(samples)('$operationId', (sample) => {
  const { verb, path, body } = sample;
  const row = rowOf(sample);
  const withoutCredentials = row.may === everybody ? row.answer : unauthorized401;
  const call = async (authorization: string | undefined) => {
    // Without a default: `connect` would take the administrator for an undefined one.
    const test = connect(emulator, authorization ?? '').call(verb, path);
    if (authorization === undefined) test.unset('Authorization');
    const answer = seen(await (body === undefined ? test : test.send(body)));
    if (answer.status === 200 && verb !== 'get') await emulator.reset();
    return answer;
  };

  test('answers each caller by its access', async () => {
    const { may, answer, elsewhere, others = {} } = row;
    await expectRows(
      (Object.keys(callers) as (keyof typeof callers)[]).map((caller) => {
        const allowed = may.includes(caller) || may === everybody ? answer : denied(row, callers[caller]);
        const expected = others[caller] ?? (caller === 'otherOrganization' ? elsewhere : allowed);
        return [caller, () => call(emulator.authorizationFor(callers[caller])), expected];
      }),
    );
  });

  test('refuses a caller without good credentials where it needs them', async () => {
    const other = /Organization (\S+)/.exec(emulator.authorizationFor(2000))?.[1] ?? '';
    const headers: Record<string, string | undefined> = {
      'no Authorization header': undefined,
      'an unknown user secret': `User x${userSecret}, Organization ${organizationSecret}`,
      'an unknown organization secret': `User ${userSecret}, Organization 0${organizationSecret}`,
      'no organization secret': `User ${userSecret}`,
      'no user secret': `Organization ${organizationSecret}`,
      'the secrets of two organizations': authorizationOf(userSecret, other),
    };
    await expectRows(
      someOf(Object.entries(headers), samples.indexOf(sample)).map(([name, authorization]) => [
        name,
        () => call(authorization),
        withoutCredentials,
      ]),
    );
  });
});

test('a refused call changes nothing', async () => {
  const emulator = createWorld();
  const client = connect(emulator);
  const look = async () => [
    seen(await client.get('/accounts?includeInactive=true')).body,
    seen(await client.get('/accounts/110/users')).body,
    seen(await client.get('/organizations/users')).body,
    seen(await client.get('/organizations/me')).body,
  ];
  const before = await look();
  for (const [at, user] of [1001, 1002, 1101, 1200].entries()) {
    for (const sample of someOf(samples, at)) {
      const { verb, path, body, operation } = sample;
      const row = rowOf(sample);
      if (operation.access === 'user' || operation.access === 'anyone') continue;
      if (user === 1200 && row.others?.administratorOfAnotherAccount !== undefined) continue;
      if (user === 1101 && row.may.includes('plainUserOfTheAccount')) continue;
      const response = await connect(emulator, emulator.authorizationFor(user)).call(verb, path).send(body);
      expect(seen(response)).toEqual(denied(row, user));
    }
  }
  expect(await look()).toEqual(before);
});

describe('rights that end', () => {
  const asAccountAdministrator = async (change: (client: ReturnType<typeof connect>) => PromiseLike<unknown>) => {
    const emulator = createWorld();
    const administrator = connect(emulator, emulator.authorizationFor(1100));
    expect(seen(await administrator.get('/accounts/110/users'))).toEqual(ok(ids(1101, 1100)));
    await change(connect(emulator));
    return seen(await administrator.get('/accounts/110/users'));
  };

  test.each<[string, Verb, string, object | undefined]>([
    ['deactivated', 'patch', '/accounts/110/users/1100', { active: false }],
    ['deprived of the role', 'patch', '/accounts/110/users/1100', { roles: [] }],
    ['deleted', 'delete', '/accounts/110/users/1100', undefined],
    ['gone with the account', 'delete', '/accounts/110', undefined],
  ])('an account administrator who is %s gets 401', async (_name, verb, path, body) => {
    expect(await asAccountAdministrator((client) => client.call(verb, path).send(body))).toEqual(unauthorized401);
  });

  test('a role that is granted counts from the next call on', async () => {
    const emulator = createWorld();
    const plain = connect(emulator, emulator.authorizationFor(1001));
    expect(seen(await plain.get('/accounts'))).toEqual(unauthorized401);
    await connect(emulator).patch('/organizations/users/1001', { roles: [{ key: 'org-admin' }] });
    expect(seen(await plain.get('/accounts'))).toEqual(ok(ids(100, 110, 120)));
  });
});

test('an account administrator learns nothing about other accounts: unknown ids are 401 too', async () => {
  const emulator = createWorld();
  const administrator = connect(emulator, emulator.authorizationFor(1100));
  for (const path of ['/accounts/999/users', '/accounts/120/users', '/accounts/200/users', '/accounts/abc/users']) {
    expect([path, seen(await administrator.get(path))]).toEqual([path, unauthorized401]);
  }
});
