import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createdDate, idOf, newUser, shown, user } from '../data.js';
import { peerFile, peerVersion } from './peer.js';

const jsonHeaders = { 'content-type': 'application/json' };

/** @type {import('./subjects.js').Subject} */
export const jsonServer = {
  name: 'json-server',
  title: 'json-server',
  kind: 'peer',
  version: () => peerVersion('json-server'),
  note:
    'same users, ids as text; does not authenticate or check anything; answers a POST with its body; writes every change to its file, which cannot ' +
    'be turned off; its lists are pages, with counts around the users',
  launch({ port, users, folder }) {
    const file = join(folder, 'db.json');
    writeFileSync(file, JSON.stringify({ users: Array.from({ length: users }, (_, index) => userOf(index)) }));
    return { args: [peerFile('json-server', 'lib/bin.js'), '--port', String(port), file] };
  },
  calls: {
    one: (index) => ({
      method: 'GET',
      path: `/users/${idOf(index)}`,
      headers: {},
      fits: (body) => body.id === String(idOf(index)) && body.email === user(index).email,
    }),
    list: () => ({
      method: 'GET',
      path: '/users?_page=1&_per_page=200',
      headers: {},
      fits: (body) => body.data.length === 200,
    }),
    create: (number) => ({
      method: 'POST',
      path: '/users',
      headers: jsonHeaders,
      body: JSON.stringify(newUser(number)),
      fits: (body) => body.email === newUser(number).email && body.id !== undefined,
    }),
  },
  command: ({ folder }) => ({
    launch: (port) => jsonServer.launch({ port, users: 10, folder }),
    first: jsonServer.calls.one(0),
  }),
};

function userOf(index) {
  const { id, ...rest } = shown(idOf(index), createdDate, user(index));
  return { id: String(id), ...rest };
}
