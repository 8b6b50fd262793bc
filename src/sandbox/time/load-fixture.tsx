import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { saveSnapshot, snapshots } from '../state/snapshots.ts';
import { ask } from '../ui/question.tsx';
import { visible } from '../words.ts';
import { askToRestore } from './snapshot-card.tsx';

/** The emulator takes no larger bodies. */
const maxBytes = 1024 * 1024 - 200;

/** Loads a fixture from a file: it becomes a snapshot of the file's name, to go to at once or later. */
export function LoadFixture() {
  const input = useRef<HTMLInputElement>(null);
  const issue = useSignal('');
  const load = async (name: string, fixture: unknown, file: string) => {
    try {
      await saveSnapshot(name, fixture);
      askToRestore(name);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      issue.value = reason.replace(/^the snapshot given: /, () => `${file}: `);
    }
  };
  const choose = async (file: File) => {
    issue.value = '';
    try {
      const fixture = await readFixture(file);
      const name = nameOf(file.name);
      if (!snapshots.value.some((known) => known.name === name)) return await load(name, fixture, file.name);
      ask({
        title: `Replace ${name}?`,
        text: 'A snapshot with this name exists. The fixture replaces it.',
        action: 'Replace',
        onYes: () => load(name, fixture, file.name),
      });
    } catch (error) {
      issue.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <>
      <p class="actions">
        <button type="button" onClick={() => input.current?.click()}>
          Load a fixture…
        </button>
        <span class="field-note quiet">A JSON file: it becomes a snapshot.</span>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Fixture file"
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file can be chosen again, once it is corrected.
          currentTarget.value = '';
          if (file !== undefined) void choose(file);
        }}
      />
      <div role="alert">{issue.value !== '' && <p class="callout">{visible(issue.value)}</p>}</div>
    </>
  );
}

/** @throws {Error} which says why the file cannot be loaded. */
async function readFixture(file: File): Promise<unknown> {
  if (file.size > maxBytes) {
    throw new Error(
      `${file.name} has ${file.size.toLocaleString('en')} bytes, and only 1 MB can be loaded here: start the emulator with --fixture ${file.name}.`,
    );
  }
  const text = await file.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file.name} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

/** The name of a snapshot from that of a file: it has letters, digits, dots, dashes and underscores alone. */
function nameOf(file: string): string {
  const name = file
    .replace(/\.json$/i, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 100);
  return name === '' ? 'fixture' : name;
}
