import type { RequestListener } from 'node:http';
import express from 'express';
import { type ControlOptions, createControl } from './control/control.ts';
import type { Events } from './control/events.ts';
import { asksForPage } from './control/page.ts';
import { applyFault } from './faults/apply-fault.ts';
import { FaultError } from './faults/fault-error.ts';
import type { FaultList } from './faults/fault-list.ts';
import { closedMessage } from './http/closed.ts';
import { HttpError, UnavailableError } from './http/errors.ts';
import type { Locals, Request, Response } from './http/exchange.ts';
import { type MessageClasses, messageClasses } from './http/express-classes.ts';
import type { InFlight } from './http/in-flight.ts';
import { readTarget } from './http/paths.ts';
import { listQuery, readUserPassword } from './http/request.ts';
import { corsHeaders, dateWriter, sendText } from './http/respond.ts';
import type { RequestJournal } from './journal/journal.ts';
import type { RecordedRequest } from './journal/recorded-request.ts';
import { type Recorded, Recorder } from './journal/recorder.ts';
import { StorageError } from './persistence/index.ts';
import { authenticate } from './platform/authentication/callers.ts';
import type { Context } from './platform/context.ts';
import { createPlatform } from './platform/dispatch.ts';
import { UnauthorizedError } from './platform/errors.ts';
import { createStubbing } from './stubs/add-stubs.ts';
import type { StubList } from './stubs/stub-list.ts';

/** The parts that the app uses. */
export interface AppOptions extends ControlOptions {
  /** The present context. A reset puts another one in its place, so that every request asks for it. */
  context(): Context;
  /** Resolves once every change is kept; `undefined` when there is nothing to wait for. */
  flush(): Promise<void> | undefined;
  readonly faults: FaultList;
  readonly stubs: StubList;
  readonly journal: RequestJournal;
  readonly inFlight: InFlight;
  readonly events: Events;
  /** Whether the emulator has been closed; a closed emulator answers no request. */
  isClosed(): boolean;
  /** Called for every request when its connection is done with it. */
  onRequest?: ((request: RecordedRequest) => void) | undefined;
  /** Called for every error that is a bug of the emulator or a failure of the disk. */
  onError(error: unknown, during: string): void;
}

/** What belongs to a request while it is answered. */
export type AppLocals = Locals & { readonly recorder: Recorder };
type AppResponse = Response<AppLocals>;
type AppHandler = express.RequestHandler<Request['params'], unknown, unknown, Request['query'], AppLocals>;
type ErrorHandler = express.ErrorRequestHandler<Request['params'], unknown, unknown, Request['query'], AppLocals>;

/** The Express app, for any server; a server that is made with its classes is faster. */
export interface App {
  readonly listener: RequestListener;
  readonly classes: MessageClasses;
}

