import { computed, useSignal } from '@preact/signals';
import { control } from '../state/api.ts';
import { entries } from '../state/journal.ts';
import { attempt } from '../state/toasts.ts';
import { counted } from '../words.ts';
import { type Choice, choices, chosen, failedOnly, matching, none, partOf, text } from './filter.ts';

const labels: Readonly<Record<Choice, string>> = {
  status: 'Status',
  method: 'Method',
  operation: 'Operation',
  caller: 'Caller',
};

/** What occurs in the journal, and what is chosen. */
const options = computed(
  () =>
    new Map(
      choices.map((choice) => {
        const parts = (entries.value ?? []).map(({ request }) => partOf(request, choice));
        return [choice, [...new Set([...parts, chosen[choice].value])].filter(Boolean).sort()] as const;
      }),
    ),
);

/** The bar above the journal: free text, failed requests alone, and lists of what occurs. */
export function Filters() {
  const isOpen = useSignal(false);
  const all = entries.value ?? [];
  const shown = matching.value.length;
  const active = choices.filter((choice) => chosen[choice].value !== '').length;
  const isFiltered = text.value.trim() !== '' || failedOnly.value !== '' || active > 0;
  return (
    <>
      <div class="bar">
        <input
          type="search"
          aria-label="Filter the journal"
          placeholder="Filter"
          title="Searches for every word in the method, path, query, body, status, caller, operation, fault and reason"
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        <button
          type="button"
          class="toggle"
          aria-pressed={failedOnly.value !== ''}
          onClick={() => {
            failedOnly.value = failedOnly.value === '' ? 'yes' : '';
          }}
        >
          Failed
        </button>
        <button
          type="button"
          class="ghost"
          disabled={all.length === 0}
          onClick={() => attempt(() => control('DELETE', '/requests'))}
        >
          Clear
        </button>
      </div>
      <div class="filter-line">
        <details
          class="more"
          onToggle={({ currentTarget }) => {
            isOpen.value = currentTarget.open;
          }}
        >
          <summary>
            Filters
            {active > 0 && <span class="count">{active}</span>}
          </summary>
          <div class="filters">{isOpen.value && choices.map((choice) => <Select key={choice} choice={choice} />)}</div>
        </details>
        <span class="detail journal-count" role="status">
          {isFiltered
            ? `${shown.toLocaleString('en')} of ${all.length.toLocaleString('en')}`
            : counted(all.length, 'request')}
        </span>
      </div>
    </>
  );
}

function Select({ choice }: { choice: Choice }) {
  const id = `journal-${choice}`;
  return (
    <div class="field">
      <label for={id}>{labels[choice]}</label>
      <select
        id={id}
        value={chosen[choice].value}
        onChange={({ currentTarget }) => {
          chosen[choice].value = currentTarget.value;
        }}
      >
        <option value="">any</option>
        {options.value.get(choice)?.map((each) => (
          <option key={each} value={each} selected={each === chosen[choice].value}>
            {each === none ? nobody[choice] : each}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What a request without this part is called. */
const nobody: Readonly<Partial<Record<Choice, string>>> = { operation: 'no operation', caller: 'unknown caller' };
