import type { Check, Untold } from '../check.ts';
import { agree, agreeOn } from '../difference.ts';
import { idsOf, listOf, prepared } from '../read.ts';

export const accountChangeRows: readonly (Check | Untold)[] = [
  {
    id: 'account-delete-deactivates-users',
    sentence: 'Deactivating or deleting an account deactivates its users; reactivating it leaves them inactive',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { path } = await createUser();
      for (const end of ['DELETE', 'PATCH']) {
        prepared(await admin.patch(path, { active: true }));
        const body = end === 'PATCH' ? { body: { active: false } } : {};
        prepared(await admin.send(end, await accountPath(), body));
        agree(await admin.get(path), { body: { active: false } });
        prepared(await admin.patch(await accountPath(), { active: true }));
        agree(await admin.get(path), { body: { active: false } });
      }
      agree(await admin.patch(path, { active: true }), { body: { active: true } });
    },
  },
  {
    id: 'account-delete-answer',
    sentence: 'The answer to `DELETE /accounts/{id}` is empty; afterwards, `active` of the account is false',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      agree(await admin.delete(await accountPath()), { status: 200, text: '' });
      agree(await admin.get(await accountPath()), { body: { active: false } });
    },
  },
  {
    id: 'account-deleted-not-listed',
    sentence: 'A deleted account is not in `GET /accounts`; `GET /accounts/{id}` still finds it',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, account, accountPath }) => {
      const { id } = await account();
      const query = { where: `id=${id}` };
      agreeOn('the active account in the list', idsOf(await admin.get('/accounts', { query })), [id]);
      prepared(await admin.delete(await accountPath()));
      agreeOn('the deleted account in the list', idsOf(await admin.get('/accounts', { query })), []);
      agree(await admin.get(await accountPath()), { body: { id, active: false } });
    },
  },
  {
    id: 'account-deactivate',
    sentence:
      '`PATCH /accounts/{id}` with `active: false` does the same as a deletion, and answers the inactive account',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, account, accountPath }) => {
      const { id } = await account();
      agree(await admin.patch(await accountPath(), { active: false }), { body: { id, active: false } });
      agreeOn(
        'the inactive account in the list',
        idsOf(await admin.get('/accounts', { query: { where: `id=${id}` } })),
        [],
      );
    },
  },
  {
    id: 'account-reactivate',
    sentence: '`PATCH /accounts/{id}` with `active: true` recovers a deleted account',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, account, accountPath }) => {
      const { id } = await account();
      prepared(await admin.delete(await accountPath()));
      agree(await admin.patch(await accountPath(), { active: true }), { body: { id, active: true } });
      agreeOn('the account in the list', idsOf(await admin.get('/accounts', { query: { where: `id=${id}` } })), [id]);
    },
  },
  {
    id: 'account-delete-twice',
    sentence: 'Deleting an account twice is 200',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      agree(await admin.delete(await accountPath()), 200);
      agree(await admin.delete(await accountPath()), { status: 200, text: '' });
    },
  },
  {
    id: 'account-delete-default',
    sentence: 'Deleting the default account locks the organization out',
    source: 'vendor docs',
    why: 'it would lock the organization out',
  },
  {
    id: 'account-permanent',
    sentence:
      "On accounts, `permanent=true` has an effect only together with `active: false`: it removes the account's users for good",
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { path } = await createUser();
      const query = { permanent: true };
      agree(await admin.patch(await accountPath(), { description: 'other' }, { query }), 200);
      agree(await admin.get(path), { body: { active: true } });
      agree(await admin.patch(await accountPath(), { active: false }, { query }), { body: { active: false } });
      agree(await admin.get(path), 404);
      agree(await admin.patch(await accountPath(), {}, { query: { permanent: 'x' } }), 400);
    },
  },
  {
    id: 'account-inactive-users',
    sentence: 'Adding or reactivating a user of an inactive account is 409',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, createUser, newUser }) => {
      const { path } = await createUser();
      prepared(await admin.delete(await accountPath()));
      agree(await admin.post(`${await accountPath()}/users`, newUser()), 409);
      agree(await admin.patch(path, { active: true }), 409);
    },
  },
  {
    id: 'account-users-kept',
    sentence: 'The users of a deleted account are still there, inactive: `GET /accounts/{id}/users` lists them',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { id } = await createUser();
      prepared(await admin.delete(await accountPath()));
      const users = listOf(await admin.get(`${await accountPath()}/users`));
      agreeOn('users of the deleted account', users, [{ id, active: false }]);
    },
  },
];
