/** Not part of the public interface; a registered symbol, because each entry point is a separate bundle. */
const key = Symbol.for('cloud-elements-emulator.hold');

/** The property of an emulator that `hold` calls. */
export function holdable(hold: (isHolding: boolean) => void): object {
  return { [key]: hold };
}

/** Says whether the open socket of an emulator keeps the process alive; it does by default. */
export function hold(emulator: object, isHolding: boolean): void {
  const own: unknown = Reflect.get(emulator, key);
  if (typeof own === 'function') own(isHolding);
}
