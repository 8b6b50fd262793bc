import type { Check, Untold } from '../check.ts';
import { agree, agreeOn, such } from '../difference.ts';
import { idsOf, keysOf } from '../read.ts';

export const callerRows: readonly (Check | Untold)[] = [
  {
    id: 'authorization-secrets',
    sentence: '`Authorization: User <secret>, Organization <secret>` identifies the caller',
    source: 'seed 000',
    note: 'to 003',
    changes: 'nothing',
    run: async ({ admin, anyone, userSecret, organizationSecret }) => {
      agree(await admin.get('/organizations/me'), 200);
      agree(await anyone.get('/organizations/me'), 401);
      agree(await anyone.as(`User ${userSecret}`).get('/organizations/me'), 401);
      agree(await anyone.as(`User ${userSecret}x, Organization ${organizationSecret}`).get('/organizations/me'), 401);
      agree(await anyone.as(`User ${userSecret}, Organization ${organizationSecret}0`).get('/organizations/me'), 401);
    },
  },
  {
    id: 'authorization-order',
    sentence:
      'The parts of the header come in any order, with their words in any case, and with or without a space after the comma',
    source: 'ours',
    changes: 'nothing',
    run: async ({ anyone, userSecret, organizationSecret }) => {
      const forms = [
        `Organization ${organizationSecret}, User ${userSecret}`,
        `user ${userSecret},ORGANIZATION ${organizationSecret}`,
      ];
      for (const form of forms) agree(await anyone.as(form).get('/organizations/me'), 200);
    },
  },
  {
    id: 'authorization-bearer',
    sentence: '`Authorization: Bearer <token>`, with the token of a login, does the same',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ createUser, logIn, anyone }) => {
      const user = await createUser();
      agree(await (await logIn(user)).get(`/users/${user.id}`), { body: { id: user.id } });
      agree(await anyone.as('Bearer of-nobody').get(`/users/${user.id}`), 401);
    },
  },
  {
    id: 'authorization-parts',
    sentence:
      'An `Authorization` header with a `User`, `Organization` or `Bearer` part twice, or with a part of an unknown scheme, is 401',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin, anyone, userSecret, organizationSecret }) => {
      const extra = [`User ${userSecret}`, `Organization ${organizationSecret}`, 'Basic YTpi'];
      for (const part of extra) {
        agree(await anyone.as(`${admin.authorization}, ${part}`).get('/organizations/me'), 401);
      }
    },
  },
  {
    id: 'authorization-element-part',
    sentence:
      'A part of the header that begins with the word `Element` is ignored, with any text after it and any number of times; so are empty parts, such as after a trailing comma',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin, anyone }) => {
      for (const part of ['Element abc', 'Element: abc', 'Element', 'Element a, Element b', '']) {
        agree(await anyone.as(`${admin.authorization}, ${part}`).get('/organizations/me'), 200);
      }
    },
  },
  {
    id: 'inactive-user-refused',
    sentence: 'An inactive user can no longer call: 401',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, caller } = await createUser();
      agree(await caller.get('/organizations/me'), 200);
      agree(await admin.patch(path, { active: false }), 200);
      agree(await caller.get('/organizations/me'), 401);
    },
  },
  {
    id: 'tenants-sealed',
    sentence:
      'The ids of another organization are unknown: 404. Role endpoints answer 403 instead (see [the order of their checks](#role-check-order))',
    source: 'ours',
    note: 'of roles vendor docs',
    changes: 'nothing',
    run: async ({ admin, organization }) => {
      const own = new Set(idsOf(await admin.get('/accounts', { query: { includeInactive: true, pageSize: 5000 } })));
      // The first ids of a server belong to somebody.
      const others = [1, 2, 3, 4].filter((id) => !own.has(id));
      for (const id of others) {
        agree(await admin.get(`/accounts/${id}`), 404);
        agree(await admin.get(`/accounts/${id}/users`), 404);
      }
      agree(await admin.get(`/organizations/${Number(organization.id) + 1}/accounts`), 404);
    },
  },
  {
    id: 'inactive-organization',
    sentence: 'Users of an inactive organization, which a fixture can have, cannot call or log in: 401',
    source: 'ours',
    why: 'only a fixture has an inactive organization',
  },
  {
    id: 'accounts-need-org-admin',
    sentence:
      '`/accounts`, `/accounts/{id}`, their roles and `/organizations/{id}/accounts` need the role `org-admin` itself, and answer 401 to everyone else: no privilege opens them',
    source: 'seed 000',
    note: 'of the roles and of `/organizations/{id}/accounts` ours',
    changes: 'account',
    run: async ({ createUser, accountPath, organization, workspace: { name } }) => {
      const { caller } = await createUser({ roles: [{ key: 'admin' }] });
      for (const path of ['/accounts', await accountPath(), `${await accountPath()}/roles`]) {
        agree(await caller.get(path), 401);
      }
      agree(await caller.get(`/organizations/${String(organization.id)}/accounts`), 401);
      agree(await caller.post('/accounts', { name }), 401);
    },
  },
  {
    id: 'accounts-default-account-user',
    sentence: '`/accounts` is 401 even for a user that the administrator has added to the default account',
    source: 'seed 000',
    changes: 'organization',
    run: async ({ createOrganizationUser }) => {
      const { caller } = await createOrganizationUser();
      agree(await caller.get('/organizations/me'), 200);
      agree(await caller.get('/accounts'), 401);
    },
  },
  {
    id: 'account-admin-users',
    sentence: '`/accounts/{id}/users` is also for the administrator of that account',
    source: 'seed 001',
    changes: 'account',
    run: async ({ createUser, accountPath, someAccount, newUser }) => {
      const { caller } = await createUser({ roles: [{ key: 'admin' }] });
      const plain = await createUser();
      agree(await caller.get(`${await accountPath()}/users`), 200);
      agree(await caller.post(`${await accountPath()}/users`, newUser()), 200);
      agree(await caller.get(`/accounts/${String((await someAccount(true)).id)}/users`), 401);
      agree(await plain.caller.get(`${await accountPath()}/users`), 401);
    },
  },
  {
    id: 'refusal-status',
    sentence:
      'A caller who may not call gets 401; on `/organizations/roles…` and `/organizations/password-policies` it is 403, with the name of the privilege',
    source: 'vendor docs',
    note: 'the text is ours',
    changes: 'account',
    run: async ({ createUser }) => {
      const { caller } = await createUser();
      agree(await caller.get('/organizations/users'), 401);
      agree(await caller.get('/organizations/roles'), { status: 403, body: { message: /configureRoles/ } });
      // The body could change nothing, whatever the server does.
      agree(await caller.put('/organizations/password-policies', { minLength: 'none' }), {
        status: 403,
        body: { message: /modifySecurity/ },
      });
    },
  },
  {
    id: 'organization-for-everyone',
    sentence: '`GET /organizations/me` is for every active user',
    source: 'ours',
    changes: 'account',
    run: async ({ createUser, organization }) => {
      const { caller } = await createUser();
      agree(await caller.get('/organizations/me'), { body: { id: organization.id } });
    },
  },
  {
    id: 'own-user-for-everyone',
    sentence:
      'Every active user can call `GET /users/{id}`, by id or email, and `GET /users/{id}/roles` for themselves',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ createUser }) => {
      const [{ id, email, caller }, other] = [await createUser(), await createUser()];
      agree(await caller.get(`/users/${id}`), { body: { id } });
      agree(await caller.get(`/users/${encodeURIComponent(email)}`), { body: { id } });
      const roles = await caller.get(`/users/${id}/roles`);
      agree(roles, 200);
      agreeOn(`${roles.call}: keys`, keysOf({ roles: roles.body }, 'roles', roles.call), ['org']);
      agree(await caller.get(`/users/${other.id}`), {
        status: such('a refusal', (status) => status === 401 || status === 403 || status === 404),
      });
    },
  },
];
