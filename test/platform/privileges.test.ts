import { createEmulator, type Emulator, type Fixture } from '../../src/index.ts';
import { operations } from '../../src/platform/operations.ts';
import { connect } from '../support/client.ts';
import { expectRows } from '../support/rows.ts';
import { someOf } from '../support/runs.ts';
import { world } from '../support/world.ts';
import { refused, seen, unauthorized401 } from './answers.ts';
import { type Opens, opensOf } from './derived-access.ts';
import { everything, others } from './privileges.ts';
import { type Sample, samples } from './samples.ts';

const users = (verb: string): Opens => ({ organization: `${verb}UsersOrg`, account: `${verb}UsersAccount` });
const ofOrganization = (verb: string): Opens => ({ organization: `${verb}UsersOrg` });
const security: Opens = { organization: 'modifySecurity' };
const roles: Opens = { organization: 'configureRoles' };

/** What opens an operation; one that is not in it is tested by what its row says. */
const table: Record<string, Opens> = {
  getAccounts: 'role',
  createAccount: 'role',
  getAccountById: 'role',
  updateAccount: 'role',
  replaceAccount: 'role',
  deleteAccount: 'role',
  getAccountUsers: users('view'),
  createAccountUser: users('add'),
  getAccountUserByEmailOrId: users('view'),
  updateAccountUser: users('edit'),
  replaceAccountUser: users('edit'),
  deleteAccountUser: users('delete'),
  getAccountRoles: 'role',
  getAccountRoleByKey: 'role',
  grantAccountRole: 'role',
  revokeAccountRole: 'role',
  getUsers: users('view'),
  getUserByEmailOrId: users('view'),
  updateUser: users('edit'),
  deleteUser: users('delete'),
  getUserRoles: users('view'),
  grantUserRole: users('edit'),
  revokeUserRole: users('edit'),
  getOrganizationUsers: ofOrganization('view'),
  createOrganizationUser: ofOrganization('add'),
  getOrganizationUserByEmailOrId: ofOrganization('view'),
  updateOrganizationUser: ofOrganization('edit'),
  deleteOrganizationUser: ofOrganization('delete'),
  getOrganization: 'everybody',
  updateOrganization: security,
  getOrganizationAccounts: 'role',
  createOrganizationAccount: 'role',
  getOrganizationAccountById: 'role',
  getOrganizationRoles: roles,
  updateOrganizationRoles: roles,
  resetOrganizationRoles: roles,
  updateOrganizationRole: roles,
  updatePasswordPolicy: security,
  deletePasswordPolicy: security,
  authenticate: 'everybody',
  getSecrets: 'everybody',
  changePassword: 'everybody',
  resetUserSecret: 'everybody',
};

/** The callers; the paths name account 110 and its user 1101. */
const callers = { 'the own account': 1100, 'another account': 1200, 'the default account': 1001 } as const;

/** An emulator in which users have only these privileges, by the role `org`. */
function startWith(privileges: readonly string[]): Emulator {
  const [ten, ...others] = world.organizations;
  const accounts = ten?.accounts?.map((account) => ({
    ...account,
    users: account.users?.map((user) => ({
      ...user,
      roles: user.id === 1001 ? ['admin'] : user.id === 1101 ? ['default-user'] : user.roles,
    })),
  }));
  const none = ['admin', 'org-admin', 'default-user'].map((key) => ({ key, privileges: [] }));
  const fixture = {
    ...world,
    organizations: [{ ...ten, accounts, roles: [...none, { key: 'org', privileges }] }, ...others],
  } as Fixture;
  return createEmulator({ fixture, now: '2020-03-01T10:20:30Z', seed: 'privileges' });
}

/** Only a role that the user has can be revoked. */
const ownPaths: Record<string, string> = { revokeUserRole: '/users/1101/roles/default-user' };

const call = (emulator: Emulator, user: number, { operationId, verb, path, body }: Sample) => {
  const test = connect(emulator, emulator.authorizationFor(user)).call(verb, ownPaths[operationId] ?? path);
  return body === undefined ? test : test.send(body);
};

/** The answer to a caller with one privilege. */
function expected(sample: Sample, privilege: string, caller: keyof typeof callers): object {
  const { operation } = sample;
  const opens = opensSample(sample);
  const open = expect.objectContaining({ status: 200 });
  const { organization, account } = typeof opens === 'object' ? opens : {};
  if (opens === 'everybody' || privilege === organization) return open;
  if (privilege === account) {
    if (caller === 'the own account' || operation.path === '/users') return open;
    if (operation.path.startsWith('/users/')) return refused(404, 'No user found with ID 1101');
  }
  const isSettings = /^\/organizations\/(roles|password-policies)/.test(operation.path);
  const lacks = `User ${callers[caller]} lacks the privilege '${organization}'.`;
  return isSettings ? refused(403, lacks) : unauthorized401;
}

/** Each privilege of identity, and all others together, which open nothing here. */
const given: [what: string, privileges: readonly string[]][] = [
  ...everything.filter((key) => !others.includes(key)).map((key): [string, string[]] => [key, [key]]),
  ['what is not of identity', others],
];

/** An emulator for each set of privileges, as at its start: a refused request changes nothing. */
const emulators = new Map<string, Emulator>();

async function callOnce(what: string, privileges: readonly string[], user: number, sample: Sample) {
  const emulator = emulators.get(what) ?? startWith(privileges);
  emulators.set(what, emulator);
  const answer = seen(await call(emulator, user, sample));
  if (answer.status === 200 && sample.verb !== 'get') await emulator.reset();
  return answer;
}

const opensSample = ({ operationId, operation }: Sample): Opens => table[operationId] ?? opensOf(operation.access);

test('the access of every operation in the table says the same', () => {
  const said = operations.map(({ operationId, access }) => [operationId, opensOf(access)]);
  expect(Object.fromEntries(said)).toMatchObject(table);
});

describe.each(samples)('$operationId', (sample) => {
  test('answers callers of the own account, of another one and of the default account by their one privilege', async () => {
    const { organization, account } = Object(opensSample(sample));
    const tried = new Set([organization, account, ...someOf(given, samples.indexOf(sample)).map(([what]) => what)]);
    await expectRows(
      given
        .filter(([what]) => tried.has(what))
        .flatMap(([what, privileges]) =>
          (Object.keys(callers) as (keyof typeof callers)[]).map((caller) => [
            `with only ${what}, a caller of ${caller}`,
            () => callOnce(what, privileges, callers[caller], sample),
            expected(sample, what, caller),
          ]),
        ),
    );
  });

  test('refuses a caller with all privileges where it needs the role', async () => {
    const opens = opensSample(sample);
    const { status } = await callOnce('all', everything, 1200, sample);
    expect(status).toBe(opens === 'role' ? 401 : 200);
  });

  test('answers the role org-admin without a privilege where it needs the role or nothing', async () => {
    const opens = opensSample(sample);
    const { status } = await callOnce('none', [], 1000, sample);
    const isForbidden = /^\/organizations\/(roles|password-policies)/.test(sample.operation.path);
    expect(status).toBe(typeof opens === 'string' ? 200 : isForbidden ? 403 : 401);
  });
});
