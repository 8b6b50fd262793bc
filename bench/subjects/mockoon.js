import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createdDate, idOf, newUser, shown, user } from '../data.js';
import { peerFile, peerVersion } from './peer.js';

/** @type {import('./subjects.js').Subject} */
export const mockoon = {
  name: 'mockoon',
  title: 'Mockoon',
  kind: 'peer',
  version: () => peerVersion('@mockoon/cli'),
  note: 'same JSON, from a data bucket with a CRUD route; does not authenticate or check anything; answers a POST with its body; its log is discarded',
  launch({ port, users, folder }) {
    const file = join(folder, 'environment.json');
    writeFileSync(file, JSON.stringify(environment(port, users)));
    // By default it logs to a file in the home folder.
    return { args: [peerFile('@mockoon/cli', 'bin/run.js'), 'start', '--data', file, '--disable-log-to-file'] };
  },
  calls: {
    one: (index) => ({
      method: 'GET',
      path: `/users/${idOf(index)}`,
      headers: {},
      fits: (body) => body.id === idOf(index) && body.email === user(index).email,
    }),
    list: () => ({ method: 'GET', path: '/users?limit=200', headers: {}, fits: (body) => body.length === 200 }),
    create: (number) => ({
      method: 'POST',
      path: '/users',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(newUser(number)),
      fits: (body) => body.email === newUser(number).email && body.id !== undefined,
    }),
  },
  command: ({ folder }) => ({
    launch: (port) => mockoon.launch({ port, users: 10, folder }),
    first: mockoon.calls.one(0),
  }),
};

function environment(port, users) {
  // Its own defaults, so that it does not ask to migrate the file.
  const require = createRequire(peerFile('@mockoon/cli', 'package.json'));
  const { EnvironmentDefault, RouteDefault, RouteResponseDefault } = require('@mockoon/commons');
  const route = {
    ...RouteDefault,
    type: 'crud',
    endpoint: 'users',
    responses: [
      { ...RouteResponseDefault, uuid: randomUUID(), bodyType: 'DATABUCKET', databucketID: 'user', default: true },
    ],
  };
  return {
    ...EnvironmentDefault,
    port,
    hostname: '127.0.0.1',
    routes: [route],
    rootChildren: [{ type: 'route', uuid: route.uuid }],
    data: [
      {
        uuid: randomUUID(),
        id: 'user',
        name: 'Users',
        documentation: '',
        value: JSON.stringify(
          Array.from({ length: users }, (_, index) => shown(idOf(index), createdDate, user(index))),
        ),
      },
    ],
  };
}
