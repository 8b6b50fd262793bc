import { AsyncLocalStorage } from 'node:async_hooks';

const used = new Set<AsyncLocalStorage<unknown>>();

/**
 * Notes which storages are used from here on.
 *
 * Jest makes one for every test file and never disables it. Each of them costs something at every promise of
 * the files that come after in the same process, and keeps the modules of its own file in memory.
 */
export function watchStorages(): void {
  const { run } = AsyncLocalStorage.prototype;
  Object.assign(AsyncLocalStorage.prototype, {
    run(this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
      used.add(this);
      return Reflect.apply(run, this, args);
    },
  });
}

/** Disables the storages that a test file has left behind. */
export function disableStorages(): void {
  for (const storage of used) storage.disable();
  used.clear();
}
