import type { RequestListener } from 'node:http';
import express from 'express';
import { type ControlOptions, control } from './control/control.ts';
import { UnavailableError } from './control/errors.ts';
import type { Events } from './control/events.ts';
import { asksForPage } from './control/page.ts';
import { FaultError } from './faults/fault-error.ts';
import type { FaultList } from './faults/fault-list.ts';
import { closedMessage } from './http/closed.ts';
import { type MessageClasses, messageClasses } from './http/express-classes.ts';
import type { InFlight } from './http/in-flight.ts';
import { basePath, controlPath, pathBelow, tidyPath } from './http/paths.ts';
import { readTarget, readUserPassword, type Target } from './http/request.ts';
import { corsHeaders, type RawHeaders, sendAs } from './http/respond.ts';
import type { RequestJournal } from './journal/journal.ts';
import type { RecordedRequest } from './journal/recorded-request.ts';
import { Recorder } from './journal/recorder.ts';
import { secretsIn } from './journal/redact.ts';
import { StorageError } from './persistence/index.ts';
import type { Context } from './platform/context.ts';
import { platform } from './platform/dispatch.ts';
import { PlatformError, UnauthorizedError } from './platform/errors.ts';

/** What the HTTP side is built on. */
export interface AppOptions extends ControlOptions {
  /** The present world; asked for on every request, because a reset puts another in its place. */
  world(): Context;
  /** Resolves once every change is kept; `undefined` when nothing has to be waited for. */
  flush(): Promise<void> | undefined;
  readonly faults: FaultList;
  readonly journal: RequestJournal;
  readonly inFlight: InFlight;
  readonly events: Events;
  /** Whether the emulator has been closed: nothing is answered any more. */
  isClosed(): boolean;
  /** Told of every request when its connection is done with it. */
  onRequest?: ((request: RecordedRequest) => void) | undefined;
  /** Told of every error that is the emulator's own fault. */
  onError(error: unknown, during: string): void;
}

/** What goes along with a request. A type and not an interface, as Express asks. */
export type Locals = {
  recorder: Recorder;
  /** What every answer says besides. */
  head: RawHeaders;
  /** Below the base path, or the whole path elsewhere; without doubled and trailing slashes. */
  path: string;
  search: string;
  /** Whether the path is below the base path. */
  isPlatform: boolean;
  /** The `Elements-User-Password` header. */
  userPassword: string | undefined;
};

type Parameters = express.Request['params'];
type Query = express.Request['query'];
export type Response = express.Response<unknown, Locals>;
export type Handler = express.RequestHandler<Parameters, unknown, unknown, Query, Locals>;
type ErrorHandler = express.ErrorRequestHandler<Parameters, unknown, unknown, Query, Locals>;
/** Answers a request of one of the two sides, or throws; a promise only where something has to be waited for. */
export type Side = (request: express.Request, response: Response) => void | Promise<void>;

/** The Express app, for a server of any kind; one that is made with its classes is faster. */
export interface App {
  readonly listener: RequestListener;
  readonly classes: MessageClasses;
}

/**
 * Makes the Express app: the platform, the control endpoints, and one way out for every error.
 *
 * One handler takes every request and one every error: Express hands nothing on through timers
 * then, which a suite may have replaced.
 */
export function createApp(options: AppOptions): App {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(answer(options));
  app.use(answerError(options));
  return {
    classes: messageClasses(app),
    listener: (request, response) => {
      // Express gives up on a target that it cannot parse, with a page of its own.
      const { path, search } = readTarget(request.url ?? '/');
      request.url = search === '' ? path : `${path}?${search}`;
      app(request, response);
    },
  };
}

