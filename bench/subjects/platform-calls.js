// The calls of the emulator and of the bare servers, which give the same answers.

import { accountId, authorization, basePath, idOf, newUser, user } from '../data.js';

const path = `${basePath}/accounts/${accountId}/users`;
const headers = { authorization };
const jsonHeaders = { ...headers, 'content-type': 'application/json' };

/** @type {import('./subjects.js').Calls} */
export const platformCalls = {
  one: (index) => ({
    method: 'GET',
    path: `${path}/${idOf(index)}`,
    headers,
    fits: (body) => body.id === idOf(index) && body.email === user(index).email,
  }),
  list: () => ({
    method: 'GET',
    path: `${path}?pageSize=200`,
    headers,
    fits: (body) => body.length === 200 && body[0].email.endsWith('@bench.example'),
  }),
  create: (number) => ({
    method: 'POST',
    path,
    headers: jsonHeaders,
    body: JSON.stringify(newUser(number)),
    fits: (body) => body.email === newUser(number).email && body.id > 0,
  }),
};

const pageSize = 5000;

/** The calls that list each of so many users once. */
export const listAll = (users) => ({
  count: Math.ceil(users / pageSize),
  call: (page) => ({ method: 'GET', path: `${path}?pageSize=${pageSize}&offset=${page * pageSize}`, headers }),
});

/** A search, which the bare servers do not have. */
export const where = (condition) => ({
  method: 'GET',
  path: `${path}?where=${encodeURIComponent(condition)}`,
  headers,
});
