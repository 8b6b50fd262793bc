import type { RequestListener } from 'node:http';

/** What every use of a closed emulator is told. */
export const closedMessage = 'The emulator has been closed: create another one.';

/** No part of the interface that users see; by a registered symbol, because each entry is a bundle of its own. */
const key = Symbol.for('cloud-elements-emulator.isClosed');

/** Lets whoever has an emulator's app ask whether the emulator is closed. */
export function tellClosed(app: RequestListener, isClosed: () => boolean): void {
  Object.defineProperty(app, key, { value: isClosed });
}

/** Whether the emulator of an app has been closed; an app of another kind never is. */
export function isClosed(app: RequestListener): boolean {
  const own: unknown = Reflect.get(app, key);
  return typeof own === 'function' && own() === true;
}
