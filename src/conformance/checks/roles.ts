import type { Check } from '../check.ts';
import { agree, agreeOn, such } from '../difference.ts';
import { roleOf } from '../privileges.ts';
import { keysOf, listOf, objectOf } from '../read.ts';

const users = ['viewUsers', 'addUsers', 'editUsers', 'deleteUsers'];

/** The keys of all privileges (vendor docs). */
const privileges = [
  ...users.map((name) => `${name}Account`),
  ...users.map((name) => `${name}Org`),
  ...['modifySecurity', 'configureRoles', 'manageUiBranding', 'viewLogsOrg', 'viewLogsAccount'],
  ...['viewFormulas', 'createFormulas', 'editFormulas', 'deleteFormulas', 'createFormulaInstances'],
  ...['viewElements', 'createElements', 'editElements', 'deleteElements', 'createElementInstances'],
  ...['viewCommonObjects', 'createCommonObjects', 'editCommonObjects', 'deleteCommonObjects', 'intelligence'],
];

/** Those that are not about users, settings and logs. */
const others = privileges.filter(
  (key) => !/Users|^viewLogs|^(modifySecurity|configureRoles|manageUiBranding)$/.test(key),
);

export const roleRows: readonly Check[] = [
  {
    id: 'role-catalog',
    sentence:
      '`GET /organizations/roles` lists `admin`, `org`, `org-admin` and `default-user`, each with its `id`, `key` and `privileges`',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      const roles = await admin.get('/organizations/roles');
      const ids = Object.fromEntries(listOf(roles).map(({ key, id }) => [String(key), id]));
      agreeOn(`${roles.call}: ids by key`, ids, { admin: 3, org: 2717, 'org-admin': 930, 'default-user': 16339 });
      const list = such('a list', (value) => Array.isArray(value));
      agree(roles, { body: listOf(roles).map(() => ({ active: true, features: list, privileges: list })) });
    },
  },
  {
    id: 'role-admin-name',
    sentence:
      'Role endpoints call `admin` "Account", "Account Administrator", and answer `hide: false`; bodies of users and logins have the words of 000',
    source: 'vendor docs',
    note: 'the later pages',
    changes: 'nothing',
    run: async (context) => {
      agreeOn('role admin', await roleOf(context, 'admin'), {
        name: 'Account',
        description: 'Account Administrator',
        hide: false,
      });
    },
  },
  {
    id: 'privilege-keys',
    sentence: 'The keys of the privileges',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      const roles = await admin.get('/organizations/roles');
      const keys = listOf(roles).flatMap((role) => keysOf(role, 'privileges', roles.call));
      agreeOn(
        'keys that are not in the catalog',
        [...new Set(keys)].filter((key) => !privileges.includes(key)),
        [],
      );
      agreeOn(
        'keys that no role has',
        privileges.filter((key) => !keys.includes(key)),
        [],
      );
    },
  },
  {
    id: 'privileges-by-role',
    sentence:
      'Which role has which privileges: `org-admin` all; `admin` `…UsersAccount`, `viewLogsAccount` and those that are not about identity; `org` and `default-user` those that are not about identity (`default-user` without `intelligence`)',
    source: 'ours',
    changes: 'nothing',
    run: async (context) => {
      const expected = {
        'org-admin': privileges,
        admin: [...users.map((name) => `${name}Account`), 'viewLogsAccount', ...others],
        org: others,
        'default-user': others.filter((key) => key !== 'intelligence'),
      };
      for (const [key, keys] of Object.entries(expected)) {
        agreeOn(`privileges of ${key}`, keysOf(await roleOf(context, key), 'privileges', key), [...keys].sort());
      }
    },
  },
  {
    id: 'privileges-without-effect',
    sentence:
      'Privileges that open nothing here (logs, branding, formulas, elements, common objects) are stored and shown',
    source: 'ours',
    changes: 'nothing',
    run: async (context) => {
      const keys = keysOf(await roleOf(context, 'org-admin'), 'privileges', 'org-admin');
      const shown = ['createElements', 'manageUiBranding', 'viewCommonObjects', 'viewFormulas', 'viewLogsOrg'];
      agreeOn(
        'privileges of org-admin',
        keys.filter((key) => shown.includes(key)),
        shown,
      );
    },
  },
  {
    id: 'role-own-and-account',
    sentence:
      "The `roles` in a user's body are the user's own; `GET /users/{id}/roles` and a login also show those of the account",
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, createUser, anyone }) => {
      const { id, path, email, password } = await createUser();
      agree(await admin.put(`${await accountPath()}/roles/admin`), 200);
      const user = await admin.get(path);
      agreeOn(`${user.call}: roles`, keysOf(objectOf(user), 'roles', user.call), ['org']);
      const roles = await admin.get(`/users/${id}/roles`);
      agreeOn(`${roles.call}: keys`, keysOf({ roles: roles.body }, 'roles', roles.call), ['admin', 'org']);
      const login = await anyone.post('/authentication', { username: email, password });
      agree(login, { body: { roles: [{ key: 'admin' }, { key: 'org' }], accountAdmin: true } });
    },
  },
  {
    id: 'account-roles',
    sentence:
      'The roles of an account are those that were granted to it: `org` belongs to users, and granting it to an account is 200 and changes nothing. `GET` of a role that the account does not have is 404',
    source: 'vendor docs',
    note: 'granting `org` is ours',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      const path = `${await accountPath()}/roles`;
      agree(await admin.get(path), { body: [] });
      agree(await admin.put(`${path}/org`), 200);
      agree(await admin.get(path), { body: [] });
      agree(await admin.get(`${path}/admin`), 404);
      agree(await admin.put(`${path}/admin`), 200);
      agree(await admin.get(path), { body: [{ key: 'admin' }] });
      agree(await admin.get(`${path}/admin`), { body: { key: 'admin' } });
      agree(await admin.delete(`${path}/admin`), 200);
      agree(await admin.get(`${path}/admin`), 404);
    },
  },
  {
    id: 'account-role-effect',
    sentence: 'A role of an account works for all of its users',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { caller } = await createUser();
      agree(await caller.get(`${await accountPath()}/users`), 401);
      agree(await admin.put(`${await accountPath()}/roles/admin`), 200);
      agree(await caller.get(`${await accountPath()}/users`), 200);
    },
  },
];
