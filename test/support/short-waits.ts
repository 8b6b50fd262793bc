import timers from 'node:timers/promises';

/**
 * From now on, in this test file, what waits by `node:timers/promises` waits a twentieth of the time, the tests too: waits
 * that are to be longer than others still are.
 */
export function shortenWaits(): void {
  const { setTimeout: wait } = timers;
  jest.spyOn(timers, 'setTimeout').mockImplementation((ms = 0, ...rest) => wait(ms / 20, ...rest));
}
