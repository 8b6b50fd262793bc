import { useSignal } from '@preact/signals';
import { saveSnapshot, snapshots } from '../state/snapshots.ts';
import { attempt, say } from '../state/toasts.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { ask } from '../ui/question.tsx';
import { LoadFixture } from './load-fixture.tsx';
import { SnapshotCard } from './snapshot-card.tsx';

const heading = 'snapshots-title';

/** The list of snapshots, the form that saves one, and the button that makes one of a fixture. */
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
          if (!all.some((known) => known.name === name)) return void save(name);
          ask({
            title: `Replace ${name}?`,
            text: 'A snapshot with this name exists. The present state replaces it.',
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
      <LoadFixture />
      {all.length === 0 ? (
        <Empty icon="clock" title="No snapshots yet">
          A snapshot has all records and the clock. It is kept until the emulator stops.
        </Empty>
      ) : (
        <ul class="cards">
          {all.map((snapshot) => (
            <SnapshotCard
              key={snapshot.name}
              snapshot={snapshot}
              onDelete={() => document.getElementById(heading)?.focus()}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
