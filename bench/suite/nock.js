// Hand-written interceptors of nock.

import { createRequire } from 'node:module';
import { peerFile } from '../subjects/peer.js';
import { basePath, createStore, headers, paths } from './platform.js';

const host = 'https://api.cloud-elements.com';

export async function start() {
  const nock = createRequire(peerFile('nock', 'package.json'))('nock');
  const store = createStore();
  const users = new RegExp(`^${basePath}/accounts/(\\d+)/users(?:\\?includeInactive=(true))?$`);
  const one = new RegExp(`^${basePath}/accounts/(\\d+)/users/(\\d+)$`);
  const define = () => {
    nock.disableNetConnect();
    const scope = nock(host, { reqheaders: { authorization: headers.authorization } }).persist();
    const reply = ({ status, body }) => [status, body];
    scope.post(`${basePath}/accounts`).reply((_uri, body) => reply(store.createAccount(body)));
    scope.post(users).reply((uri, body) => reply(store.createUser(users.exec(uri)[1], body)));
    scope.get(users).reply((uri) => reply(store.listUsers(users.exec(uri)[1], users.exec(uri)[2] === 'true')));
    scope.get(one).reply((uri) => reply(store.getUser(...one.exec(uri).slice(1))));
    scope.patch(one).reply((uri, body) => reply(store.updateUser(...one.exec(uri).slice(1), body)));
  };
  define();
  return {
    base: host + basePath,
    headers,
    paths,
    // As nock's documentation has it, for after each test.
    reset: () => {
      nock.cleanAll();
      store.reset();
      define();
    },
    close: () => nock.restore(),
  };
}
