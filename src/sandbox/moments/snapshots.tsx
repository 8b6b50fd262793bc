import { useSignal } from '@preact/signals';
import { deleteSnapshot, restoreSnapshot, saveSnapshot, snapshots } from '../state/snapshots.ts';
import { attempt, say } from '../state/toasts.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';

/** Moments to come back to, by name. */
export function Snapshots() {
  const all = snapshots.value;
  const typed = useSignal('');
  const save = async () => {
    const name = typed.value.trim();
    if ((await attempt(() => saveSnapshot(name))) === undefined) return;
    say(`Snapshot ${name} is kept.`);
    typed.value = '';
  };
  return (
    <section class="block" aria-labelledby="snapshots-title">
      <h2 id="snapshots-title">Snapshots</h2>
      <form
        class="line-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div class="field grow">
          <label for="snapshot-name">Keep the present moment as</label>
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
        <Empty icon="clock" title="No moment has been kept.">
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
  const restore = async () => {
    if ((await attempt(() => restoreSnapshot(name))) !== undefined) say(`Back at ${name}.`);
  };
  return (
    <li class="card">
      <p class="card-title">{name}</p>
      <span class="push" />
      <button type="button" aria-label={`Restore ${name}`} onClick={restore}>
        Restore
      </button>
      <button
        type="button"
        class="ghost square"
        aria-label={`Delete snapshot ${name}`}
        onClick={() => attempt(() => deleteSnapshot(name))}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
