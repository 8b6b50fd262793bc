import { signal } from '@preact/signals';
import type { ShownStub } from '../../stubs/show-stub.ts';
import type { Stub } from '../../stubs/stub.ts';
import { control, get } from './api.ts';
import { on } from './live.ts';
import { refresher } from './refresh.ts';

/** The stubs, with their counts. */
export const stubs = signal<readonly ShownStub[]>([]);

export function watchStubs(): void {
  const refresh = refresher(async () => {
    stubs.value = await get('/stubs');
  });
  on(['hello', 'stubs', 'reset'], refresh);
}

export const addStub = (stub: Stub) => control<ShownStub>('POST', '/stubs', stub);
export const removeStub = (id: number) => control('DELETE', `/stubs/${id}`);
export const clearStubs = () => control('DELETE', '/stubs');
