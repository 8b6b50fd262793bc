import { signal } from '@preact/signals';
import { control, get } from './api.ts';
import { on } from './live.ts';
import { refresher } from './refresh.ts';

/** The names of the saved snapshots, the newest first. */
export const snapshots = signal<readonly string[]>([]);

export function watchSnapshots(): void {
  const refresh = refresher(async () => {
    const saved = await get<readonly { readonly name: string }[]>('/snapshots');
    snapshots.value = saved.map(({ name }) => name).reverse();
  });
  on(['hello', 'snapshots'], refresh);
}

export const saveSnapshot = (name: string) => control('POST', '/snapshots', { name });
export const restoreSnapshot = (name: string) => control('POST', `/snapshots/${encodeURIComponent(name)}/restore`);
export const deleteSnapshot = (name: string) => control('DELETE', `/snapshots/${encodeURIComponent(name)}`);
export const reset = () => control('POST', '/reset');
