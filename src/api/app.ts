import { performance } from 'node:perf_hooks';
import express from 'express';
import { type ControlOptions, controlRouter } from '../control/router.ts';
import { authorize } from '../platform/access.ts';
import { authenticate } from '../platform/authentication.ts';
import { NotFoundError, PlatformError, UnauthorizedError } from '../platform/errors.ts';
import type { Caller, World } from '../platform/world.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { operations } from './operations.ts';
import { readBody, readQuery, readTarget, readUserPassword, requireAcceptable } from './request.ts';
import { corsHeaders, sendJson, sendReply } from './respond.ts';
import { compileRouter } from './router.ts';

/** Where the platform's paths begin. */
export const basePath = '/elements/api-v2';

/** What the HTTP side is built on. */
export interface AppOptions extends ControlOptions {
  /** The present world; asked for on every request, because a reset puts another in its place. */
  world(): World;
  /** Resolves once every change is kept. */
  flush(): Promise<void>;
  onRequest?: ((request: AnsweredRequest) => void) | undefined;
}

interface Locals {
  caller?: Caller;
  reason?: string;
}

/** Makes the Express app: the platform, the control endpoints, and one way out for every error. */
export function createApp(options: AppOptions): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);

  app.use(prepare(options));
  app.use('/__emulator', controlRouter(options));
  app.use(platform(options));
  app.use(answerError(options));
  return app;
}

/** The headers of every answer, and the note that is taken of it. */
function prepare({ world, onRequest }: AppOptions): express.RequestHandler {
  return (request, response: express.Response<unknown, Locals>, next) => {
    const { clock, ids } = world();
    response.sendDate = false;
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    response.setHeader('Elements-Request-Id', ids.requestId());
    if (onRequest !== undefined) {
      const started = performance.now();
      response.once('close', () => {
        const { caller, reason } = response.locals;
        onRequest({
          method: request.method,
          path: readTarget(request.originalUrl).path,
          status: response.statusCode,
          ...(caller === undefined ? {} : { userId: caller.user.id }),
          ...(reason === undefined ? {} : { reason }),
          duration: performance.now() - started,
        });
      });
    }
    next();
  };
}

/**
 * One request of the platform, checked in this order: path 404, verb 405, credentials and rights
 * 401, Accept 406, Content-Type 415, body 413 and 400, path and query 400, then the rule's own.
 */
function platform({ world, flush }: AppOptions): express.RequestHandler {
  const router = compileRouter(operations);
  return async (request, response: express.Response<unknown, Locals>) => {
    for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    const { path, search } = readTarget(request.url);
    const inside = pathInside(path);
    if (request.method === 'OPTIONS') {
      answerOptions(request, response, router.allowed(inside));
      return;
    }
    const { operation, parameters } = router.find(request.method, inside);

    const admit = () => {
      const present = world();
      const caller = authenticate(request.headers.authorization, present.state);
      response.locals.caller = caller;
      authorize(caller, operation.access, parameters.id === undefined ? undefined : Number(parameters.id));
      return { world: present, caller };
    };
    let admitted = admit();
    requireAcceptable(request);

    let body: unknown;
    if (operation.body !== undefined) {
      body = await readBody(request, response);
      // While the body came in, the caller may have been deactivated or the world been reset.
      admitted = admit();
    }
    const reply = operation.handle({
      ...admitted,
      parameters,
      query: readQuery(search, operation.query ?? []),
      body,
      userPassword: readUserPassword(request.get('Elements-User-Password')),
    });
    if (operation.method !== 'GET') await flush();
    sendReply(response, reply);
  };
}

/** The part of a path below the base path. */
function pathInside(path: string): string {
  const slim = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  if (!slim.startsWith(`${basePath}/`)) {
    throw new NotFoundError(
      `There is nothing at ${path}: the platform is at ${basePath}, the emulator at /__emulator.`,
    );
  }
  return slim.slice(basePath.length);
}

/** A preflight is answered for any origin and header; the API's protection is its secrets. */
function answerOptions(request: express.Request, response: express.Response, allowed: string[]): void {
  if (allowed.length === 0)
    throw new NotFoundError(`There is nothing at ${request.path}: see the table of operations.`);
  response.setHeader('Allow', allowed.join(', '));
  response.setHeader('Access-Control-Allow-Methods', allowed.join(', '));
  const headers = request.get('Access-Control-Request-Headers');
  if (headers !== undefined) response.setHeader('Access-Control-Allow-Headers', headers);
  sendReply(response, { empty: true });
}

/** The one place where an error becomes an answer; only unexpected ones are reported. */
function answerError({ onUnexpectedError }: AppOptions): express.ErrorRequestHandler {
  return (error: unknown, request, response: express.Response<unknown, Locals>, _next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const known = error instanceof PlatformError ? error : undefined;
    if (known === undefined) onUnexpectedError(error, `${request.method} ${readTarget(request.originalUrl).path}`);
    if (known instanceof UnauthorizedError) response.locals.reason = known.reason;
    for (const [name, value] of Object.entries(known?.headers ?? {})) response.setHeader(name, value);
    const requestId = response.getHeader('Elements-Request-Id');
    const message = known?.message ?? 'The emulator failed: this is a fault of its own, see its log.';
    sendJson(response, known?.status ?? 500, { requestId, message });
  };
}
