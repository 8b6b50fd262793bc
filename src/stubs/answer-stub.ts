import { STATUS_CODES } from 'node:http';
import { UnsupportedMediaTypeError } from '../http/errors.ts';
import type { Request, Response } from '../http/exchange.ts';
import { readBody } from '../http/request.ts';
import { sendWith } from '../http/respond.ts';
import { authenticate } from '../platform/authentication/callers.ts';
import type { Caller, Context } from '../platform/context.ts';
import type { Call, CallRecorder } from '../platform/dispatch.ts';
import { UnauthorizedError } from '../platform/errors.ts';
import { keepDigits } from '../text/lossless-json.ts';
import { messageOf } from '../text/message-of.ts';
import { createProceed } from './proceed.ts';
import type { StubAnswer, StubCaller } from './stub.ts';
import { nameOf, StubError } from './stub-error.ts';
import type { StubEntry } from './stub-list.ts';
import { readStubRequest } from './stub-request.ts';
import { checkAnswer, writeAnswer } from './write-answer.ts';

/** Records what a stub does to a request. */
export interface StubRecorder extends CallRecorder {
  readonly request: { readonly id: string };
  stubbed(id: number): void;
  /** Removes the message and the reason of the answer that a stub replaces from the journal. */
  replaced(message: string | undefined, keepsReason: boolean): void;
}

/** The parts that stubs use. */
export interface StubbingOptions {
  /** The present context. */
  context(): Context;
  /** Called when the function of a stub throws, and when its answer cannot be sent. */
  onError(error: unknown, during: string): void;
  /** Makes an error an answer. */
  sendError(error: unknown, request: Request, response: Response): void;
}

/**
 * Answers a request by a stub: credentials 401, then the body 413 and 400, then the stub's answer.
 *
 * @param inner answers without the stub.
 */
export async function answerByStub(
  entry: StubEntry,
  inner: Call['answer'],
  request: Request,
  response: Response,
  recorder: StubRecorder,
  options: StubbingOptions,
): Promise<void> {
  const read = await readJson(request, response);
  // The client left while its body arrived: its request changes nothing.
  if (response.destroyed) return;
  const caller = admit(entry, request, recorder, options);
  if ('error' in read) throw read.error;
  recorder.read(read.exact);

  // The body is written into the journal here, because the stub's function may change it.
  const { id: requestId } = recorder.request;
  const envelope = (status: number) => ({ requestId, message: STATUS_CODES[status] ?? `Status ${status}` });
  const proceeding = createProceed(inner, request, response, recorder, options);
  const written = await (async () => {
    try {
      const answer = await respond(entry, request, response, read.value, caller, proceeding.proceed);
      // A `proceed()` that has begun finishes first, although the function did not wait for it.
      await proceeding.end();
      return writeAnswer(answer, envelope);
    } catch (error) {
      await proceeding.end();
      // No client waits for the answer.
      if (response.destroyed) return undefined;
      recorder.replaced(undefined, false);
      options.onError(error, nameOf(entry));
      throw new StubError(`${nameOf(entry)}: ${messageOf(error)}`);
    }
  })();
  if (written === undefined || response.destroyed) return;
  const { status, headers, body } = written;
  recorder.replaced(messageIn(status, body), status === 401 && proceeding.status() === 401);
  sendWith(response, status, body, headers);
}

/** The body, for the function and, with all digits of large numbers, for the journal. It may be of another type than JSON. */
async function readJson(request: Request, response: Response) {
  try {
    let exact: unknown;
    const value = await readBody(request, response, (parsed, text) => {
      exact = keepDigits(parsed, text);
      return parsed;
    });
    return { value, exact };
  } catch (error) {
    return error instanceof UnsupportedMediaTypeError ? { value: undefined, exact: undefined } : { error };
  }
}

function admit(
  { stub }: StubEntry,
  request: Request,
  recorder: StubRecorder,
  { context }: StubbingOptions,
): Caller | undefined {
  try {
    const caller = authenticate(request.headers.authorization, context().state);
    recorder.admitted(caller);
    return caller;
  } catch (error) {
    if (stub.access === 'anyone' && error instanceof UnauthorizedError) return undefined;
    throw error;
  }
}

/** The answer of a stub. @throws {Error} the error of its function, and for a value that is not an answer. */
async function respond(
  { stub }: StubEntry,
  request: Request,
  response: Response,
  body: unknown,
  caller: Caller | undefined,
  proceed: ReturnType<typeof createProceed>['proceed'],
): Promise<StubAnswer> {
  if (stub.respond === undefined) return stub;
  const given = readStubRequest(stub, request, response.locals.target, body, caller);
  const answer: unknown =
    stub.access === 'anyone'
      ? await stub.respond(given, proceed)
      : await stub.respond({ ...given, caller: known(given.caller) }, proceed);
  try {
    checkAnswer(answer);
  } catch (error) {
    throw new Error(`its function must return an answer, such as { status: 200, body: {} }: ${messageOf(error)}`);
  }
  return answer;
}

function known(caller: StubCaller | undefined): StubCaller {
  if (caller === undefined) throw new Error('a stub for users was called without a caller');
  return caller;
}

/** The message of an error's envelope. */
function messageIn(status: number, body: string | Uint8Array): string | undefined {
  if (status < 400 || typeof body !== 'string' || !body.startsWith('{')) return undefined;
  try {
    const { message }: { readonly message?: unknown } = JSON.parse(body);
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
