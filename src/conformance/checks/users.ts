import type { Check } from '../check.ts';
import { absent, agree, agreeOn, day, id, such, text } from '../difference.ts';
import { listOf, prepared } from '../read.ts';

/** The header that asks for the secret of a user. */
const withPassword = (password: string) => ({ headers: { 'Elements-User-Password': password } });

export const userRows: readonly Check[] = [
  {
    id: 'user-created',
    sentence:
      'The answer to `POST /accounts/{id}/users` has the new id, `createdDate`, the names, the email, the roles and the `secret`; the user is active',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath, newUser }) => {
      const sent = newUser({ roles: [{ key: 'admin' }] });
      const { firstName, lastName, email } = sent;
      agree(await admin.post(`${await accountPath()}/users`, sent), {
        body: { id, createdDate: day, firstName, lastName, email, active: true, roles: [{}, {}], secret: text },
      });
    },
  },
  {
    id: 'user-required-fields',
    sentence: '`firstName`, `lastName`, `email` and `password` are required: 400 names every missing one',
    source: 'seed 000',
    note: 'the text is ours',
    changes: 'account',
    run: async ({ admin, accountPath, newUser }) => {
      const named = such('a text with all four', (message) =>
        ['firstName', 'lastName', 'email', 'password'].every((name) => String(message).includes(name)),
      );
      agree(await admin.post(`${await accountPath()}/users`, {}), { status: 400, body: { message: named } });
      for (const name of ['firstName', 'lastName', 'email', 'password']) {
        const { [name]: _, ...rest } = newUser();
        agree(await admin.post(`${await accountPath()}/users`, rest), {
          status: 400,
          body: { message: new RegExp(name) },
        });
      }
    },
  },
  {
    id: 'user-password-secured',
    sentence: 'Below `/accounts/{id}/users`, the `password` of a user is shown as `secured`',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { path, body } = await createUser();
      agreeOn('POST: password', body.password, 'secured');
      agree(await admin.get(path), { body: { password: 'secured' } });
      agree(await admin.get(`${await accountPath()}/users`), { body: [{ password: 'secured' }] });
      agree(await admin.patch(path, { firstName: 'Other' }), { body: { password: 'secured' } });
    },
  },
  {
    id: 'user-secret-in-creation',
    sentence: 'The answer that creates a user has the `secret`; lists do not',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { caller } = await createUser();
      agree(await caller.get('/organizations/me'), 200);
      agree(await admin.get(`${await accountPath()}/users`), { body: [{ secret: absent }] });
    },
  },
  {
    id: 'user-secret-with-password',
    sentence: '`GET` of one user shows the `secret` only with the right password in `Elements-User-Password`',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, password, body } = await createUser();
      agree(await admin.get(path, withPassword(password)), { body: { secret: body.secret } });
      agree(await admin.get(path), { body: { secret: absent } });
    },
  },
  {
    id: 'user-password-wrong',
    sentence: 'A wrong `Elements-User-Password` is 200 without the secret',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, password } = await createUser();
      agree(await admin.get(path, withPassword(`${password}x`)), { status: 200, body: { secret: absent } });
    },
  },
  {
    id: 'user-secret-shown',
    sentence:
      'Under `/organizations/users`, too, the right `Elements-User-Password` shows the secret of a single user; lists never show one',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const user = await createUser();
      const path = `/organizations/users/${user.id}`;
      agree(await admin.get(path, withPassword(user.password)), { body: { secret: user.body.secret } });
      agree(await admin.get(path), { body: { secret: absent } });
      const users = await admin.get('/organizations/users', withPassword(user.password));
      agree(users, { body: listOf(users).map(() => ({ secret: absent })) });
    },
  },
  {
    id: 'user-is-object',
    sentence: 'A single user is an object; seed 001 prints lists of one',
    source: 'ours',
    note: '000 and 002 print objects',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id, path } = await createUser();
      for (const answer of [
        await admin.get(path),
        await admin.patch(path, { lastName: 'Other' }),
        await admin.get(`/organizations/users/${id}`),
      ]) {
        agree(answer, { body: such('an object', (body) => typeof body === 'object' && !Array.isArray(body)) });
      }
    },
  },
  {
    id: 'user-by-email',
    sentence: 'A user is found by id and by email; the `@` of the email may be percent-encoded',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { id, email } = await createUser();
      for (const name of [String(id), email, encodeURIComponent(email)]) {
        agree(await admin.get(`${await accountPath()}/users/${name}`), { body: { id, email } });
      }
    },
  },
  {
    id: 'user-of-other-account',
    sentence: 'A user is found below their own account alone: 404 below others',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser, someAccount }) => {
      const { id } = await createUser();
      agree(await admin.get(`/accounts/${String((await someAccount(true)).id)}/users/${id}`), 404);
    },
  },
  {
    id: 'user-patch',
    sentence: '`PATCH /accounts/{id}/users/{userId}` changes what it is given, and answers the user',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, createUser, email }) => {
      const { id, path } = await createUser();
      const changed = { firstName: 'Other', email: email() };
      agree(await admin.patch(path, changed), { body: { id, ...changed, lastName: 'User' } });
      agree(await admin.get(path), { body: { id, ...changed, lastName: 'User' } });
    },
  },
  {
    id: 'user-patch-secret',
    sentence: 'PATCH of a user never answers the `secret`',
    source: 'ours',
    note: '001 prints one',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, password } = await createUser();
      agree(await admin.patch(path, { firstName: 'Other' }, withPassword(password)), { body: { secret: absent } });
    },
  },
  {
    id: 'user-delete',
    sentence: 'A deleted user cannot be recovered: later calls are 404',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, email } = await createUser();
      agree(await admin.delete(path), { status: 200, text: '' });
      agree(await admin.get(path), 404);
      agree(await admin.patch(path, { active: true }), 404);
      agree(await admin.delete(path), 404);
      await createUser({ email });
    },
  },
  {
    id: 'user-list-empty',
    sentence: 'An account without users answers 404 `No users found` to `GET /accounts/{id}/users`',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      agree(await admin.get(`${await accountPath()}/users`), { status: 404, body: { message: 'No users found' } });
    },
  },
  {
    id: 'user-inactive-found',
    sentence: 'Inactive users are in the list of their account, and found by id and email',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { id, path, email } = await createUser();
      prepared(await admin.patch(path, { active: false }));
      agree(await admin.get(`${await accountPath()}/users`), { body: [{ id, active: false }] });
      agree(await admin.get(path), { body: { id, active: false } });
      agree(await admin.get(`${await accountPath()}/users/${email}`), { body: { id } });
    },
  },
  {
    id: 'user-id-once',
    sentence: 'The id of a deleted user is never used again',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const first = await createUser();
      prepared(await admin.delete(first.path));
      const second = await createUser();
      agreeOn(
        'the id of the next user',
        second.id,
        such('another id', (value) => value !== first.id),
      );
    },
  },
  {
    id: 'user-self',
    sentence: 'Administrators may deactivate and delete themselves',
    source: 'ours',
    changes: 'account',
    run: async ({ createUser }) => {
      const [one, two] = [
        await createUser({ roles: [{ key: 'admin' }] }),
        await createUser({ roles: [{ key: 'admin' }] }),
      ];
      agree(await one.caller.patch(one.path, { active: false }), { body: { active: false } });
      agree(await two.caller.delete(two.path), 200);
    },
  },
  {
    id: 'user-permanent',
    sentence: 'On users, PATCH, PUT and DELETE check that `permanent` is true or false, and it has no effect',
    source: 'ours',
    note: "on the platform it discards the user's instances",
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id, path } = await createUser();
      agree(await admin.patch(path, { active: false }, { query: { permanent: 'x' } }), 400);
      agree(await admin.patch(path, { active: false }, { query: { permanent: true } }), { body: { active: false } });
      agree(await admin.get(path), { body: { id, active: false } });
      agree(await admin.delete(`/users/${id}`, { query: { permanent: 'x' } }), 400);
      agree(await admin.delete(`/users/${id}`, { query: { permanent: true } }), 200);
    },
  },
];
