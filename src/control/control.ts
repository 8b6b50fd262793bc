import type { Side } from '../app.ts';
import { controlPath } from '../http/paths.ts';
import { readBody } from '../http/request.ts';
import { sendJson } from '../http/respond.ts';
import { compileRouter } from '../http/router.ts';
import { type Controls, controlRoutes } from './endpoints.ts';
import { fence } from './guard.ts';
import { controlHeaders } from './headers.ts';
import { pageRoutes, redirectToPage } from './page.ts';

/** What the control endpoints are built on. */
export interface ControlOptions {
  readonly allowHosts: readonly string[];
  readonly controls: Controls;
}

/** The emulator's own endpoints, apart from the platform's paths. */
export function control({ allowHosts, controls }: ControlOptions): Side {
  const guard = fence(allowHosts);
  const routes = [...controlRoutes(controls), ...pageRoutes].map((route) => ({
    ...route,
    path: controlPath + route.path,
  }));
  // The page is for people, who do not ask for it by name.
  const paths = [...new Set(controlRoutes(controls).map(({ path }) => path))];
  const router = compileRouter(routes, `, only ${paths.join(', ')}`);

  return async (request, response) => {
    const { path, search } = response.locals;
    const match = router.match(request.method, path);
    const isRoot = path === '/';
    guard(request, isRoot || (match !== undefined && 'isPage' in match.route));
    if (isRoot) return redirectToPage(request, response);
    if (match === undefined) throw router.mismatch(request.method, path);
    if ('respond' in match.route) return match.route.respond(request, response);
    const body = match.route.method === 'GET' ? undefined : await readBody(request, response);
    const [name = ''] = Object.values(match.parameters);
    const url = `http://${request.headers.host}`;
    const answer = await match.route.handle({ url, name, query: new URLSearchParams(search), body });
    sendJson(response, 200, answer, controlHeaders);
  };
}
