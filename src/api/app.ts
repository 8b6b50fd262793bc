import express from 'express';
import { type ControlOptions, controlRouter } from '../control/router.ts';
import { FaultError } from '../faults/fault-error.ts';
import type { FaultList } from '../faults/fault-list.ts';
import type { InFlight } from '../in-flight.ts';
import type { RequestJournal } from '../journal/journal.ts';
import type { RecordedRequest } from '../journal/recorded-request.ts';
import { Recorder } from '../journal/recorder.ts';
import { secretsIn } from '../journal/redact.ts';
import { controlPath, pathBelowBase, tidyPath } from '../paths.ts';
import { PlatformError, UnauthorizedError } from '../platform/errors.ts';
import type { World } from '../platform/world.ts';
import { platform } from './platform.ts';
import { readTarget } from './request.ts';
import { corsHeaders, sendJson } from './respond.ts';

/** What the HTTP side is built on. */
export interface AppOptions extends ControlOptions {
  /** The present world; asked for on every request, because a reset puts another in its place. */
  world(): World;
  /** Resolves once every change is kept. */
  flush(): Promise<void>;
  readonly faults: FaultList;
  readonly journal: RequestJournal;
  readonly inFlight: InFlight;
  /** Told of every request when its connection is done with it. */
  onRequest?: ((request: RecordedRequest) => void) | undefined;
  /** Told of every error that is the emulator's own fault. */
  onUnexpectedError(error: unknown, during: string): void;
}

/** What goes along with a request. A type and not an interface, as Express asks. */
export type Locals = {
  recorder: Recorder;
  /** The path below the base path, or the whole path elsewhere; without doubled and trailing slashes. */
  path: string;
  search: string;
  /** Whether the path is below the base path. */
  isPlatform: boolean;
};

export type Response = express.Response<unknown, Locals>;
type Parameters = express.Request['params'];
type Query = express.Request['query'];
export type Handler = express.RequestHandler<Parameters, unknown, unknown, Query, Locals>;
type ErrorHandler = express.ErrorRequestHandler<Parameters, unknown, unknown, Query, Locals>;

/** Makes the Express app: the platform, the control endpoints, and one way out for every error. */
export function createApp(options: AppOptions): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);

  app.use(prepare(options));
  app.use(controlPath, controlRouter(options));
  app.use(platform(options));
  app.use(answerError(options));
  return app;
}

/** The headers of every answer, and the note that is taken of it. */
function prepare({ world, inFlight, journal, onRequest }: AppOptions): Handler {
  return (request, response, next) => {
    const { clock, ids } = world();
    const at = clock.now();
    const id = ids.requestId();
    response.sendDate = false;
    response.setHeader('Date', new Date(at).toUTCString());
    response.setHeader('Elements-Request-Id', id);

    const target = readTarget(request.originalUrl);
    const tidy = tidyPath(target.path);
    const below = pathBelowBase(tidy);
    const path = below ?? tidy;
    const { method, headers } = request;
    const secrets = secretsIn(headers.authorization);
    const recorder = new Recorder({ id, at, method, path, search: target.search, secrets });
    response.locals = { recorder, path, search: target.search, isPlatform: below !== undefined };
    if (onRequest !== undefined) response.once('close', () => onRequest(recorder.request));

    if (tidy === controlPath || tidy.startsWith(`${controlPath}/`)) {
      next();
      return;
    }
    journal.add(recorder.request);
    for (const [name, value] of corsHeaders) response.setHeader(name, value);
    const turn = inFlight.enter(response);
    if (turn === undefined) next();
    else turn.then(() => next(), next);
  };
}

/** The one place where an error becomes an answer; only unexpected ones are reported. */
function answerError({ onUnexpectedError }: AppOptions): ErrorHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const known = error instanceof PlatformError ? error : undefined;
    if (known === undefined) onUnexpectedError(error, `${request.method} ${response.locals.path}`);
    const status = known?.status ?? 500;
    const message = known?.message ?? 'The emulator failed: this is a fault of its own, see its log.';
    const { recorder } = response.locals;
    recorder.refused(message, known instanceof UnauthorizedError ? known.reason : undefined);
    recorder.answered(status);
    for (const [name, value] of Object.entries(known?.headers ?? {})) response.setHeader(name, value);
    const whole = known instanceof FaultError ? known.body : undefined;
    sendJson(response, status, whole ?? { requestId: recorder.request.id, message });
  };
}
