import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { created, createdDate, idOf, listed, newUser, shown, user } from '../data.js';
import { peerFile, peerVersion } from './peer.js';

const path = '/accounts/{id}/users';

/** @type {import('./subjects.js').Subject} */
export const prism = {
  name: 'prism',
  title: 'Prism',
  kind: 'peer',
  version: () => peerVersion('@stoplight/prism-cli'),
  note: 'the same example for every request, because it stores nothing; checks that there is an Authorization header; log turned off',
  launch({ port, folder }) {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(description));
    const args = ['mock', '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'silent', file];
    return { args: [peerFile('@stoplight/prism-cli', 'dist/index.js'), ...args] };
  },
  calls: {
    one: (index) => ({
      method: 'GET',
      path: `/accounts/2/users/${idOf(index)}`,
      headers: { authorization: 'User secret' },
      fits: (body) => body.email === user(0).email,
    }),
    list: () => ({
      method: 'GET',
      path: '/accounts/2/users?pageSize=200',
      headers: { authorization: 'User secret' },
      fits: (body) => body.length === 200,
    }),
    create: (number) => ({
      method: 'POST',
      path: '/accounts/2/users',
      headers: { authorization: 'User secret', 'content-type': 'application/json' },
      body: JSON.stringify(newUser(number)),
      fits: (body) => body.email === newUser(0).email,
    }),
  },
  command: ({ folder }) => ({
    launch: (port) => prism.launch({ port, users: 10, folder }),
    first: prism.calls.one(0),
  }),
};

const whole = { type: 'integer' };
const text = { type: 'string' };
const inPath = (name) => ({ name, in: 'path', required: true, schema: whole });
const userSchema = { type: 'object', properties: { id: whole, email: text, firstName: text, lastName: text } };
const answer = (schema, example) => ({
  200: { description: 'OK', content: { 'application/json': { schema, example } } },
});

const description = {
  openapi: '3.0.3',
  info: { title: 'Users', version: '1' },
  components: { securitySchemes: { secrets: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
  security: [{ secrets: [] }],
  paths: {
    [path]: {
      parameters: [inPath('id')],
      get: {
        parameters: [{ name: 'pageSize', in: 'query', schema: whole }],
        responses: answer(
          { type: 'array', items: userSchema },
          Array.from({ length: 200 }, (_, index) => listed(idOf(index), createdDate, user(index))),
        ),
      },
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['email', 'firstName', 'lastName', 'password'],
                properties: { email: text, firstName: text, lastName: text, password: text },
              },
            },
          },
        },
        responses: answer(userSchema, created(1, createdDate, newUser(0), 'secret')),
      },
    },
    [`${path}/{userId}`]: {
      parameters: [inPath('id'), inPath('userId')],
      get: { responses: answer(userSchema, shown(idOf(0), createdDate, user(0))) },
    },
  },
};
