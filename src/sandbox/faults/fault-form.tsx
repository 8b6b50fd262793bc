import { signal, useSignal } from '@preact/signals';
import type { Fault } from '../../faults/fault.ts';
import { addFault } from '../state/faults.ts';
import { tab } from '../state/tab.ts';
import { attempt, say } from '../state/toasts.ts';
import { Icon } from '../ui/icon.tsx';
import { fitsNoPath } from './fits-no-path.ts';
import { shown } from './shown.ts';
import { operationPaths, TargetFields } from './target-fields.tsx';

const statuses = [400, 401, 403, 404, 409, 429, 500, 502, 503, 504];

type Effect = 'status' | 'delay' | 'drop';
const effects: readonly (readonly [Effect, string])[] = [
  ['status', 'responds with a status'],
  ['delay', 'delays the response'],
  ['drop', 'drops the connection'],
];

const moments: readonly (readonly [NonNullable<Fault['when']>, string])[] = [
  ['before', 'before the change'],
  ['after', 'after the change'],
];

const blank = {
  ...{ method: '', path: '', effect: 'status', when: 'before', status: '503', delay: '2000', times: '' },
  ...{ message: '', rawBody: '' },
};
type Draft = typeof blank;
const draft = signal<Draft>(blank);

/** Shows the form with the method and the path of a request filled in. */
export function failPath(method: string, path: string): void {
  draft.value = { ...draft.value, method, path };
  shown.value = 'faults';
  tab.value = 'faults';
  setTimeout(() => document.getElementById('fault-effect')?.focus());
}

const change = (name: keyof Draft) => (event: { readonly currentTarget: { readonly value: string } }) => {
  draft.value = { ...draft.value, [name]: event.currentTarget.value };
};

function readFault({ method, path, effect, when, status, delay, times, message, rawBody }: Draft): Fault {
  return {
    ...(method === '' ? {} : { method }),
    ...(path.trim() === '' ? {} : { path: path.trim() }),
    ...(effect === 'status' ? { status: Number(status) } : {}),
    ...(effect === 'status' && message !== '' ? { message } : {}),
    ...(effect === 'status' && rawBody !== '' ? { rawBody } : {}),
    ...(when === 'after' ? { when } : {}),
    ...(effect === 'delay' ? { delayMs: Number(delay) } : {}),
    ...(effect === 'drop' ? { drop: true } : {}),
    ...(times === '' ? {} : { times: Number(times) }),
  };
}

/** No suite reaches a larger count, and JavaScript cannot represent the largest ones exactly. */
const maxTimes = 1_000_000_000;

/** The form that adds a fault. */
export function FaultForm() {
  const { method, path, effect, when, status, delay, times, message, rawBody } = draft.value;
  const isPending = useSignal(false);
  const add = async () => {
    isPending.value = true;
    const added = await attempt(() => addFault(readFault(draft.value)));
    isPending.value = false;
    if (added !== undefined) say(`Added fault ${added.id}.`);
  };
  return (
    <form
      class="fault-form"
      aria-label="Add a fault"
      onSubmit={(event) => {
        event.preventDefault();
        // Enter submits the form even when the button is disabled.
        if (!isPending.value) void add();
      }}
    >
      <TargetFields
        of="fault"
        method={method}
        path={path}
        placeholder="any, or /accounts/*"
        note={fitsNoPath(path.trim(), operationPaths()) ? 'No operation has this path.' : ''}
        onMethod={change('method')}
        onPath={change('path')}
      />
      <div class="field">
        <label for="fault-effect">Effect</label>
        <select id="fault-effect" value={effect} onChange={change('effect')}>
          {effects.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="fault-when">When</label>
        <select id="fault-when" value={when} onChange={change('when')}>
          {moments.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {effect === 'status' && (
        <>
          <div class="field narrow">
            <label for="fault-status">Status</label>
            <input
              id="fault-status"
              type="number"
              min={400}
              max={599}
              required
              list="fault-statuses"
              value={status}
              onInput={change('status')}
            />
            <datalist id="fault-statuses">
              {statuses.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </div>
          <div class="field grow">
            <label for="fault-message">Message</label>
            <input id="fault-message" type="text" placeholder="default" value={message} onInput={change('message')} />
          </div>
          <div class="field grow">
            <label for="fault-raw-body">Raw body</label>
            <input
              id="fault-raw-body"
              type="text"
              placeholder="default"
              spellcheck={false}
              value={rawBody}
              onInput={change('rawBody')}
            />
          </div>
        </>
      )}
      {effect === 'delay' && (
        <div class="field narrow">
          <label for="fault-delay">Milliseconds</label>
          <input
            id="fault-delay"
            type="number"
            min={1}
            max={600_000}
            required
            value={delay}
            onInput={change('delay')}
          />
        </div>
      )}
      <div class="field narrow">
        <label for="fault-times">Times</label>
        <input
          id="fault-times"
          type="number"
          min={1}
          max={maxTimes}
          placeholder="always"
          value={times}
          onInput={change('times')}
        />
      </div>
      <button type="submit" class="primary" disabled={isPending.value}>
        <Icon name="plus" /> Add fault
      </button>
    </form>
  );
}
