import type { HeldAnswer, Request, Response } from '../http/exchange.ts';
import { hangUp } from '../http/hang-up.ts';
import { headersOf, holdAnswer, releaseAnswer } from '../http/hold-answer.ts';
import type { InFlight } from '../http/in-flight.ts';
import { readBody } from '../http/request.ts';
import { sendText } from '../http/respond.ts';
import { keepDigits } from '../text/lossless-json.ts';
import type { ActiveFault } from './fault.ts';
import { FaultError } from './fault-error.ts';

/** Records what a fault does to a request. */
export interface FaultRecorder {
  faulted(id: number): void;
  /** @param body the body of the request. */
  read(body: unknown): void;
  /** @param status of the original answer, which the fault replaces or delays. */
  held(status: number): void;
  /** @param status `undefined` when the connection is reset in place of an answer. */
  answered(status: number | undefined): void;
}

/**
 * Applies a fault to a request, and lets the request be answered where the fault does not answer it.
 *
 * @param answer gives the original answer; it answers errors too, and throws none.
 * @throws {FaultError} the answer of a fault with a status.
 */
export async function applyFault(
  fault: ActiveFault,
  request: Request,
  response: Response,
  recorder: FaultRecorder,
  inFlight: InFlight,
  answer: () => Promise<void>,
): Promise<void> {
  const { id, delayMs, status, drop, when } = fault;
  recorder.faulted(id);
  const held = when === 'after' ? await holdAnswer(response, answer) : undefined;
  if (held !== undefined) recorder.held(held.status);
  if (delayMs !== undefined) await inFlight.delay(delayMs, response);
  // The client left: before the operation, its request changes nothing; after it, no client waits for the answer.
  if (response.destroyed) return;
  if (held === undefined && (status !== undefined || drop === true)) {
    // The journal keeps the body of a call that fails as well.
    const body = await readBody(request, response, keepDigits).catch(() => undefined);
    recorder.read(body);
  }
  if (status !== undefined) throw new FaultError({ ...fault, status });
  if (drop === true) {
    recorder.answered(undefined);
    resetConnection(request, response);
  } else if (held === undefined) {
    await answer();
  } else {
    sendOther(response, held, fault);
  }
}

/** Sends the original answer, with the body and the headers of the fault if it has some. */
function sendOther(response: Response, held: HeldAnswer, fault: ActiveFault): void {
  const { text, contentType, headers } = new FaultError({ ...fault, status: held.status });
  if (text === undefined) releaseAnswer(response, held);
  else sendText(response, held.status, text, contentType, { ...headersOf(held), ...headers });
}

function resetConnection(request: Request, response: Response): void {
  // A request that another library injects has no real socket.
  if (typeof request.socket.resetAndDestroy === 'function') request.socket.resetAndDestroy();
  else response.destroy(hangUp());
}
