import type { HeldAnswer, Response } from './exchange.ts';
import { send } from './respond.ts';

/**
 * Runs a function that answers a request, and holds its answer. Such runs can be nested.
 *
 * @returns the answer; `undefined` when there was none, because the client left.
 */
export async function holdAnswer(
  response: Response,
  answer: () => void | Promise<void>,
): Promise<HeldAnswer | undefined> {
  const { locals } = response;
  const { hold: outer } = locals;
  let held: HeldAnswer | undefined;
  locals.hold = (given) => {
    held = given;
  };
  try {
    await answer();
  } finally {
    locals.hold = outer;
  }
  return held;
}

/** The headers of a held answer by their names. */
export function headersOf({ headers }: HeldAnswer): Record<string, string> {
  return Object.fromEntries(
    headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1] ?? '']] : [])),
  );
}

/** Sends an answer that was held. */
export function releaseAnswer(response: Response, { status, body, headers }: HeldAnswer): void {
  send(response, status, body, headers);
}
