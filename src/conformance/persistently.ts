import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../text/message-of.ts';
import { Difference } from './difference.ts';
import { StoppedError } from './errors.ts';

/** How often an act is tried. */
const attempts = 5;

/** Tries an act until it succeeds; waits longer each time. @returns why it does not succeed in the end. */
export async function persistently(act: () => Promise<void>): Promise<string | undefined> {
  let failure: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      await wait(attempt === 0 ? 0 : 100 * 2 ** attempt);
      await act();
      return undefined;
    } catch (error) {
      failure = error instanceof Difference ? `${error.message} is not as expected` : messageOf(error);
      // The server no longer accepts the credentials.
      if (error instanceof StoppedError) return failure;
    }
  }
  return failure;
}
