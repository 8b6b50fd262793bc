// The store of the bare servers: the emulator's users, found by id, listed newest first, and created after
// the usual checks.

import { randomBytes } from 'node:crypto';
import { administrator, created, createdDate, idOf, listed, shown, user } from '../data.js';

/** @param {number} count */
export function openStore(count) {
  const callers = new Map([[administrator.secret, { organizationSecret: administrator.organizationSecret }]]);
  const byId = new Map();
  const inOrder = [];
  const emails = new Set();
  for (let index = 0; index < count; index++) {
    const id = idOf(index);
    byId.set(id, shown(id, createdDate, user(index)));
    inOrder.push(listed(id, createdDate, user(index)));
    emails.add(user(index).email);
  }
  let nextId = idOf(count);

  return {
    /** The one check of the Authorization header. */
    caller(header) {
      const [, secret, organizationSecret] = /^User (\S+), Organization (\S+)$/.exec(header ?? '') ?? [];
      const caller = callers.get(secret);
      return caller?.organizationSecret === organizationSecret ? caller : undefined;
    },
    get: (id) => byId.get(Number(id)),
    list(pageSize, offset = 0) {
      const page = [];
      for (let at = inOrder.length - 1 - offset; at >= 0 && page.length < pageSize; at--) page.push(inOrder[at]);
      return page;
    },
    /** The new user, or an error. */
    add(body) {
      if (typeof body !== 'object' || body === null) return { status: 400, message: 'The body must be an object' };
      for (const field of ['email', 'firstName', 'lastName', 'password']) {
        if (typeof body[field] !== 'string' || body[field] === '')
          return { status: 400, message: `${field} is missing` };
      }
      if (!/^[^@\s]+@[^@\s]+$/.test(body.email)) return { status: 400, message: 'email is not an email' };
      const email = body.email.toLowerCase();
      if (emails.has(email)) return { status: 409, message: 'The email is taken' };
      const id = nextId++;
      const today = new Date().toISOString().slice(0, 10);
      const answer = created(id, today, body, randomBytes(32).toString('base64'));
      emails.add(email);
      byId.set(id, answer);
      inOrder.push(answer);
      return { status: 200, user: answer };
    },
  };
}
