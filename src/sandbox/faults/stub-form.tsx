import { signal, useSignal } from '@preact/signals';
import type { Stub } from '../../stubs/stub.ts';
import { addStub } from '../state/stubs.ts';
import { attempt, say } from '../state/toasts.ts';
import { Icon } from '../ui/icon.tsx';
import { TargetFields } from './target-fields.tsx';

const blank = { method: '', path: '', access: 'user', status: '200', body: '' };
type Draft = typeof blank;
const draft = signal<Draft>(blank);

const change = (name: keyof Draft) => (event: { readonly currentTarget: { readonly value: string } }) => {
  draft.value = { ...draft.value, [name]: event.currentTarget.value };
};

/** @throws {Error} for a body that is not JSON. */
function readStub({ method, path, access, status, body }: Draft): Stub {
  return {
    ...(method === '' ? {} : { method }),
    path: path.trim(),
    ...(access === 'anyone' ? { access } : {}),
    status: Number(status),
    ...(body.trim() === '' ? {} : { body: readJson(body) }),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The body is not JSON.');
  }
}

/** The form that adds a stub with a fixed answer. */
export function StubForm() {
  const { method, path, access, status, body } = draft.value;
  const isPending = useSignal(false);
  const add = async () => {
    isPending.value = true;
    const added = await attempt(async () => addStub(readStub(draft.value)));
    isPending.value = false;
    if (added !== undefined) say(`Added stub ${added.id}.`);
  };
  return (
    <form
      class="fault-form"
      aria-label="Add a stub"
      onSubmit={(event) => {
        event.preventDefault();
        // Enter submits the form even when the button is disabled.
        if (!isPending.value) void add();
      }}
    >
      <TargetFields
        of="stub"
        method={method}
        path={path}
        placeholder="/instances/{id}"
        isRequired
        onMethod={change('method')}
        onPath={change('path')}
      />
      <div class="field">
        <label for="stub-access">Callers</label>
        <select id="stub-access" value={access} onChange={change('access')}>
          <option value="user">active users</option>
          <option value="anyone">anyone</option>
        </select>
      </div>
      <div class="field narrow">
        <label for="stub-status">Status</label>
        <input id="stub-status" type="number" min={200} max={599} required value={status} onInput={change('status')} />
      </div>
      <div class="field grow">
        <label for="stub-body">Body, as JSON</label>
        <textarea
          id="stub-body"
          rows={3}
          placeholder={'{"id": 7}'}
          spellcheck={false}
          value={body}
          onInput={change('body')}
        />
      </div>
      <button type="submit" class="primary" disabled={isPending.value}>
        <Icon name="plus" /> Add stub
      </button>
    </form>
  );
}
