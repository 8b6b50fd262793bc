import { computed, signal } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { type Entry, entries } from '../state/journal.ts';
import { StatusCode } from '../ui/badges.tsx';
import { copy } from '../ui/copy.ts';
import { FieldList } from '../ui/field-list.tsx';
import { Icon } from '../ui/icon.tsx';
import { Json } from '../ui/json.tsx';
import { Reason } from '../ui/reason.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { failureOf, formatDuration } from './format.ts';

/** The request whose sheet is open. */
export const opened = signal<Entry | undefined>(undefined);

/** The open request as the journal has it now: its answer may have come since. */
const current = computed(() => {
  const entry = opened.value;
  return entry && (entries.value?.find(({ number }) => number === entry.number) ?? entry);
});

/** The sheet with every detail of a request. */
export function EntrySheet() {
  const entry = current.value;
  if (entry === undefined) return null;
  const { request } = entry;
  const { method, path, status, reason, fault, trueStatus, stub, query, body } = request;
  const why = failureOf(request);
  return (
    <Sheet
      title={`${method} ${path}`}
      onClose={() => {
        opened.value = undefined;
      }}
    >
      <p class="marks">
        <StatusCode code={status} isOver={request.duration !== undefined} />
        {fault !== undefined && (
          <span class="role">
            fault {fault} was applied{trueStatus !== undefined && ` after the platform answered ${trueStatus}`}
          </span>
        )}
        {stub !== undefined && <span class="role">stub {stub} answered</span>}
        {request.outside === true && <span class="role">outside the base path</span>}
      </p>
      <Reason text={reason} />
      {why !== undefined && <p class="callout quiet">{why}</p>}
      <Facts request={request} />
      {Object.keys(query).length > 0 && (
        <>
          <h3>Query</h3>
          <Json value={query} label="Query" />
        </>
      )}
      <h3>Body</h3>
      {body === undefined ? <p class="none">There was none.</p> : <Json value={body} label="Body" />}
      <div class="actions">
        <button type="button" onClick={() => copy(JSON.stringify(request, null, 2), 'Journal entry')}>
          <Icon name="copy" /> Copy as JSON
        </button>
      </div>
    </Sheet>
  );
}

/** The caller is not known before the answer. */
function unknownCaller(duration: number | undefined): string | undefined {
  return duration === undefined ? undefined : 'nobody who could be told';
}

function Facts({ request }: { request: RecordedRequest }) {
  const { user, at, duration, operationId, id } = request;
  const facts = {
    Caller: user === undefined ? unknownCaller(duration) : `${user.email} (user ${user.id})`,
    Operation: operationId ?? 'none of that path and verb',
    Came: at.replace('T', ' ').replace('Z', ' UTC'),
    Took: duration === undefined ? 'not answered yet' : formatDuration(duration),
    'Request id': id,
  };
  return <FieldList fields={facts} />;
}
