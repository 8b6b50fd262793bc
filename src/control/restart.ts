/** Not part of the public interface; a registered symbol, because each entry point is a separate bundle. */
const key = Symbol.for('cloud-elements-emulator.restart');

/** The property of an emulator that `restart` calls. */
export function restartable(restart: (fixture: string) => Promise<void>): object {
  return { [key]: restart };
}

/**
 * Restarts an emulator from a fixture, as a reset does; later resets go back to this fixture.
 *
 * @param fixture the path of its file, or the name of a built-in one.
 * @throws {FixtureError} when it cannot be used; nothing has changed then.
 */
export async function restart(emulator: object, fixture: string): Promise<void> {
  const own: unknown = Reflect.get(emulator, key);
  if (typeof own === 'function') await own(fixture);
}
