import { performance } from 'node:perf_hooks';

/** The only source of time. */
export interface Clock {
  /** The present instant in epoch milliseconds. */
  now(): number;
}

/**
 * A clock that stands still at `instant`, or that follows the machine's when there is none.
 *
 * The machine's time is read from `perf_hooks` and not from `Date`: a test suite that turns on
 * fake timers replaces `Date` for its own code, and must not stop the emulator with it.
 */
export function createClock(instant?: number): Clock {
  if (instant !== undefined) return { now: () => instant };
  return { now: () => Math.floor(performance.timeOrigin + performance.now()) };
}
