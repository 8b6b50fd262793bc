import { performance } from 'node:perf_hooks';
// Not the global, which a suite's fake timers replace.
import { setImmediate } from 'node:timers';

/** How long a scan keeps others waiting, in milliseconds. */
const turn = 4;
/** How many records are tested between two looks at the time. */
const stride = 128;

/** Records to go through one by one. */
export interface Scannable<R> {
  readonly ids: readonly number[];
  get(id: number): R | undefined;
  /** The same records, out of reach of whatever changes them from here on. */
  still(): Scannable<R>;
}

/**
 * The records that match, in the order of the ids. What takes longer than a few milliseconds is
 * done in turns with other requests, on the records as they were at first.
 */
export function scan<R>(records: Scannable<R>, matches: (record: R) => boolean): R[] | Promise<R[]> {
  const found: R[] = [];
  const next = takeTurn(records, matches, 0, found);
  return next === records.ids.length ? found : scanOn(records.still(), matches, next, found);
}

async function scanOn<R>(records: Scannable<R>, matches: (record: R) => boolean, start: number, found: R[]) {
  for (let next = start; next < records.ids.length; ) {
    await new Promise((resolve) => setImmediate(resolve));
    next = takeTurn(records, matches, next, found);
  }
  return found;
}

/** Goes on from `start` until time is up. @returns where to go on. */
function takeTurn<R>({ ids, get }: Scannable<R>, matches: (record: R) => boolean, start: number, found: R[]): number {
  const end = performance.now() + turn;
  let next = start;
  do {
    const pause = Math.min(next + stride, ids.length);
    for (; next < pause; next += 1) {
      const record = get(ids[next] ?? Number.NaN);
      if (record !== undefined && matches(record)) found.push(record);
    }
  } while (next < ids.length && performance.now() < end);
  return next;
}
