import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { FaultNote } from '../faults/fault-note.tsx';
import { StatusCode } from '../ui/badges.tsx';
import { FieldList } from '../ui/field-list.tsx';
import { Icon } from '../ui/icon.tsx';
import { Json } from '../ui/json.tsx';
import { Reason } from '../ui/reason.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { visible } from '../words.ts';
import { EntryActions } from './entry-actions.tsx';
import { current, matching, opened } from './filter.ts';
import { failureOf, formatDuration, leftOut } from './format.ts';

function close(): void {
  opened.value = undefined;
}

/** The sheet with every detail of a request. */
export function EntrySheet() {
  const entry = current.value;
  if (entry === undefined) return null;
  const { request } = entry;
  const { method, path, status, reason, fault, trueStatus, stub, query } = request;
  const why = failureOf(request);
  return (
    <Sheet title={visible(`${method} ${path}`)} onClose={close} tools={<Steps number={entry.number} />}>
      <p class="marks">
        <StatusCode code={status} isOver={request.duration !== undefined} />
        {stub !== undefined && <span class="role">response of stub {stub}</span>}
        {request.outside === true && <span class="role">outside the base path</span>}
      </p>
      <FaultNote id={fault} trueStatus={trueStatus} onShow={close} />
      <Reason text={reason} />
      {why !== undefined && <p class="callout quiet">{visible(why)}</p>}
      <EntryActions request={request} />
      <Facts request={request} />
      {Object.keys(query).length > 0 && (
        <>
          <h3>Query</h3>
          <Json value={query} label="Query" />
        </>
      )}
      <h3>Request body</h3>
      <Body value={request.body} label="Request body" />
      <h3>Response body</h3>
      <Body value={request.answer} label="Response body" />
    </Sheet>
  );
}

function Body({ value, label }: { value: unknown; label: string }) {
  const note = leftOut(value);
  if (value === undefined || note !== undefined) return <p class="none">{note ?? 'None'}</p>;
  return typeof value === 'string' ? <pre class="json">{value}</pre> : <Json value={value} label={label} />;
}

/** Goes to the next and the previous request that the filters let through. */
function Steps({ number }: { number: number }) {
  const all = matching.value;
  const at = all.findIndex((entry) => entry.number === number);
  const step = (to: number, label: string, icon: 'up' | 'down') => (
    <button
      type="button"
      class="ghost square"
      aria-label={label}
      title={label}
      disabled={at < 0 || all[to] === undefined}
      onClick={() => {
        opened.value = all[to];
      }}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <>
      {at >= 0 && (
        <span class="detail">
          {at + 1} of {all.length}
        </span>
      )}
      {step(at - 1, 'Newer request', 'up')}
      {step(at + 1, 'Older request', 'down')}
    </>
  );
}

/** The caller is not known before the answer. */
function unknownCaller(duration: number | undefined): string | undefined {
  return duration === undefined ? undefined : 'unknown: no valid credentials';
}

function Facts({ request }: { request: RecordedRequest }) {
  const { user, at, duration, operationId, id } = request;
  const facts = {
    Caller: user === undefined ? unknownCaller(duration) : visible(`${user.email} (user ${user.id})`),
    Operation: operationId ?? 'none of that path and method',
    Received: at.replace('T', ' ').replace('Z', ' UTC'),
    Duration: duration === undefined ? 'no response yet' : formatDuration(duration),
    'Request id': id,
  };
  return <FieldList fields={facts} />;
}
