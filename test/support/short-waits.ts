import timers from 'node:timers';
import waits from 'node:timers/promises';

/**
 * From now on, in this test file, what waits by `node:timers` waits a twentieth of the time, the tests too: waits that are
 * to be longer than others still are. The timeouts of sockets stay as they are.
 */
export function shortenWaits(): void {
  const { setTimeout, setInterval } = timers;
  const { setTimeout: wait } = waits;
  const short = { setTimeout: shortened(setTimeout), setInterval: shortened(setInterval) };
  jest.spyOn(timers, 'setTimeout').mockImplementation(short.setTimeout);
  jest.spyOn(timers, 'setInterval').mockImplementation(short.setInterval);
  jest.spyOn(waits, 'setTimeout').mockImplementation((ms = 0, ...rest) => wait(ms / 20, ...rest));
}

/** A timer with a twentieth of the time. */
function shortened<T extends object>(timer: T): T {
  return new Proxy(timer, {
    apply: (target: T, self, [action, ms = 0, ...rest]) =>
      Reflect.apply(target as unknown as (...args: unknown[]) => unknown, self, [action, ms / 20, ...rest]),
  });
}
