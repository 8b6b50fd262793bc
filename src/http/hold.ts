import type { Emulator } from '../emulator.ts';

/** No part of the interface that users see; by a registered symbol, because each entry is a bundle of its own. */
const key = Symbol.for('cloud-elements-emulator.hold');

/** What `hold` finds at an emulator. */
export function holdable(hold: (isHolding: boolean) => void): object {
  return { [key]: hold };
}

/** Says whether the open socket of an emulator keeps the process alive, as it does by itself. */
export function hold(emulator: Emulator, isHolding: boolean): void {
  const own: unknown = Reflect.get(emulator, key);
  if (typeof own === 'function') own(isHolding);
}
