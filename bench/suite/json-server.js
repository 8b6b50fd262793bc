// json-server by its modules, in memory. It checks nothing; users carry the id of their account.

import { pathToFileURL } from 'node:url';
import { peerFile } from '../subjects/peer.js';
import { paths as ofPlatform } from './platform.js';

const empty = () => ({ accounts: [], users: [] });

export async function start() {
  const { createApp } = await import(pathToFileURL(peerFile('json-server', 'lib', 'app.js')).href);
  const { Low, Memory } = await import(pathToFileURL(peerFile('lowdb', 'lib', 'index.js')).href);
  const db = new Low(new Memory(), empty());
  const server = await new Promise((resolve) => {
    const listening = createApp(db).listen(0, () => resolve(listening), '127.0.0.1');
  });
  let account;
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    headers: {},
    paths: {
      ...ofPlatform,
      users: ({ id }) => {
        account = id;
        return `/users?accountId=${id}`;
      },
      newUser: (number) => ({ ...ofPlatform.newUser(number), accountId: account }),
      user: (_account, { id }) => `/users/${id}`,
      allUsers: ({ id }) => `/users?accountId=${id}`,
    },
    reset: () => {
      db.data = empty();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
