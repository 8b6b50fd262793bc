import type { Check } from '../check.ts';
import { agree, agreeOn } from '../difference.ts';
import { changePrivileges, roleOf } from '../privileges.ts';
import { keysOf, listOf, prepared } from '../read.ts';

/** The body that gives a role exactly these privileges. */
const put = (keys: readonly string[]) => ({ privileges: keys.map((key) => ({ key })) });

export const roleChangeRows: readonly Check[] = [
  {
    id: 'user-body-roles',
    sentence:
      "In the body of a user, granting or taking away a role above the caller's own is 403; an unknown key is 400 before that, and `org-admin` outside the default account 400 after it. A request may send back roles that the user has. Callers cannot change their own roles by PATCH either: 403",
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, createUser, newUser }) => {
      const path = `${await accountPath()}/users`;
      const post = (...keys: string[]) => newUser({ roles: keys.map((key) => ({ key })) });
      agree(await admin.post(path, post('nothing', 'org-admin')), 400);
      agree(await admin.post(path, post('sys-admin')), 403);
      agree(await admin.post(path, post('org-admin')), 400);
      const { caller, path: own } = await createUser({ roles: [{ key: 'admin' }] });
      agree(await caller.post(path, post('org-admin')), 403);
      agree(await caller.patch(own, { roles: [{ key: 'admin' }, { key: 'org' }], firstName: 'Other' }), 200);
      agree(await caller.patch(own, { roles: [] }), 403);
    },
  },
  {
    id: 'user-roles-replaced',
    sentence: '`roles` in PATCH of a user replaces the roles that were granted',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path } = await createUser({ roles: [{ key: 'admin' }] });
      agree(await admin.patch(path, { roles: [{ key: 'default-user' }] }), {
        body: { roles: [{ key: 'default-user' }, { key: 'org' }] },
      });
      agree(await admin.patch(path, { roles: [] }), { body: { roles: [{ key: 'org' }] } });
    },
  },
  {
    id: 'role-check-order',
    sentence:
      "Granting a role checks in this order: unknown key 400, unknown target 404, other organization 403, the caller themselves 403, role above the caller's 403, role granted already 409 (for users; accounts answer 200)",
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, createUser, unknownId }) => {
      const [{ id, caller }, target] = [await createUser({ roles: [{ key: 'admin' }] }), await createUser()];
      agree(await admin.put(`/users/${unknownId}/roles/nothing`), 400);
      agree(await admin.put(`/users/${unknownId}/roles/sys-admin`), 404);
      agree(await caller.put(`/users/${id}/roles/admin`), 403);
      agree(await admin.put(`/users/${target.id}/roles/sys-admin`), 403);
      agree(await admin.put(`/users/${target.id}/roles/admin`), { body: { key: 'admin' } });
      agree(await admin.put(`/users/${target.id}/roles/admin`), 409);
      agree(await admin.put(`${await accountPath()}/roles/admin`), 200);
      agree(await admin.put(`${await accountPath()}/roles/admin`), 200);
    },
  },
  {
    id: 'role-target-above',
    sentence:
      "Granting a role to a user who has a role above the caller's is 403; this check comes after that of the role itself. PATCH and DELETE of such a user are 403 too",
    source: 'ours',
    changes: 'organization',
    run: async (context) => {
      const roles = [{ key: 'default-user' }];
      const [{ caller }, above, equal] = [
        await context.createUser({ roles }),
        await context.createUser({ roles: [{ key: 'admin' }] }),
        await context.createUser(),
      ];
      await changePrivileges(context, 'default-user', (keys) => [...keys, 'viewUsersAccount', 'editUsersAccount']);
      agree(await caller.put(`/users/${above.id}/roles/default-user`), 403);
      agree(await caller.put(`/users/${equal.id}/roles/default-user`), 200);
      agree(await caller.patch(above.path, { firstName: 'Other' }), 403);
    },
  },
  {
    id: 'role-endpoint-limits',
    sentence:
      "The caller's own account counts as the caller, so nobody can change the roles of the default account. `org-admin` outside the default account is 400, before 409. Revoking `org` is 400, revoking a role that is not granted 404. Granting and revoking answer the role",
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser, accountPath }) => {
      const { id } = await createUser();
      const path = `/users/${id}/roles`;
      agree(await admin.put(`${path}/org-admin`), 400);
      agree(await admin.put(`${await accountPath()}/roles/org-admin`), 400);
      agree(await admin.delete(`${path}/org`), 400);
      agree(await admin.delete(`${path}/admin`), 404);
      agree(await admin.put(`${path}/admin`), { body: { key: 'admin' } });
      agree(await admin.delete(`${path}/admin`), { body: { key: 'admin' } });
    },
  },
  {
    id: 'organization-roles',
    sentence: '`PUT /organizations/roles…` changes only privileges; a refused list changes nothing',
    source: 'ours',
    note: 'the latter documented',
    changes: 'organization',
    run: async (context) => {
      const { admin } = context;
      const role = await roleOf(context, 'default-user');
      const before = keysOf(role, 'privileges', 'default-user');
      // Puts the privileges back in the end, whatever the server makes of the list.
      await changePrivileges(context, 'default-user', (keys) => keys);
      agree(await admin.put(`/organizations/roles/${String(role.id)}`, { ...put(before), name: 'Other' }), {
        body: { name: role.name },
      });
      const list = [
        { key: 'default-user', ...put(before.slice(1)) },
        { key: 'org', ...put(['system']) },
      ];
      agree(await admin.put('/organizations/roles', list), 403);
      agreeOn('privileges', keysOf(await roleOf(context, 'default-user'), 'privileges', 'default-user'), before);
    },
  },
  {
    id: 'role-system-privilege',
    sentence: "No role can have the privilege `system`: 403 `User can not add the 'system' privilege to any role.`",
    source: 'vendor docs',
    changes: 'organization',
    run: async (context) => {
      await changePrivileges(context, 'default-user', (keys) => keys);
      const { id } = await roleOf(context, 'default-user');
      agree(await context.admin.put(`/organizations/roles/${String(id)}`, put(['system'])), {
        status: 403,
        body: { message: "User can not add the 'system' privilege to any role." },
      });
    },
  },
  {
    id: 'role-default-user-intelligence',
    sentence:
      "`default-user` cannot have the privilege `intelligence`: 403 `User can not add the 'intelligence' privilege to the 'default-user' role.`",
    source: 'vendor docs',
    changes: 'organization',
    run: async (context) => {
      await changePrivileges(context, 'default-user', (keys) => keys);
      const { id } = await roleOf(context, 'default-user');
      agree(await context.admin.put(`/organizations/roles/${String(id)}`, put(['intelligence'])), {
        status: 403,
        body: { message: "User can not add the 'intelligence' privilege to the 'default-user' role." },
      });
    },
  },
  {
    id: 'roles-reset',
    sentence: '`PUT /organizations/roles/reset` goes back to the privileges of the catalog, and answers all roles',
    source: 'vendor docs',
    changes: 'organization',
    run: async (context) => {
      for (const key of ['org-admin', 'admin', 'org']) await changePrivileges(context, key, (keys) => keys);
      await changePrivileges(context, 'default-user', () => ['viewUsersAccount']);
      const answer = prepared(await context.admin.put('/organizations/roles/reset'));
      const role = listOf(answer).find(({ key }) => key === 'default-user');
      const keys = keysOf(role ?? {}, 'privileges', answer.call);
      agreeOn('whether viewUsersAccount is gone', keys.includes('viewUsersAccount'), false);
      agreeOn('whether viewElements is there', keys.includes('viewElements'), true);
    },
  },
];
