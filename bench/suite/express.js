// A hand-written Express app over a socket.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { openServer } from './open-server.js';
import { basePath, createStore, headers, paths } from './platform.js';

export async function start() {
  const express = createRequire(import.meta.url)('express');
  const store = createStore();
  const app = express();
  app.use(express.json());
  app.use((request, response, next) => {
    if (store.isCaller(request.headers.authorization)) next();
    else response.status(401).json(store.unauthorized.body);
  });
  const send = (response, { status, body }) => response.status(status).json(body);
  app.post(`${basePath}/accounts`, (request, response) => send(response, store.createAccount(request.body)));
  app.post(`${basePath}/accounts/:id/users`, (request, response) =>
    send(response, store.createUser(request.params.id, request.body)),
  );
  app.get(`${basePath}/accounts/:id/users`, (request, response) =>
    send(response, store.listUsers(request.params.id, request.query.includeInactive === 'true')),
  );
  app.get(`${basePath}/accounts/:id/users/:userId`, (request, response) =>
    send(response, store.getUser(request.params.id, request.params.userId)),
  );
  app.patch(`${basePath}/accounts/:id/users/:userId`, (request, response) =>
    send(response, store.updateUser(request.params.id, request.params.userId, request.body)),
  );
  const { url, close } = await openServer(createServer(app));
  return {
    base: url + basePath,
    headers,
    paths,
    reset: () => store.reset(),
    close,
  };
}
