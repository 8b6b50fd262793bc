import { useSignal } from '@preact/signals';
import { deleteSnapshot, restoreSnapshot, saveSnapshot, snapshots } from '../state/snapshots.ts';
import { attempt, say } from '../state/toasts.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { ask } from '../ui/question.tsx';

const heading = 'snapshots-title';

/** The list of snapshots, and the form that saves one. */
export function Snapshots() {
  const all = snapshots.value;
  const typed = useSignal('');
  const save = async (name: string) => {
    if ((await attempt(() => saveSnapshot(name))) === undefined) return;
    say(`Saved snapshot ${name}.`);
    typed.value = '';
  };
  return (
    <section class="block" aria-labelledby={heading}>
      <h2 id={heading} tabIndex={-1}>
        Snapshots
      </h2>
      <form
        class="line-form"
        onSubmit={(event) => {
          event.preventDefault();
          const name = typed.value.trim();
          if (!all.includes(name)) return void save(name);
          ask({
            title: `Replace ${name}?`,
            text: 'There is a snapshot of this name. The present state replaces it.',
            action: 'Replace',
            onYes: () => save(name),
          });
        }}
      >
        <div class="field grow">
          <label for="snapshot-name">Save the present state as</label>
          <input
            id="snapshot-name"
            type="text"
            required
            maxLength={100}
            pattern="[A-Za-z0-9_][A-Za-z0-9_.\-]*"
            title="Letters, digits, dots, dashes and underscores, no dot or dash first"
            placeholder="before-the-demo"
            spellcheck={false}
            autocomplete="off"
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
            }}
          />
        </div>
        <button type="submit" class="primary">
          <Icon name="plus" /> Snapshot
        </button>
      </form>
      {all.length === 0 ? (
        <Empty icon="clock" title="No snapshots yet">
          A snapshot holds everything, the clock too, and is there until the emulator ends.
        </Empty>
      ) : (
        <ul class="cards">
          {all.map((name) => (
            <SnapshotCard key={name} name={name} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SnapshotCard({ name }: { name: string }) {
  const restore = () =>
    ask({
      title: `Restore ${name}?`,
      text: 'Accounts, users and the clock are as they were then: what came since is gone. Faults, stubs and the journal stay.',
      action: 'Restore',
      onYes: async () => {
        if ((await attempt(() => restoreSnapshot(name))) !== undefined) say(`Restored ${name}.`);
      },
    });
  const remove = () =>
    ask({
      title: `Delete ${name}?`,
      text: 'It cannot be restored after that.',
      action: 'Delete',
      onYes: async () => {
        if ((await attempt(() => deleteSnapshot(name))) === undefined) return;
        say(`Snapshot ${name} is deleted.`);
        // The button that had the focus is gone with its card.
        document.getElementById(heading)?.focus();
      },
    });
  return (
    <li class="card">
      <p class="card-title">{name}</p>
      <span class="push" />
      <button type="button" aria-label={`Restore ${name}`} onClick={restore}>
        Restore
      </button>
      <button type="button" class="ghost square" aria-label={`Delete snapshot ${name}`} onClick={remove}>
        <Icon name="close" />
      </button>
    </li>
  );
}
