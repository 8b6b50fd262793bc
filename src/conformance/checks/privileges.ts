import type { Check, Untold } from '../check.ts';
import { agree, agreeOn } from '../difference.ts';
import { changePrivileges, roleOf } from '../privileges.ts';
import { keysOf, objectOf } from '../read.ts';

/** Adds privileges to those that a role has. */
const plus =
  (...more: readonly string[]) =>
  (privileges: readonly string[]) => [...new Set([...privileges, ...more])];

/** Takes privileges from a role. */
const minus =
  (...less: readonly string[]) =>
  (privileges: readonly string[]) =>
    privileges.filter((key) => !less.includes(key));

/** The role whose privileges the checks change: hardly anybody has it. */
const key = 'default-user';
const roles = [{ key }];

export const privilegeRows: readonly (Check | Untold)[] = [
  {
    id: 'privileges-decide',
    sentence:
      'Privileges decide who may call what, and roles bring them. What a role gains or loses by `PUT /organizations/roles…` counts from the next call of its users on, also for uploads under way',
    source: 'vendor docs',
    note: 'roles are lists of privileges that the organization can change',
    changes: 'organization',
    run: async (context) => {
      const { caller } = await context.createUser({ roles });
      const path = `${await context.accountPath()}/users`;
      await changePrivileges(context, key, minus('viewUsersAccount', 'viewUsersOrg'));
      agree(await caller.get(path), 401);
      await changePrivileges(context, key, plus('viewUsersAccount'));
      agree(await caller.get(path), 200);
      await changePrivileges(context, key, minus('viewUsersAccount'));
      agree(await caller.get(path), 401);
    },
  },
  {
    id: 'privileges-of-users',
    sentence:
      "`view…`, `add…`, `edit…` and `deleteUsersAccount` open `/accounts/{id}/users…` of the caller's own account and the same part of `/users`; `…UsersOrg` open `/organizations/users…`, the users of every account and all of `/users`",
    source: 'ours',
    note: "the vendor's pages name the privileges",
    changes: 'organization',
    run: async (context) => {
      const { caller } = await context.createUser({ roles });
      const path = `${await context.accountPath()}/users`;
      await changePrivileges(context, key, plus('viewUsersAccount'));
      agree(await caller.get(path), 200);
      agree(await caller.get('/users'), 200);
      agree(await caller.post(path, context.newUser()), 401);
      agree(await caller.get('/organizations/users'), 401);
      await changePrivileges(context, key, plus('viewUsersOrg'));
      agree(await caller.get('/organizations/users'), 200);
      agree(await caller.get(`/accounts/${String((await context.someAccount(true)).id)}/users`), 200);
    },
  },
  {
    id: 'privilege-modify-security',
    sentence: '`modifySecurity` opens `PUT /organizations/me` and the password policies',
    source: 'vendor docs',
    note: 'release 2.154',
    changes: 'organization',
    run: async (context) => {
      const { caller } = await context.createUser({ roles });
      const { name } = context.organization;
      agree(await caller.put('/organizations/me', { name }), 401);
      await changePrivileges(context, key, plus('modifySecurity'));
      agree(await caller.put('/organizations/me', { name }), { body: { name } });
      // Not allowed would be 403.
      agree(await caller.put('/organizations/password-policies', { minLength: 'none' }), 400);
    },
  },
  {
    id: 'privilege-configure-roles',
    sentence: '`configureRoles` opens `/organizations/roles…`',
    source: 'ours',
    note: "the vendor's pages name the privilege",
    changes: 'organization',
    run: async (context) => {
      const { caller } = await context.createUser({ roles });
      agree(await caller.get('/organizations/roles'), 403);
      await changePrivileges(context, key, plus('configureRoles'));
      agree(await caller.get('/organizations/roles'), 200);
    },
  },
  {
    id: 'privileges-of-user-roles',
    sentence:
      "`editUsersAccount` and `editUsersOrg` open the granting and revoking of a user's roles; `GET` of the roles needs `view…`",
    source: 'ours',
    changes: 'account',
    run: async ({ createUser }) => {
      const [administrator, plain, target] = [
        await createUser({ roles: [{ key: 'admin' }] }),
        await createUser(),
        await createUser(),
      ];
      const path = `/users/${target.id}/roles`;
      agree(await plain.caller.put(`${path}/default-user`), 401);
      agree(await plain.caller.get(path), 401);
      agree(await administrator.caller.put(`${path}/default-user`), 200);
      agree(await administrator.caller.get(path), 200);
      agree(await administrator.caller.delete(`${path}/default-user`), 200);
    },
  },
  {
    id: 'org-admin-outside-default-account',
    sentence: 'Outside the default account, `org-admin` brings no privilege',
    source: 'ours',
    why: 'no call grants `org-admin` there; only a fixture can',
  },
  {
    id: 'users-above-own-role',
    sentence: 'Callers cannot change or remove a user who has a role above their own, even with the privilege: 403',
    source: 'ours',
    note: '001 says "own account" alone',
    changes: 'organization',
    run: async (context) => {
      const [{ caller }, above, equal] = [
        await context.createUser({ roles }),
        await context.createUser({ roles: [{ key: 'admin' }] }),
        await context.createUser({ roles }),
      ];
      await changePrivileges(context, key, plus('viewUsersAccount', 'editUsersAccount', 'deleteUsersAccount'));
      agree(await caller.patch(above.path, { firstName: 'Other' }), 403);
      agree(await caller.delete(above.path), 403);
      agree(await caller.patch(equal.path, { firstName: 'Other' }), 200);
    },
  },
  {
    id: 'privileges-above-own',
    sentence:
      "Callers cannot gain privileges by creating, changing or removing users or their roles: a user who has, or a role that brings, a privilege that the caller lacks is 403. A privilege for the caller's own account does not count for other accounts",
    source: 'ours',
    changes: 'organization',
    run: async (context) => {
      const [{ caller }, target] = [
        await context.createUser({ roles: [{ key: 'admin' }] }),
        await context.createUser(),
      ];
      await changePrivileges(context, key, plus('deleteUsersAccount'));
      await changePrivileges(context, 'admin', minus('deleteUsersAccount'));
      agree(await caller.put(`/users/${target.id}/roles/${key}`), 403);
      agree(await caller.post(`${await context.accountPath()}/users`, context.newUser({ roles })), 403);
    },
  },
  {
    id: 'configure-roles-unlimited',
    sentence: 'A caller with `configureRoles` can give every role every privilege, and take all from `org-admin`',
    source: 'ours',
    note: "the vendor's pages have no limit; no check takes anything from `org-admin`, because it could not be put back",
    changes: 'organization',
    run: async (context) => {
      const { caller } = await context.createUser({ roles });
      await changePrivileges(context, key, plus('configureRoles'));
      const role = await roleOf(context, key);
      const keys = plus('deleteUsersOrg')(keysOf(role, 'privileges', key));
      const path = `/organizations/roles/${String(role.id)}`;
      const answer = await caller.put(path, { privileges: keys.map((privilege) => ({ key: privilege })) });
      agreeOn(`${answer.call}: privileges`, keysOf(objectOf(answer), 'privileges', answer.call), [...keys].sort());
    },
  },
];
