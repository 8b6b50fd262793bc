import { ApiError } from './api.ts';
import { connection } from './live.ts';
import { say } from './toasts.ts';

/** How long to gather changes before fetching again, in milliseconds. */
const gathering = 150;

/**
 * Makes a function that fetches data again soon: once for many calls, and never twice at the same time. It
 * ignores failures while the emulator does not answer; the data is fetched when the connection is back.
 */
export function refresher(fetchAnew: () => Promise<void>): () => void {
  let isDue = false;
  let isBusy = false;
  const run = async () => {
    isBusy = true;
    isDue = false;
    try {
      await fetchAnew();
    } catch (error) {
      if (connection.value === 'live' && error instanceof ApiError && error.status > 0) say(error.message);
    }
    isBusy = false;
    if (isDue) setTimeout(run, gathering);
  };
  return () => {
    if (!isDue && !isBusy) setTimeout(run, 0);
    isDue = true;
  };
}
