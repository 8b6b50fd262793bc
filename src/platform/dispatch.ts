import type { Request, Response } from '../http/exchange.ts';
import { basePath, controlPath, type Target } from '../http/paths.ts';
import { readBody, readQuery, requireAcceptable } from '../http/request.ts';
import { sendEmpty, sendJson } from '../http/respond.ts';
import { compileRouter, type Match } from '../http/router.ts';
import { keepDigits } from '../text/lossless-json.ts';
import { authorize } from './access.ts';
import { authenticate, isUnchanged } from './authentication/callers.ts';
import type { Caller, Context } from './context.ts';
import { NotFoundError, NotImplementedError, WrongPasswordError } from './errors.ts';
import { isNotEmulated } from './not-emulated.ts';
import type { Operation, Reply } from './operation.ts';
import type { OperationId } from './operation-ids.ts';
import { operations } from './operations.ts';

/** All emulators of a process share it: the table never changes. */
const router = compileRouter(operations, ': see docs/operations.md for all operations', ['OPTIONS']);

/** The parts that the platform uses. */
export interface PlatformOptions {
  /** The present context. A reset puts another one in its place, so that every request asks for it. */
  context(): Context;
  /** Resolves once every change is kept; `undefined` when there is nothing to wait for. */
  flush(): Promise<void> | undefined;
  /** Called after every request that may have changed the state. */
  onChange(): void;
}

/** Records what the platform finds out about a request. */
export interface CallRecorder {
  admitted(caller: Caller): void;
  read(body: unknown): void;
}

/** A request that has been matched with the table of operations. */
export interface Call<R extends CallRecorder = CallRecorder> {
  /** `undefined` where no operation matches. */
  readonly operationId: OperationId | undefined;
  /** Answers it, or throws an `HttpError`. */
  answer(request: Request, response: Response, recorder: R): void | Promise<void>;
}

/** @returns finds the operation for a method and path. */
export function createPlatform(options: PlatformOptions): (method: string, target: Target) => Call {
  return (method, { side, path }) => {
    const isEmulated = side === 'platform' && !isNotEmulated(method, path);
    const match = isEmulated ? router.match(method, path) : undefined;
    if (match !== undefined) {
      return {
        operationId: match.route.operationId,
        answer: (request, response, recorder) => answer(match, request, response, recorder, options),
      };
    }
    return {
      operationId: undefined,
      answer: (request, response) => {
        if (side !== 'platform') throw outside(path);
        const allowed = allowedMethods(path);
        if (method === 'OPTIONS' && allowed.length > 0) return answerOptions(request, response, allowed);
        throw isEmulated ? router.mismatch(method, path) : notEmulated(path);
      },
    };
  };
}

function outside(path: string): NotFoundError {
  if (path === basePath) {
    return new NotFoundError(`There is nothing at ${path} itself: add a path, such as /accounts.`);
  }
  const where = `the platform is at ${basePath}, the emulator at ${controlPath}`;
  return new NotFoundError(`There is nothing at ${path}: ${where}.`);
}

/** A preflight of a path that is not emulated allows all methods, so that the browser continues and sees the 501. */
const allMethods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function allowedMethods(path: string): readonly string[] {
  return isNotEmulated('OPTIONS', path) ? allMethods : router.allowed(path);
}

function notEmulated(path: string): NotImplementedError {
  const emulated = [...new Set(operations.map((operation) => `/${operation.path.split('/')[1]}`))].sort();
  const last = emulated.pop();
  return new NotImplementedError(
    `${path} is of the platform and not emulated: emulated are ${emulated.join(', ')} and ${last}.`,
  );
}

/**
 * Checked in this order, after 404 and 405: credentials and access 401, Accept 406, Content-Type 415, body 413 and 400,
 * path and query 400, then the rule's own.
 */
function answer(
  { route: operation, parameters }: Match<Operation>,
  request: Request,
  response: Response,
  recorder: CallRecorder,
  options: PlatformOptions,
): void | Promise<void> {
  const { target, userPassword } = response.locals;
  const admit = () => {
    const context = options.context();
    if (operation.access === 'anyone') return { context, caller: undefined };
    const caller = authenticate(request.headers.authorization, context.state);
    recorder.admitted(caller);
    authorize(caller, operation.access, parameters);
    return { context, caller };
  };
  const handle = (admitted: ReturnType<typeof admit>, body: unknown) => {
    const query = readQuery(target.query, operation.query ?? []);
    const call = { ...admitted, parameters, query, body, userPassword };
    if (operation.method === 'GET') return sendReply(response, operation.handle(call));
    let reply: Reply;
    try {
      reply = operation.handle(call);
    } catch (error) {
      if (!(error instanceof WrongPasswordError)) throw error;
      return keep(options, () => {
        throw error;
      });
    }
    return keep(options, () => sendReply(response, reply));
  };
  const admitted = admit();
  requireAcceptable(request);
  if (operation.body === undefined) return handle(admitted, undefined);
  return readBody(request, response, keepDigits).then((body) => {
    recorder.read(body);
    // The caller may have been deactivated while the body arrived.
    const { context, caller } = admitted;
    const isAdmitted =
      options.context().state === context.state && (caller === undefined || isUnchanged(caller, context.state));
    return handle(isAdmitted ? admitted : admit(), body);
  });
}

/** Answers once the change is saved. */
function keep({ flush, onChange }: PlatformOptions, answer: () => void): void | Promise<void> {
  const kept = flush();
  if (kept !== undefined) return kept.finally(onChange).then(answer);
  onChange();
  answer();
}

/** Success is always 200, for POST and DELETE too. */
function sendReply(response: Response, reply: Reply): void {
  if ('empty' in reply) {
    sendEmpty(response);
  } else if ('body' in reply) {
    sendJson(response, 200, reply.body);
  } else {
    const { items, total, nextPageToken } = reply.list;
    sendJson(response, 200, items, [
      ...['Elements-Total-Count', String(total), 'Elements-Returned-Count', String(items.length)],
      ...(nextPageToken === undefined ? [] : ['Elements-Next-Page-Token', nextPageToken]),
    ]);
  }
}

/**
 * Answers a preflight of a path that has methods in addition to those of the platform.
 *
 * @param more these methods; `undefined` stands for all.
 */
export function answerPreflight(
  request: Request,
  response: Response,
  path: string,
  more: readonly (string | undefined)[],
): void {
  const further = more.flatMap((method) =>
    method === undefined ? allMethods : method === 'GET' ? ['GET', 'HEAD'] : method,
  );
  answerOptions(request, response, [...new Set([...allowedMethods(path), ...further, 'OPTIONS'])]);
}

/** Answers a preflight, for any origin and header: secrets protect the API, not origins. */
function answerOptions(request: Request, response: Response, allowed: readonly string[]): void {
  const methods = allowed.join(', ');
  const headers = request.get('Access-Control-Request-Headers');
  // Browsers need this before a page of the internet calls a machine of a private network.
  const isPrivate = request.get('Access-Control-Request-Private-Network') === 'true';
  sendEmpty(response, [
    ...['Allow', methods, 'Access-Control-Allow-Methods', methods],
    ...(headers === undefined ? [] : ['Access-Control-Allow-Headers', headers]),
    ...(isPrivate ? ['Access-Control-Allow-Private-Network', 'true'] : []),
  ]);
}
