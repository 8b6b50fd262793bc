import { newUser, user } from '../data.js';
import { serverFile } from './files.js';
import { peerVersion } from './peer.js';

/** emulate accepts any token, for 5,000 requests an hour each. */
const requestsPerToken = 4000;
let requests = 0;
const bearer = () => `Bearer bench-${Math.floor(requests++ / requestsPerToken)}`;

const path = '/api/v1/users';
/** The largest page of emulate. */
const pageSize = 100;
const idOf = (index) => `00ubench${index}`;

/** @type {import('./subjects.js').Subject} */
export const emulate = {
  name: 'emulate',
  title: 'emulate (okta)',
  kind: 'peer',
  version: () => peerVersion('emulate'),
  note:
    'users as Okta shows them, of about the same size; accepts any token (a new one every 4,000 requests); started by its ' +
    'API, because its command does not load on Node 20; lists show at most 100 users, so two of them count as one',
  pageSize,
  launch: ({ port, users }) => ({ args: [serverFile('emulate'), JSON.stringify({ port, users })] }),
  calls: {
    one: (index) => ({
      method: 'GET',
      path: `${path}/${idOf(index)}`,
      headers: { authorization: bearer() },
      fits: (body) => body.id === idOf(index) && body.profile.email === user(index).email,
    }),
    list: () => ({
      method: 'GET',
      path: `${path}?per_page=${pageSize}`,
      headers: { authorization: bearer() },
      fits: (body) => body.length === pageSize,
    }),
    create: (number) => ({
      method: 'POST',
      path,
      headers: { authorization: bearer(), 'content-type': 'application/json' },
      body: JSON.stringify({ profile: profileOf(newUser(number)) }),
      fits: (body) => body.profile.email === newUser(number).email,
    }),
  },
  // Its command does not load on the Node that its package names, so the benchmark starts it by its API here too.
  command: ({ folder }) => ({
    launch: (port) => emulate.launch({ port, users: 10, folder }),
    first: emulate.calls.one(0),
  }),
};

const profileOf = ({ email, firstName, lastName }) => ({ login: email, email, firstName, lastName });
