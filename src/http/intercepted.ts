import type { RequestListener } from 'node:http';

/** Not part of the public interface; a registered symbol, because each entry point is a bundle of its own. */
const key = Symbol.for('cloud-elements-emulator.intercepted');

/**
 * Lets an app know of the interceptions that lead calls to it.
 *
 * @param begin is called with the hosts of an interception, and returns what is called at its end.
 */
export function acceptInterceptions(app: RequestListener, begin: (hosts: readonly string[]) => () => void): void {
  Object.defineProperty(app, key, { value: begin });
}

/** Tells an app that calls to these hosts lead to it. @returns tells it that they do no more. */
export function tellInterception(app: RequestListener, hosts: readonly string[]): () => void {
  const begin: unknown = Reflect.get(app, key);
  const end: unknown = typeof begin === 'function' ? begin(hosts) : undefined;
  return () => {
    if (typeof end === 'function') end();
  };
}
