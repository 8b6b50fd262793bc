import type { Side } from '../api/app.ts';
import { readBody } from '../api/request.ts';
import { type RawHeaders, sendJson } from '../api/respond.ts';
import { compileRouter } from '../api/router.ts';
import { controlPath } from '../paths.ts';
import { fence } from './fence.ts';
import { type Controls, controlRoutes } from './routes.ts';

/** What the control endpoints are built on. */
export interface ControlOptions {
  readonly allowHosts: readonly string[];
  readonly controls: Controls;
}

const headers: RawHeaders = [
  'Cache-Control',
  'no-store',
  'Cross-Origin-Resource-Policy',
  'same-origin',
  'X-Content-Type-Options',
  'nosniff',
];

/** The emulator's own endpoints, apart from the platform's paths. */
export function control({ allowHosts, controls }: ControlOptions): Side {
  const guard = fence(allowHosts);
  const routes = controlRoutes(controls).map((route) => ({ ...route, path: controlPath + route.path }));
  const paths = [...new Set(routes.map(({ path }) => path.slice(controlPath.length)))];
  const router = compileRouter(routes, `, only ${paths.join(', ')}`);

  return async (request, response) => {
    guard(request);
    const { path, search } = response.locals;
    const match = router.match(request.method, path);
    if (match === undefined) throw router.mismatch(request.method, path);
    const body = match.route.method === 'GET' ? undefined : await readBody(request, response);
    const [name = ''] = Object.values(match.parameters);
    const url = `http://${request.headers.host}`;
    const answer = await match.route.handle({ url, name, query: new URLSearchParams(search), body });
    sendJson(response, 200, answer, headers);
  };
}