/**
 * Puts the platform and the control endpoints on one Express app, with one error handler.
 *
 * One handler takes every request and one every error, because between handlers Express uses timers, which a
 * suite may have replaced.
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
      const { url = '/' } = request;
      // Express keeps the locals that it finds.
      Object.assign(response, { locals: { target: readTarget(url) } });
      // Express answers a URL that it cannot parse with a page of its own. It needs none, because the app has no routes.
      if (!url.startsWith('/')) request.url = '/';
      app(request, response);
    },
  };
}

function answer(options: AppOptions): AppHandler {
  const findCall = createPlatform({ ...options, onChange: () => options.events.publish('state') });
  const sendError = createSendError(options);
  const addStubs = createStubbing({ ...options, sendError });
  const answerControl = createControl(options);
  const begin = recording(options);
  const { inFlight, journal, faults, events, isClosed } = options;
  const identify = ({ headers }: Request, recorder: Recorder) => {
    try {
      recorder.admitted(authenticate(headers.authorization, options.context().state));
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
    }
  };
  const answerClosed = (request: Request, response: AppResponse): never => {
    begin(request, response, true);
    throw new UnavailableError(closedMessage);
  };
  const answerPlatform = (request: Request, response: AppResponse) => {
    // The client left while its request waited: the request changes nothing.
    if (response.destroyed) return undefined;
    if (isClosed()) return answerClosed(request, response);
    // A request that waited for a reset is recorded after it, with the ids and dates that follow the reset.
    const recorder = begin(request, response);
    journal.add(recorder);
    events.publishRequest(recorder);

    const { method } = request;
    const { target } = response.locals;
    const call = addStubs(findCall(method, target), method, target);
    const { operationId } = call;
    if (operationId !== undefined) recorder.routed(operationId);
    // A fault for the platform must not apply to a client that leaves the base path out.
    const fault = target.side === 'platform' ? faults.next({ method, path: target.path, operationId }) : undefined;
    if (fault === undefined) return call.answer(request, response, recorder);
    // The fault may prevent the operation, but the journal has the caller anyway.
    identify(request, recorder);
    const answerCall = async () => {
      try {
        await call.answer(request, response, recorder);
      } catch (error) {
        sendError(error, request, response);
      }
    };
    return applyFault(fault, request, response, recorder, inFlight, answerCall);
  };
  return (request, response) => {
    if (isClosed()) return answerClosed(request, response);
    const { side, path } = response.locals.target;
    if (side === 'control' || (path === '/' && asksForPage(request))) {
      begin(request, response, true);
      return answerControl(request, response);
    }
    const turn = inFlight.enter(response);
    return turn === undefined ? answerPlatform(request, response) : turn.then(() => answerPlatform(request, response));
  };
}

/** Sets what belongs to a request, the headers of every answer too, and begins its entry of the journal. */
function recording({ context, events, isClosed, onRequest, onError }: AppOptions) {
  const writeDate = dateWriter();
  const publish = (recorded: Recorded) => events.publishRequest(recorded);
  // One listener for all responses, because there are thousands of them.
  const onClose = function (this: AppResponse) {
    const { recorder } = this.locals;
    // After an error, or while it closes, the emulator has ended the connection itself.
    recorder.ended(!this.errored && !isClosed());
    try {
      onRequest?.(recorder.request);
    } catch (error) {
      onError(error, 'onRequest');
    }
  };
  /** @param isOwn whether the answer is the emulator's and not the platform's. */
  return ({ method, headers }: Request, response: AppResponse, isOwn = false): Recorder => {
    const { clock, ids } = context();
    const { side, path, query } = response.locals.target;
    const at = clock.now();
    // Requests to the emulator itself, as the sandbox page sends them, do not change the ids of later ones.
    const id = ids.requestId(!isOwn);
    const userPassword = readUserPassword(headers['elements-user-password']?.toString());
    const recorder = new Recorder({
      ...{ id, at, method, path, query: listQuery(query) },
      isOutside: side !== 'platform' && !isOwn,
      ...{ authorization: headers.authorization, userPassword },
      answered: isOwn ? undefined : publish,
    });
    const head = ['Date', writeDate(at), 'Elements-Request-Id', id, ...(isOwn ? [] : corsHeaders(headers.origin))];
    Object.assign(response.locals, { recorder, head, userPassword });
    response.sendDate = false;
    response.on('close', onClose);
    return recorder;
  };
}

/** The message for an error that is not one of the platform's. */
function describeFailure(error: unknown): string {
  return error instanceof StorageError ? error.summary : 'The emulator failed: this is its own error, see its log.';
}

function answerError(options: AppOptions): ErrorHandler {
  const sendError = createSendError(options);
  return (error: unknown, request, response, _next) => sendError(error, request, response);
}

/** The one place where an error becomes an answer; it reports those that are not expected. */
function createSendError({ onError }: AppOptions) {
  return (error: unknown, request: Request, response: AppResponse): void => {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { recorder, target } = response.locals;
    const known = error instanceof HttpError ? error : undefined;
    if (known === undefined) onError(error, `${request.method} ${target.path}`);
    const status = known?.status ?? 500;
    const message = known?.message ?? describeFailure(error);
    recorder.refused(message, known instanceof UnauthorizedError ? known.reason : undefined);
    const { text, contentType } = known instanceof FaultError ? known : {};
    const envelope = { requestId: recorder.id, message };
    sendText(response, status, text ?? JSON.stringify(envelope), contentType, known?.headers ?? {});
  };
}
