import type { HeldAnswer, Request, Response } from '../http/exchange.ts';
import { headersOf, holdAnswer } from '../http/hold-answer.ts';
import type { Call, CallRecorder } from '../platform/dispatch.ts';
import type { Proceed, StubAnswer } from './stub.ts';

type Answer = Required<StubAnswer>;

/**
 * Makes the `proceed()` of one request.
 *
 * @param inner answers without the stub.
 * @param sendError makes an error an answer.
 */
export function createProceed<R extends CallRecorder>(
  inner: Call<R>['answer'],
  request: Request,
  response: Response,
  recorder: R,
  { sendError }: { sendError(error: unknown, request: Request, response: Response): void },
) {
  let begun: Promise<Answer> | undefined;
  let hasEnded = false;
  let status: number | undefined;
  const run = async (): Promise<Answer> => {
    const isLate = hasEnded || response.destroyed;
    const held = isLate
      ? undefined
      : await holdAnswer(response, async () => {
          try {
            await inner(request, response, recorder);
          } catch (error) {
            sendError(error, request, response);
          }
        });
    if (held === undefined) throw new Error('proceed() comes too late: the request has ended.');
    status = held.status;
    return readAnswer(held);
  };
  const proceed = () => {
    begun ??= run();
    return begun;
  };
  return {
    // The caller of `proceed` declares the type of the body.
    proceed: proceed as Proceed,
    /** Waits for the answer that has begun; no other answer begins after that. */
    end: async (): Promise<void> => {
      hasEnded = true;
      await begun?.catch(() => undefined);
    },
    /** The status of the answer, if there is one. */
    status: () => status,
  };
}

function readAnswer(held: HeldAnswer): Answer {
  const headers = headersOf(held);
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return { status: held.status, headers, body: readHeld(held.body, type) };
}

function readHeld(body: string | Uint8Array, type: string | undefined): unknown {
  if (typeof body !== 'string') return body;
  if (body === '') return undefined;
  return type !== undefined && /json/i.test(type) ? JSON.parse(body) : body;
}
