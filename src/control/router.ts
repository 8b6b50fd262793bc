import express from 'express';
import type { Response } from '../api/app.ts';
import { readBody, readTarget } from '../api/request.ts';
import { sendJson } from '../api/respond.ts';
import { controlPath } from '../paths.ts';
import { MethodNotAllowedError, NotFoundError } from '../platform/errors.ts';
import { fence } from './fence.ts';
import { type Controls, controlRoutes } from './routes.ts';

/** What the control endpoints are built on. */
export interface ControlOptions {
  readonly allowHosts: readonly string[];
  readonly controls: Controls;
}

/** The emulator's own endpoints, apart from the platform's paths. */
export function controlRouter({ allowHosts, controls }: ControlOptions): express.Router {
  const router = express.Router();
  router.use(fence(allowHosts));

  const routes = controlRoutes(controls);
  const paths = [...new Set(routes.map(({ path }) => path))];
  for (const path of paths) {
    const route = router.route(path.replace('{name}', ':name'));
    const own = routes.filter((other) => other.path === path);
    for (const { method, handle } of own) {
      route[lower(method)](async (request, response: Response) => {
        const body = method === 'GET' ? undefined : await readBody(request, response);
        const query = new URLSearchParams(readTarget(request.url).search);
        const answer = await handle({ name: String(request.params.name ?? ''), query, body });
        response.setHeader('Cache-Control', 'no-store');
        response.locals.recorder.answered(200);
        sendJson(response, 200, answer);
      });
    }
    const allowed = own.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    route.all(({ method }) => {
      throw new MethodNotAllowedError(
        `${method} is not allowed on ${controlPath}${path}, only ${allowed.join(', ')}.`,
        allowed,
      );
    });
  }
  router.use((request) => {
    const { path } = readTarget(request.originalUrl);
    throw new NotFoundError(`There is nothing at ${path}, only ${paths.join(', ')}.`);
  });
  return router;
}

function lower(method: 'GET' | 'POST' | 'PUT' | 'DELETE') {
  const verbs = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;
  return verbs[method];
}
