// Hand-written handlers of msw.

import { createRequire } from 'node:module';
import { peerFile } from '../subjects/peer.js';
import { basePath, createStore, headers, paths } from './platform.js';

const host = 'https://api.cloud-elements.com';

export async function start() {
  const require = createRequire(peerFile('msw', 'package.json'));
  const { http, HttpResponse } = require('msw');
  const { setupServer } = require('msw/node');
  const store = createStore();
  const answer = (request, { status, body }) => {
    const isCaller = store.isCaller(request.headers.get('authorization'));
    return isCaller ? HttpResponse.json(body, { status }) : HttpResponse.json(store.unauthorized.body, { status: 401 });
  };
  const url = (path) => `${host}${basePath}${path}`;
  const server = setupServer(
    http.post(url('/accounts'), async ({ request }) => answer(request, store.createAccount(await request.json()))),
    http.post(url('/accounts/:id/users'), async ({ request, params }) =>
      answer(request, store.createUser(params.id, await request.json())),
    ),
    http.get(url('/accounts/:id/users'), ({ request, params }) =>
      answer(request, store.listUsers(params.id, new URL(request.url).searchParams.get('includeInactive') === 'true')),
    ),
    http.get(url('/accounts/:id/users/:userId'), ({ request, params }) =>
      answer(request, store.getUser(params.id, params.userId)),
    ),
    http.patch(url('/accounts/:id/users/:userId'), async ({ request, params }) =>
      answer(request, store.updateUser(params.id, params.userId, await request.json())),
    ),
  );
  server.listen({ onUnhandledRequest: 'error' });
  return {
    base: host + basePath,
    headers,
    paths,
    reset: () => {
      server.resetHandlers();
      store.reset();
    },
    close: () => server.close(),
  };
}
