import type { SavedSnapshot } from '../../control/saved-snapshot.ts';
import { deleteSnapshot, restoreSnapshot, snapshotPath } from '../state/snapshots.ts';
import { attempt, say } from '../state/toasts.ts';
import { Icon } from '../ui/icon.tsx';
import { ask } from '../ui/question.tsx';
import { counted, utc } from '../words.ts';

/** Asks whether to go back to a snapshot. */
export function askToRestore(name: string): void {
  ask({
    title: `Restore ${name}?`,
    text: 'Accounts, users and the clock go back to the snapshot; later changes are lost. Faults, stubs and the journal stay.',
    action: 'Restore',
    onYes: async () => {
      if ((await attempt(() => restoreSnapshot(name))) !== undefined) say(`Restored ${name}.`);
    },
  });
}

/** @param onDelete called once it is deleted: the button that had the focus is gone then. */
export function SnapshotCard({ snapshot, onDelete }: { snapshot: SavedSnapshot; onDelete: () => void }) {
  const { name, savedAt, now, organizations, accounts, users } = snapshot;
  const remove = () =>
    ask({
      title: `Delete ${name}?`,
      text: 'It cannot be restored afterwards.',
      action: 'Delete',
      onYes: async () => {
        if ((await attempt(() => deleteSnapshot(name))) === undefined) return;
        say(`Deleted snapshot ${name}.`);
        onDelete();
      },
    });
  const records = [counted(organizations, 'organization'), counted(accounts, 'account'), counted(users, 'user')];
  return (
    <li class="card">
      <div>
        <p class="card-title">{name}</p>
        <p class="detail">{records.join(', ')}</p>
        <p class="detail">
          saved {utc(savedAt)} · the clock{' '}
          {now === undefined ? 'runs' : now === savedAt ? 'is stopped' : `is stopped at ${utc(now)}`}
        </p>
      </div>
      <span class="push" />
      <button type="button" aria-label={`Restore ${name}`} onClick={() => askToRestore(name)}>
        Restore
      </button>
      <a
        class="ghost square"
        href={`/__emulator${snapshotPath(name)}`}
        download={`${name}.json`}
        aria-label={`Download snapshot ${name}`}
        title="Download it as a fixture, with its secrets and passwords"
      >
        <Icon name="download" />
      </a>
      <button type="button" class="ghost square" aria-label={`Delete snapshot ${name}`} onClick={remove}>
        <Icon name="close" />
      </button>
    </li>
  );
}
