import type { Request } from 'express';
import type { AppOptions, Response, Side } from '../app.ts';
import type { ActiveFault } from '../faults/fault.ts';
import { FaultError } from '../faults/fault-error.ts';
import { basePath, controlPath } from '../http/paths.ts';
import { readBody, readQuery, requireAcceptable } from '../http/request.ts';
import { sendEmpty, sendReply } from '../http/respond.ts';
import { compileRouter, type Match } from '../http/router.ts';
import { keepDigits } from '../text/lossless-json.ts';
import { authorize } from './access.ts';
import { authenticate, isStill } from './authentication/callers.ts';
import { NotFoundError, NotImplementedError, WrongPasswordError } from './errors.ts';
import { isAbsent } from './not-emulated.ts';
import type { Operation, Reply } from './operation.ts';
import { operations } from './operations.ts';

/** One request of the platform. A fault comes first: it is of the platform, not of the request. */
export function platform(options: AppOptions): Side {
  const router = compileRouter(operations, ': see docs/operations.md for all operations', ['OPTIONS']);
  const answerUnmatched = (request: Request, response: Response, isKnown: boolean) => {
    const { path, isPlatform } = response.locals;
    if (path === basePath)
      throw new NotFoundError(`There is nothing at ${path} itself: add a path, such as /accounts.`);
    if (!isPlatform) {
      const where = `the platform is at ${basePath}, the emulator at ${controlPath}`;
      throw new NotFoundError(`There is nothing at ${path}: ${where}.`);
    }
    const allowed = request.method !== 'OPTIONS' ? [] : isKnown ? router.allowed(path) : verbs;
    if (allowed.length > 0) answerOptions(request, response, allowed);
    else if (!isKnown) throw new NotImplementedError(notEmulated(path));
    else throw router.mismatch(request.method, path);
  };
  return (request, response) => {
    const { recorder, path, isPlatform } = response.locals;
    const isKnown = isPlatform && !isAbsent(request.method, path);
    const match = isKnown ? router.match(request.method, path) : undefined;
    if (match !== undefined) recorder.routed(match.route.operationId);
    const proceed = () =>
      match === undefined ? answerUnmatched(request, response, isKnown) : answer(match, request, response, options);

    const target = { method: request.method, path, operationId: match?.route.operationId };
    // A client that leaves the base path out must not meet what is meant for the platform.
    const fault = isPlatform ? options.faults.next(target) : undefined;
    if (fault === undefined) return proceed();
    return applyFault(fault, request, response, options).then((isEnd) => (isEnd ? undefined : proceed()));
  };
}

/** What a path that is not emulated tells a browser to try, so that it sees the 501. */
const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function notEmulated(path: string): string {
  const emulated = [...new Set(operations.map((operation) => `/${operation.path.split('/')[1]}`))].sort();
  const last = emulated.pop();
  return `${path} is of the platform and not emulated: emulated are ${emulated.join(', ')} and ${last}.`;
}

/**
 * Checked in this order, after 404 and 405: credentials and rights 401, Accept 406, Content-Type
 * 415, body 413 and 400, path and query 400, then the rule's own.
 */
function answer(
  { route: operation, parameters }: Match<Operation>,
  request: Request,
  response: Response,
  options: AppOptions,
): void | Promise<void> {
  const { recorder, search, userPassword } = response.locals;
  const admit = () => {
    const context = options.world();
    if (operation.access === 'anyone') return { context, caller: undefined };
    const caller = authenticate(request.headers.authorization, context.state);
    recorder.admitted(caller);
    authorize(caller, operation.access, parameters);
    return { context, caller };
  };
  const handle = (admitted: ReturnType<typeof admit>, body: unknown) => {
    const query = readQuery(search, operation.query ?? []);
    const call = { ...admitted, parameters, query, body, userPassword };
    if (operation.method === 'GET') return sendReply(response, operation.handle(call));
    const keep = (then: () => void | Promise<void>): void | Promise<void> => {
      const kept = options.flush();
      const changed = () => options.events.touch('state');
      if (kept !== undefined) return kept.finally(changed).then(then);
      changed();
      return then();
    };
    let reply: Reply;
    try {
      reply = operation.handle(call);
    } catch (error) {
      if (!(error instanceof WrongPasswordError)) throw error;
      return keep(() => {
        throw error;
      });
    }
    return keep(() => sendReply(response, reply));
  };
  const admitted = admit();
  requireAcceptable(request);
  if (operation.body === undefined) return handle(admitted, undefined);
  return readBody(request, response, keepDigits).then((body) => {
    recorder.read(body);
    // While the body came in the caller may have been deactivated.
    const { context, caller } = admitted;
    const isIn = options.world().state === context.state && (caller === undefined || isStill(caller, context.state));
    return handle(isIn ? admitted : admit(), body);
  });
}

/**
 * Does to a request what a fault says.
 *
 * @returns whether the request has come to its end.
 * @throws {FaultError} the answer of a fault with a status.
 */
async function applyFault(fault: ActiveFault, request: Request, response: Response, { inFlight }: AppOptions) {
  const { recorder } = response.locals;
  recorder.faulted(fault.id);
  if (fault.delayMs !== undefined) await inFlight.delay(fault.delayMs, response);
  // The client has given up: nothing more happens to its request.
  if (response.destroyed) return true;
  const { status } = fault;
  if (status === undefined && fault.drop !== true) return false;
  // For the journal: what was asked is of interest above all where it fails.
  const body = await readBody(request, response, keepDigits).catch(() => undefined);
  recorder.read(body);
  if (status !== undefined) throw new FaultError({ ...fault, status });
  recorder.answered(undefined);
  dropConnection(request, response);
  return true;
}

function dropConnection(request: Request, response: Response): void {
  // A reset and not an orderly end; a request that was injected has no real socket.
  if (typeof request.socket.resetAndDestroy === 'function') request.socket.resetAndDestroy();
  else response.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
}

/** A preflight is answered for any origin and header; the API's protection is its secrets. */
function answerOptions(request: Request, response: Response, allowed: string[]): void {
  const verbs = allowed.join(', ');
  const headers = request.get('Access-Control-Request-Headers');
  // Browsers ask so before a page of the internet calls a machine of a private network, which this one is.
  const isPrivate = request.get('Access-Control-Request-Private-Network') === 'true';
  sendEmpty(response, [
    ...['Allow', verbs, 'Access-Control-Allow-Methods', verbs],
    ...(headers === undefined ? [] : ['Access-Control-Allow-Headers', headers]),
    ...(isPrivate ? ['Access-Control-Allow-Private-Network', 'true'] : []),
  ]);
}
