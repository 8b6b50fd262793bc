// emulate with its Okta service, started by its API.

import { pathToFileURL } from 'node:url';
import { user } from '../data.js';
import { peerFile } from '../subjects/peer.js';

const { port, users } = JSON.parse(process.argv[2]);
const { createEmulator } = await import(pathToFileURL(peerFile('emulate', 'dist/api.js')).href);

await createEmulator({
  service: 'okta',
  port,
  seed: {
    okta: {
      users: Array.from({ length: users }, (_, index) => {
        const { email, firstName, lastName } = user(index);
        return { okta_id: `00ubench${index}`, login: email, email, first_name: firstName, last_name: lastName };
      }),
    },
  },
});
