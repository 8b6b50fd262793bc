// A hand-written server of node:http over a socket: the least that any server can cost.

import { createServer } from 'node:http';
import { openServer } from './open-server.js';
import { basePath, createStore, headers, paths } from './platform.js';

const route = new RegExp(`^${basePath}/accounts(?:/(\\d+)/users(?:/(\\d+))?)?(\\?includeInactive=true)?$`);

export async function start() {
  const store = createStore();
  const answer = ({ method, headers: { authorization } }, [, accountId, userId, inactive], body) => {
    if (!store.isCaller(authorization)) return store.unauthorized;
    if (accountId === undefined) return store.createAccount(body);
    if (userId === undefined && method === 'POST') return store.createUser(accountId, body);
    if (userId === undefined) return store.listUsers(accountId, inactive !== undefined);
    return method === 'PATCH' ? store.updateUser(accountId, userId, body) : store.getUser(accountId, userId);
  };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { status, body } = answer(request, route.exec(request.url), text === '' ? undefined : JSON.parse(text));
      const answered = JSON.stringify(body);
      const length = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answered) };
      response.writeHead(status, length).end(answered);
    });
  });
  const { url, close } = await openServer(server);
  return {
    base: url + basePath,
    headers,
    paths,
    reset: () => store.reset(),
    close,
  };
}
