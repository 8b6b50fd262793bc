import { performance } from 'node:perf_hooks';
// Not the global: some suites turn fake timers on.
import timers from 'node:timers/promises';

// Before a test shortens waits.
const { setTimeout: sleep } = timers;

/**
 * Resolves with the value that is found, or once a condition holds.
 *
 * @param patience how long it waits, in milliseconds: much shorter than Jest's own limit, whose message says less.
 * @throws {Error} with the condition when it does not come.
 */
export async function until<T>(find: () => T | Promise<T>, patience = 20_000): Promise<NonNullable<T>> {
  const end = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 1.5, 20)) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${find}`);
    await sleep(pause);
  }
}
