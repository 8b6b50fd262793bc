import { everything } from '../state/keys.ts';
import type { Checkpoint } from '../store.ts';
import type { SavedSnapshot } from './saved-snapshot.ts';

/**
 * Describes a checkpoint that is saved under a name.
 *
 * @param at when it is saved, in epoch milliseconds.
 */
export function describeSnapshot(name: string, { state, time }: Checkpoint, at: number): SavedSnapshot {
  return {
    name,
    savedAt: new Date(at).toISOString(),
    ...('standing' in time ? { now: new Date(time.standing).toISOString() } : {}),
    organizations: [...state.organizations.values()].length,
    accounts: state.accounts.group('all', everything).length,
    users: state.users.group('all', everything).length,
  };
}
