import { signal } from '@preact/signals';
import type { SavedSnapshot } from '../../control/saved-snapshot.ts';
import { control, get } from './api.ts';
import { on } from './live.ts';
import { refresher } from './refresh.ts';

/** The saved snapshots, the newest first. */
export const snapshots = signal<readonly SavedSnapshot[]>([]);

export function watchSnapshots(): void {
  const refresh = refresher(async () => {
    snapshots.value = (await get<readonly SavedSnapshot[]>('/snapshots')).toReversed();
  });
  on(['hello', 'snapshots'], refresh);
}

/** Where a snapshot is, as a fixture. */
export const snapshotPath = (name: string) => `/snapshots/${encodeURIComponent(name)}`;

/** Saves the present state, or that of a fixture. @throws {ApiError} which says what is wrong with the fixture. */
export const saveSnapshot = (name: string, fixture?: unknown) => control('POST', '/snapshots', { name, fixture });
export const restoreSnapshot = (name: string) => control('POST', `${snapshotPath(name)}/restore`);
export const deleteSnapshot = (name: string) => control('DELETE', snapshotPath(name));
export const reset = () => control('POST', '/reset');
