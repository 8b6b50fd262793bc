import type { Check } from '../check.ts';
import { absent, agree, agreeOn, such, text } from '../difference.ts';
import { idsOf, listOf } from '../read.ts';

export const organizationUserRows: readonly Check[] = [
  {
    id: 'organization-users-list',
    sentence: '`GET /organizations/users` lists the users of the default account',
    source: 'seed 002',
    changes: 'account',
    run: async ({ admin, createUser, someAccount }) => {
      const { id } = await createUser();
      agree(await admin.get('/organizations/users', { query: { where: `id=${id}` } }), 404);
      const query = { pageSize: 100 };
      const users = `/accounts/${String((await someAccount(true)).id)}/users`;
      agreeOn(
        'ids',
        idsOf(await admin.get('/organizations/users', { query })),
        idsOf(await admin.get(users, { query })),
      );
    },
  },
  {
    id: 'organization-users-fields',
    sentence: 'Users under `/organizations/users` have a `username`, and no `password` and no `roles`',
    source: 'seed 002',
    changes: 'nothing',
    run: async ({ admin }) => {
      const users = await admin.get('/organizations/users', { query: { pageSize: 20 } });
      agree(users, {
        body: listOf(users).map(() => ({ username: text, password: absent, roles: absent, lastLoginDate: absent })),
      });
    },
  },
  {
    id: 'organization-users-reach',
    sentence: '`/organizations/users/{…}` reaches every user of the organization, by id and by email',
    source: 'seed 002',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id, email, path } = await createUser();
      agree(await admin.get(`/organizations/users/${id}`), { body: { id, email } });
      agree(await admin.get(`/organizations/users/${encodeURIComponent(email)}`), { body: { id } });
      agree(await admin.patch(`/organizations/users/${id}`, { city: 'Littleton' }), {
        body: { id, city: 'Littleton' },
      });
      agree(await admin.delete(`/organizations/users/${id}`), 200);
      agree(await admin.get(path), 404);
    },
  },
  {
    id: 'organization-user-unknown',
    sentence: 'An unknown user is an error under `/organizations/users`: 404',
    source: 'seed 002',
    changes: 'account',
    run: async ({ admin, unknownId, account }) => {
      await account();
      const path = `/organizations/users/${unknownId}`;
      agree(await admin.get(path), 404);
      agree(await admin.patch(path, { city: 'Littleton' }), 404);
      agree(await admin.delete(path), 404);
    },
  },
  {
    id: 'organization-user-created',
    sentence:
      '`POST /organizations/users` adds a user to the default account, and answers the `secret`, but no `password`, `roles` and `lastLoginDate`',
    source: 'seed 002',
    changes: 'organization',
    run: async ({ createOrganizationUser, admin }) => {
      const { id, body } = await createOrganizationUser({ createdDate: '2014-09-25', city: 'Denver' });
      agreeOn('POST', body, {
        createdDate: 1411603200000,
        city: 'Denver',
        secret: text,
        password: absent,
        roles: absent,
        lastLoginDate: absent,
      });
      agree(await admin.get('/organizations/users', { query: { where: `id=${id}` } }), { body: [{ id }] });
    },
  },
  {
    id: 'organization-user-required-fields',
    sentence: '`POST /organizations/users` needs `email`, `firstName` and `lastName`; the password is optional',
    source: 'ours',
    changes: 'organization',
    run: async ({ admin, createOrganizationUser, workspace, email }) => {
      workspace.willCreateOrganizationUsers();
      const named = such('a text with all three', (message) =>
        ['firstName', 'lastName', 'email'].every((name) => String(message).includes(name)),
      );
      // By the user name, a run finds the user of a server that accepts it.
      agree(await admin.post('/organizations/users', { username: email() }), { status: 400, body: { message: named } });
      await createOrganizationUser({ password: undefined });
    },
  },
  {
    id: 'user-username',
    sentence: '`username` defaults to the email and follows it; only `POST /organizations/users` sets another',
    source: 'ours',
    changes: 'organization',
    run: async ({ admin, createOrganizationUser, email }) => {
      const user = await createOrganizationUser();
      agreeOn('username', user.body.username, user.email);
      const changed = email();
      agree(await admin.patch(user.path, { email: changed }), { body: { email: changed, username: changed } });
      const username = `${email()}-name`;
      const named = await createOrganizationUser({ username });
      agreeOn('username', named.body.username, username);
      agree(await admin.patch(named.path, { username: 'another' }), { body: { username } });
    },
  },
  {
    id: 'organization-users-put',
    sentence: '`/organizations/users/{id}` does not support PUT',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      agree(await admin.put(`/organizations/users/${(await createUser()).id}`, {}), 405);
    },
  },
];
