import type { RequestListener } from 'node:http';

/** The message for every use of a closed emulator. */
export const closedMessage = 'The emulator has been closed: create another one.';

/** Not part of the public interface; a registered symbol, because each entry point is a separate bundle. */
const key = Symbol.for('cloud-elements-emulator.isClosed');

/** Makes `isClosed` work for an app. */
export function tellClosed(app: RequestListener, isClosed: () => boolean): void {
  Object.defineProperty(app, key, { value: isClosed });
}

/** Whether the emulator of an app has been closed; false for apps that are not of an emulator. */
export function isClosed(app: RequestListener): boolean {
  const own: unknown = Reflect.get(app, key);
  return typeof own === 'function' && own() === true;
}
