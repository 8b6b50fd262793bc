// A usual Express 5 app: default settings, the JSON body parser, one middleware that authenticates the caller.

import express from 'express';
import { accountId, basePath } from '../data.js';
import { answerProbes } from './probe.js';
import { openStore } from './store.js';

const { port, users } = JSON.parse(process.argv[2]);
const store = openStore(users);

const app = express();
app.use(express.json());
app.use((request, response, next) => {
  if (store.caller(request.headers.authorization) === undefined) {
    response.status(401).json({ message: 'Unauthorized' });
    return;
  }
  next();
});

/** Whether the path names the one account. */
const hasAccount = (request) => Number(request.params.id) === accountId;

app.get(`${basePath}/accounts/:id/users/:userId`, (request, response) => {
  const user = hasAccount(request) ? store.get(request.params.userId) : undefined;
  if (user === undefined) response.status(404).json({ message: 'No user found' });
  else response.json(user);
});
app.get(`${basePath}/accounts/:id/users`, (request, response) => {
  if (hasAccount(request)) response.json(store.list(Number(request.query.pageSize), Number(request.query.offset ?? 0)));
  else response.status(404).json({ message: 'No account found' });
});
app.post(`${basePath}/accounts/:id/users`, (request, response) => {
  if (!hasAccount(request)) {
    response.status(404).json({ message: 'No account found' });
    return;
  }
  const { status, user, message } = store.add(request.body);
  response.status(status).json(user ?? { message });
});

app.listen(port, '127.0.0.1');
answerProbes();
