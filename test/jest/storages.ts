import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Makes storages that know one value at a time, as is enough for tests that run one after another.
 *
 * Jest uses one for each test file, to find the test to which an error belongs. Node 20 and 22 then do something at every
 * promise, for each storage of every file so far; that took a tenth of the time.
 */
export function simplifyStorages(): void {
  const values = new WeakMap<AsyncLocalStorage<unknown>, unknown>();
  Object.assign(AsyncLocalStorage.prototype, {
    getStore(this: AsyncLocalStorage<unknown>) {
      return values.get(this);
    },
    run(this: AsyncLocalStorage<unknown>, value: unknown, action: (...args: unknown[]) => unknown, ...args: unknown[]) {
      const before = values.get(this);
      const end = () => void values.set(this, before);
      values.set(this, value);
      let isPending = false;
      try {
        const result = action(...args);
        isPending = isPromise(result);
        if (isPromise(result)) result.then(end, end);
        return result;
      } finally {
        if (!isPending) end();
      }
    },
  });
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
