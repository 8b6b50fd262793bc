// node:http without a framework: the upper limit of this machine and this Node.

import { createServer } from 'node:http';
import { accountId, basePath } from '../data.js';
import { openStore } from './store.js';

const { port, users } = JSON.parse(process.argv[2]);
const store = openStore(users);
const path = new RegExp(`^${basePath}/accounts/(\\d+)/users(?:/(\\d+))?(?:\\?pageSize=(\\d+))?$`);

createServer((request, response) => {
  if (store.caller(request.headers.authorization) === undefined) {
    send(response, 401, { message: 'Unauthorized' });
    return;
  }
  const [, account, id, pageSize] = path.exec(request.url ?? '') ?? [];
  if (Number(account) !== accountId) send(response, 404, { message: 'No account found' });
  else if (request.method === 'POST') create(request, response);
  else if (id === undefined) send(response, 200, store.list(Number(pageSize)));
  else {
    const user = store.get(id);
    if (user === undefined) send(response, 404, { message: 'No user found' });
    else send(response, 200, user);
  }
}).listen(port, '127.0.0.1');

function create(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let body;
    try {
      body = JSON.parse(Buffer.concat(chunks).toString());
    } catch {
      send(response, 400, { message: 'The body is no JSON' });
      return;
    }
    const { status, user, message } = store.add(body);
    send(response, status, user ?? { message });
  });
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
