import { computed, signal } from '@preact/signals';
import { operations } from '../state/operations.ts';
import { Method } from '../ui/badges.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { counted } from '../words.ts';
import type { Operation } from './operations.ts';
import { operationId } from './state.ts';

const isOpen = signal(false);
/** The typed words, all of which an operation must have. */
const typed = signal('');

const found = computed((): readonly Operation[] => {
  const words = typed.value.toLowerCase().split(/\s+/).filter(Boolean);
  return (operations.value ?? []).filter(({ id, method, path, summary, description, tag }) => {
    const text = [id, method, path, summary, description, tag].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
});

function pick({ id }: Operation): void {
  operationId.value = id;
  isOpen.value = false;
  // Once the sheet is closed, which returns the focus to its button.
  setTimeout(() => document.getElementById('operation')?.focus());
}

/** The button that opens the list of operations. */
export function FindOperation() {
  return (
    <button
      type="button"
      title="All operations with what they do"
      onClick={() => {
        typed.value = '';
        isOpen.value = true;
      }}
    >
      Find…
    </button>
  );
}

/** The sheet with every operation and what it does, which can be searched. */
export function OperationList() {
  if (!isOpen.value) return null;
  const all = found.value;
  const tags = [...new Set(all.map(({ tag }) => tag))];
  return (
    <Sheet
      title="Operations"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <form
        class="find"
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = all;
          if (first !== undefined) pick(first);
        }}
      >
        <input
          type="search"
          autofocus
          aria-label="Search the operations"
          placeholder="user roles, POST, password…"
          spellcheck={false}
          autocomplete="off"
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
        />
        <p class="detail" role="status">
          {counted(all.length, 'operation')}
        </p>
      </form>
      {tags.map((tag) => (
        <section key={tag} aria-label={tag}>
          <h3>{tag}</h3>
          <ul class="operations">
            {all
              .filter((each) => each.tag === tag)
              .map((operation) => (
                <li key={operation.id}>
                  <button type="button" class="ghost" onClick={() => pick(operation)}>
                    <Method name={operation.method} />
                    <span>
                      <code>{operation.path}</code>
                      <span class="detail">{operation.summary}</span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Sheet>
  );
}
