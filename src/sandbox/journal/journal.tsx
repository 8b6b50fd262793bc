import { computed } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { control } from '../state/api.ts';
import { type Entry, entries } from '../state/journal.ts';
import { sessionText } from '../state/session.ts';
import { attempt } from '../state/toasts.ts';
import { ActiveList } from '../ui/active-list.tsx';
import { Method, StatusCode } from '../ui/badges.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { opened } from './entry-sheet.tsx';
import { failureOf, formatDuration } from './format.ts';

const text = sessionText('journal filter');
const failedOnly = sessionText('journal failed');

/** Whether a request has an error status, or ended without an answer. */
function isFailed({ status, duration }: RecordedRequest): boolean {
  return status === undefined ? duration !== undefined : status >= 400;
}

const matching = computed(() => {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = entries.value ?? [];
  const isFailedOnly = failedOnly.value !== '';
  if (words.length === 0 && !isFailedOnly) return all;
  return all.filter(({ request }) => {
    if (isFailedOnly && !isFailed(request)) return false;
    const { method, path, status, user, operationId, reason } = request;
    const searched = [method, path, status, user?.email, operationId, reason, failureOf(request)].join(' ');
    return words.every((word) => searched.toLowerCase().includes(word));
  });
});

/** Requests as they come, the newest first. */
export function Journal() {
  const all = entries.value;
  return (
    <div class="column">
      <div class="bar">
        <input
          type="search"
          aria-label="Filter the journal"
          placeholder="Filter"
          title="Every word is looked for in the method, path, status, email, operation, and why it failed"
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
          disabled={all === undefined || all.length === 0}
          onClick={() => attempt(() => control('DELETE', '/requests'))}
        >
          Clear
        </button>
      </div>
      <List />
    </div>
  );
}

function List() {
  const found = matching.value;
  if (entries.value === undefined) return <Empty icon="journal" title="Looking…" />;
  if (entries.value.length === 0) {
    return (
      <Empty icon="journal" title="Nothing has been asked yet.">
        Send a request in the console, or let your program call the emulator: it is here at once.
      </Empty>
    );
  }
  if (found.length === 0) return <Empty icon="search" title="No request fits the filter." />;
  return (
    <ActiveList
      label="Requests, the newest first"
      role="listbox"
      count={found.length}
      rowHeight={56}
      keyOf={(index) => String(found[index]?.number ?? index)}
      onOpen={(index) => {
        opened.value = found[index];
      }}
    >
      {(index) => {
        const entry = found[index];
        return entry === undefined ? null : <EntryRow entry={entry} />;
      }}
    </ActiveList>
  );
}

function EntryRow({ entry: { request } }: { entry: Entry }) {
  const { method, path, status, duration, user, reason, fault, trueStatus, stub, at } = request;
  // The caller is not known before the answer.
  const who = user?.email ?? (duration === undefined ? '' : 'nobody');
  const why = reason ?? failureOf(request);
  return (
    <div class="entry">
      <Method name={method} />
      <span class="path" title={path}>
        {path}
      </span>
      <StatusCode code={status} isOver={duration !== undefined} />
      <span class="when">{at.slice(11, 19)}</span>
      <span class={why === undefined ? 'detail' : 'detail why'} title={why ?? who}>
        {fault !== undefined && (
          <span class="fault-mark">
            <Icon name="fault" /> fault {fault}
            {trueStatus !== undefined && ` after ${trueStatus}`}
          </span>
        )}
        {stub !== undefined && <span class="stub-mark">stub {stub}</span>}
        {why ?? who}
      </span>
      <span class="duration">{duration === undefined ? '' : formatDuration(duration)}</span>
    </div>
  );
}