function answer(options: AppOptions): Handler {
  const answerPlatform = platform(options);
  const answerControl = control(options);
  const begin = recording(options);
  const { inFlight, journal, events, isClosed } = options;
  const refuse = (request: express.Request, response: Response, target: Target): never => {
    begin(request, response, target, true);
    throw new UnavailableError(closedMessage);
  };
  const answerNow = (request: express.Request, response: Response, target: Target) => {
    // Whose client has gone while it waited is not to change what comes after.
    if (response.destroyed) return undefined;
    if (isClosed()) return refuse(request, response, target);
    // Only now: what waited for a reset has the ids and dates of after it.
    const entry = begin(request, response, target);
    journal.add(entry);
    events.asked(entry);
    return answerPlatform(request, response);
  };
  return (request, response) => {
    const { path, search } = readTarget(request.url);
    const target = { path: tidyPath(path), search };
    if (isClosed()) return refuse(request, response, target);
    const isControl = target.path === controlPath || pathBelow(controlPath, target.path) !== undefined;
    if (isControl || (target.path === '/' && asksForPage(request))) {
      begin(request, response, target, true);
      return answerControl(request, response);
    }
    const turn = inFlight.enter(response);
    return turn === undefined
      ? answerNow(request, response, target)
      : turn.then(() => answerNow(request, response, target));
  };
}

/** Takes down what every answer says, and begins the note that is taken of it; the path is tidy. */
function recording({ world, events, isClosed, onRequest, onError }: AppOptions) {
  const writeDate = dateWriter();
  // One for all responses: they come by the thousand.
  const closed = function (this: Response) {
    const { recorder } = this.locals;
    // With an error, or by closing, the emulator has ended the connection itself.
    recorder.ended(!this.errored && !isClosed());
    try {
      onRequest?.(recorder.request);
    } catch (error) {
      onError(error, 'onRequest');
    }
  };
  const answered = (request: RecordedRequest) => events.asked(request);
  return (
    { method, headers }: express.Request,
    response: Response,
    { path: tidy, search }: Target,
    /** Whether the answer is the emulator's own, and none of the platform's. */
    isOwn = false,
  ): RecordedRequest => {
    const { clock, ids, state } = world();
    const at = clock.now();
    // Who looks on, the sandbox page for one, does not change the ids of what comes after.
    const id = ids.requestId(!isOwn);
    response.sendDate = false;

    const below = pathBelow(basePath, tidy);
    const path = below ?? tidy;
    const secrets = secretsIn(headers.authorization);
    const userPassword = readUserPassword(headers['elements-user-password']?.toString());
    const isSecret = (text: string) => state.isSecret(text);
    const arrival = {
      id,
      at,
      method,
      path,
      isOutside: below === undefined && !isOwn,
      search,
      secrets,
      password: userPassword,
      isSecret,
      shortestSecret: state.shortestSecret,
      answered: isOwn ? undefined : answered,
    };
    const recorder = new Recorder(arrival);
    const head = ['Date', writeDate(at), 'Elements-Request-Id', id, ...(isOwn ? [] : corsHeaders(headers.origin))];
    response.locals = { recorder, head, path, search, isPlatform: below !== undefined && !isOwn, userPassword };
    response.on('close', closed);
    return recorder.request;
  };
}

/** Writes instants as HTTP does, one text a second. */
function dateWriter(): (at: number) => string {
  let second = Number.NaN;
  let text = '';
  return (at) => {
    const now = Math.floor(at / 1000);
    if (now !== second) {
      second = now;
      text = new Date(at).toUTCString();
    }
    return text;
  };
}

/** What an answer says of an error that is none of the platform's. */
function describeFailure(error: unknown): string {
  return error instanceof StorageError
    ? error.summary
    : 'The emulator failed: this is a fault of its own, see its log.';
}

/** The one place where an error becomes an answer; only unexpected ones are reported. */
function answerError({ onError }: AppOptions): ErrorHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const known = error instanceof PlatformError ? error : undefined;
    if (known === undefined) onError(error, `${request.method} ${response.locals.path}`);
    const status = known?.status ?? 500;
    const message = known?.message ?? describeFailure(error);
    const { recorder } = response.locals;
    recorder.refused(message, known instanceof UnauthorizedError ? known.reason : undefined);
    const { body, contentType } = known instanceof FaultError ? known : {};
    const envelope = { requestId: recorder.request.id, message };
    sendAs(response, status, body === undefined ? envelope : body, contentType, known?.headers ?? {});
  };
}
