import type { RequestListener } from 'node:http';
import type { MessageClasses } from './express-classes.ts';

/** Not part of the public interface; a registered symbol, because each entry point is a bundle of its own. */
const key = Symbol.for('cloud-elements-emulator.intercepted');

/** What an app has for interceptions. */
interface Interceptable {
  /** What it is quickest to answer: requests and responses of these classes. */
  readonly classes: MessageClasses;
  /** Is called with the hosts of an interception that leads calls to the app; returns what is called at its end. */
  begin(hosts: readonly string[]): () => void;
}

/** Lets interceptions lead calls to an app. */
export function acceptInterceptions(app: RequestListener, own: Interceptable): void {
  Object.defineProperty(app, key, { value: own });
}

/** What an app has for interceptions; `undefined` for an app that is not of an emulator. */
export function interceptable(app: RequestListener): Interceptable | undefined {
  return Reflect.get(app, key);
}
