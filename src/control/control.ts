import type { Handler } from '../http/exchange.ts';
import { originOf } from '../http/origin.ts';
import { controlPath } from '../http/paths.ts';
import { readBody } from '../http/request.ts';
import { sendJson, sendPieces } from '../http/respond.ts';
import { compileRouter } from '../http/router.ts';
import type { Controls } from './controls.ts';
import { endpoints } from './endpoints.ts';
import { createGuard } from './guard.ts';
import { controlHeaders } from './headers.ts';
import { pageEndpoints, redirectToPage } from './page.ts';
import { Pieces } from './pieces.ts';

/** The parts that the control endpoints use. */
export interface ControlOptions {
  readonly allowHosts: readonly string[];
  readonly controls: Controls;
}

const rows = [...endpoints, ...pageEndpoints].map((row) => ({ ...row, path: controlPath + row.path }));
// The files of the page are left out: people do not request them by name.
const hint = `, only ${[...new Set(endpoints.map(({ path }) => path))].join(', ')}`;

/** All emulators of a process share it: the table never changes. */
const router = compileRouter(rows, hint);

/** The emulator's own endpoints, apart from the platform's paths. */
export function createControl({ allowHosts, controls }: ControlOptions): Handler {
  const guard = createGuard(allowHosts);
  return async (request, response) => {
    const { path, query } = response.locals.target;
    const match = router.match(request.method, path);
    const isRoot = path === '/';
    guard(request, isRoot || (match !== undefined && 'isPage' in match.route));
    if (isRoot) return redirectToPage(request, response);
    if (match === undefined) throw router.mismatch(request.method, path);
    if ('respond' in match.route) return match.route.respond(request, response, controls);
    const body = match.route.method === 'GET' ? undefined : await readBody(request, response);
    const [name = ''] = Object.values(match.parameters);
    const url = originOf(request);
    const answer = await match.route.handle({ controls, url, name, query, body });
    if (answer instanceof Pieces) return sendPieces(response, answer.text, controlHeaders);
    sendJson(response, 200, answer, controlHeaders);
  };
}
