import type { Request, Response } from '../http/exchange.ts';
import type { InFlight } from '../http/in-flight.ts';
import { readBody } from '../http/request.ts';
import { keepDigits } from '../text/lossless-json.ts';
import type { ActiveFault } from './fault.ts';
import { FaultError } from './fault-error.ts';

/** Is told what a fault does to a request. */
export interface FaultRecorder {
  faulted(id: number): void;
  /** @param body what the request carried. */
  read(body: unknown): void;
  /** @param status `undefined` when the connection is reset in place of an answer. */
  answered(status: number | undefined): void;
}

/**
 * Does to a request what a fault says.
 *
 * @returns whether the request has come to its end.
 * @throws {FaultError} the answer of a fault with a status.
 */
export async function applyFault(
  fault: ActiveFault,
  request: Request,
  response: Response,
  recorder: FaultRecorder,
  inFlight: InFlight,
): Promise<boolean> {
  const { id, delayMs, status, drop } = fault;
  recorder.faulted(id);
  if (delayMs !== undefined) await inFlight.delay(delayMs, response);
  // The client left during the delay: its request changes nothing.
  if (response.destroyed) return true;
  if (status === undefined && drop !== true) return false;
  // The journal keeps the body of a call that fails as well.
  const body = await readBody(request, response, keepDigits).catch(() => undefined);
  recorder.read(body);
  if (status !== undefined) throw new FaultError({ ...fault, status });
  recorder.answered(undefined);
  resetConnection(request, response);
  return true;
}

function resetConnection(request: Request, response: Response): void {
  // A request that was injected has no real socket.
  if (typeof request.socket.resetAndDestroy === 'function') request.socket.resetAndDestroy();
  else response.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
}
