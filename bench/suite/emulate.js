// emulate with its Okta service: a group in place of an account. It takes any token.

import { pathToFileURL } from 'node:url';
import { freePort } from '../lib/processes.js';
import { peerFile } from '../subjects/peer.js';
import { paths as ofPlatform } from './platform.js';

export async function start() {
  const { createEmulator } = await import(pathToFileURL(peerFile('emulate', 'dist/api.js')).href);
  const port = await freePort();
  const seed = { okta: { users: [] } };
  let emulator = await createEmulator({ service: 'okta', port, seed });
  let test = 0;
  const headers = { authorization: 'Bearer suite-0' };
  return {
    base: `${emulator.url}/api/v1`,
    headers,
    paths: {
      accounts: '/groups',
      newAccount: (number) => ({ profile: { name: `Group ${number}`, description: 'of a test' } }),
      users: () => '/users',
      newUser: (number) => {
        const { email, firstName, lastName } = ofPlatform.newUser(number);
        return { profile: { login: email, email, firstName, lastName } };
      },
      user: (_account, { id }) => `/users/${id}`,
      deactivate: { method: 'POST', body: { profile: { lastName: 'Gone' } } },
      allUsers: () => '/users',
      idOf: ({ id }) => id,
      // It has a user of its own.
      count: (list) => list.filter(({ profile }) => profile.login.endsWith('@suite.example')).length,
    },
    reset: () => {
      emulator.reset();
      // It takes 5,000 requests for a token.
      headers.authorization = `Bearer suite-${Math.floor(++test / 500)}`;
    },
    close: async () => {
      await emulator.close();
      emulator = undefined;
    },
  };
}
