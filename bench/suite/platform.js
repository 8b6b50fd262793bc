// The calls of the suite on the platform, and a hand-written store of it: what a suite has that writes its own mocks.

import { randomBytes } from 'node:crypto';
import { basePath, shown } from '../data.js';

export { basePath };
export const headers = { authorization: 'User the-user-secret, Organization the-organization-secret' };

export const paths = {
  accounts: '/accounts',
  newAccount: (number) => ({ name: `Account ${number}`, externalId: `account-${number}` }),
  users: ({ id }) => `/accounts/${id}/users`,
  newUser: (number) => ({
    email: `user${number}@suite.example`,
    firstName: 'First',
    lastName: 'Last',
    password: 'Correct-Horse-9',
  }),
  user: ({ id }, user) => `/accounts/${id}/users/${user.id}`,
  deactivate: { method: 'PATCH', body: { active: false } },
  allUsers: ({ id }) => `/accounts/${id}/users?includeInactive=true`,
  idOf: ({ id }) => id,
  count: (list) => list.length,
};

const isMissing = (body, names) => names.find((name) => typeof body?.[name] !== 'string' || body[name] === '');

/** Its functions return a status and a body. */
export function createStore() {
  let accounts;
  let users;
  let nextId;
  const reset = () => {
    accounts = new Map();
    users = new Map();
    nextId = 1000;
  };
  reset();
  const today = () => new Date().toISOString().slice(0, 10);
  const ok = (body) => ({ status: 200, body });
  const fail = (status, message) => ({ status, body: { message } });
  const userOf = (accountId, id) => {
    const user = users.get(Number(id));
    return user?.accountId === Number(accountId) ? user : undefined;
  };
  return {
    reset,
    isCaller: (authorization) => authorization === headers.authorization,
    unauthorized: fail(401, 'Invalid Organization or User secret, or invalid Element token provided.'),
    createAccount(body) {
      const missing = isMissing(body, ['externalId']);
      if (missing !== undefined) return fail(400, `Missing required field: ${missing}.`);
      for (const { externalId } of accounts.values()) if (externalId === body.externalId) return fail(409, 'Conflict');
      const id = nextId++;
      const { name, externalId, description = externalId } = body;
      const account = { id, createdDate: today(), name, externalId, description, active: true, defaultAccount: false };
      accounts.set(id, account);
      return ok(account);
    },
    createUser(accountId, body) {
      if (!accounts.has(Number(accountId))) return fail(404, 'No account found');
      const missing = isMissing(body, ['email', 'firstName', 'lastName', 'password']);
      if (missing !== undefined) return fail(400, `Missing required field: ${missing}.`);
      for (const { user } of users.values()) if (user.email === body.email) return fail(409, 'Conflict');
      const id = nextId++;
      const user = { ...shown(id, today(), body), secret: randomBytes(32).toString('base64') };
      users.set(id, { accountId: Number(accountId), user });
      return ok(user);
    },
    listUsers(accountId, includeInactive) {
      if (!accounts.has(Number(accountId))) return fail(404, 'No account found');
      const list = [];
      for (const { accountId: owner, user } of users.values()) {
        if (owner === Number(accountId) && (includeInactive || user.active)) list.push({ ...user, secret: undefined });
      }
      return list.length === 0 ? fail(404, 'No users found') : ok(list);
    },
    getUser(accountId, id) {
      const found = userOf(accountId, id);
      return found === undefined ? fail(404, 'No user found') : ok({ ...found.user, secret: undefined });
    },
    updateUser(accountId, id, body) {
      const found = userOf(accountId, id);
      if (found === undefined) return fail(404, 'No user found');
      Object.assign(found.user, body);
      return ok({ ...found.user, secret: undefined });
    },
  };
}
