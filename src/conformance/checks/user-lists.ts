import type { Check } from '../check.ts';
import { agree, agreeOn, such } from '../difference.ts';
import { idsOf, listOf, numberOf, prepared } from '../read.ts';

export const userListRows: readonly Check[] = [
  {
    id: 'users-scope',
    sentence:
      "`GET /users` lists the users of all accounts for a caller with `viewUsersOrg`, as organization administrators have it, and those of the caller's own account with `viewUsersAccount`, as account administrators have it",
    source: 'vendor docs',
    note: 'of the privileges ours',
    changes: 'account',
    run: async ({ admin, account, createUser, someAccount }) => {
      const administrator = await createUser({ roles: [{ key: 'admin' }] });
      const { id } = await createUser();
      const own = await administrator.caller.get('/users');
      agreeOn('users of an account administrator', idsOf(own), [id, administrator.id]);
      const others = `accountId=${String((await someAccount(true)).id)} OR accountId=${(await account()).id}`;
      const all = listOf(await admin.get('/users', { query: { where: others, pageSize: 5000 } }));
      const accounts = new Set(all.map(({ accountId }) => accountId));
      agreeOn('number of accounts whose users an organization administrator sees', accounts.size, 2);
    },
  },
  {
    id: 'users-fields',
    sentence:
      '`GET /users` lists active users only, unless `includeInactive=true`; it shows everything that other calls show of a user, and `accountId`',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, account, createUser }) => {
      const { id, path, email } = await createUser({ city: 'Denver' });
      const where = `id=${id}`;
      agree(await admin.get('/users', { query: { where } }), {
        body: [{ id, email, username: email, city: 'Denver', roles: [{}], accountId: (await account()).id }],
      });
      prepared(await admin.patch(path, { active: false }));
      agree(await admin.get('/users', { query: { where } }), 404);
      agree(await admin.get('/users', { query: { where, includeInactive: true } }), { body: [{ id }] });
    },
  },
  {
    id: 'users-delete',
    sentence: '`DELETE /users/{id}` deletes for good; the email is free again',
    source: 'vendor docs',
    note: '"irreversible"',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id, path, email } = await createUser();
      agree(await admin.delete(`/users/${id}`), 200);
      agree(await admin.get(path), 404);
      const next = await createUser({ email });
      agreeOn('email of the next user', next.body.email, email);
    },
  },
  {
    id: 'users-patch',
    sentence: '`PATCH /users/{id}` changes any user whom the caller may edit',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id, path } = await createUser();
      agree(await admin.patch(`/users/${id}`, { firstName: 'Other' }), { body: { id, firstName: 'Other' } });
      agree(await admin.get(path), { body: { firstName: 'Other' } });
    },
  },
  {
    id: 'users-out-of-reach',
    sentence: "Under `/users`, users whom the caller's privileges do not reach are unknown: 404",
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { caller } = await createUser({ roles: [{ key: 'admin' }] });
      const users = await admin.get('/organizations/users', { query: { pageSize: 1 } });
      const [other] = listOf(users);
      agree(await caller.get(`/users/${numberOf(other ?? {}, 'id', users.call)}`), 404);
    },
  },
  {
    id: 'users-order-of-account',
    sentence: 'The users of an account come by descending id',
    source: 'ours',
    note: '002 lists 413 before 412',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const [first, second] = [await createUser(), await createUser()];
      agreeOn('ids', idsOf(await admin.get(`${await accountPath()}/users`)), [second.id, first.id]);
      agreeOn(
        'the second id',
        second.id,
        such(`more than ${first.id}`, (value) => Number(value) > first.id),
      );
    },
  },
];
