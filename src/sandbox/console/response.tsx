import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { FaultNote } from '../faults/fault-note.tsx';
import { formatDuration } from '../journal/format.ts';
import { StatusCode } from '../ui/badges.tsx';
import { copy } from '../ui/copy.ts';
import { Empty } from '../ui/empty.tsx';
import { FieldList } from '../ui/field-list.tsx';
import { Icon } from '../ui/icon.tsx';
import { hasSecrets, Json, masked } from '../ui/json.tsx';
import { Reason } from '../ui/reason.tsx';
import type { Call } from './call.ts';
import { describeDropped, describeRepeated, droppedOf, type Sending } from './dropped.ts';
import { hasCredentials } from './headers.ts';
import { type Answered, answered, entryOf, outcome } from './send.ts';

/** The answer to the last call. */
export function Response() {
  const last = outcome.value;
  return (
    <section class="response" aria-label="Response" aria-busy={last?.kind === 'waiting'}>
      <p class="spoken" role="status">
        {last?.kind === 'answered' && `Response ${last.status}`}
        {last?.kind === 'failed' && 'No response'}
      </p>
      {last === undefined && (
        <Empty icon="send" title="The response appears here">
          The request is filled in. Press Send.
        </Empty>
      )}
      {last?.kind === 'waiting' && (
        <p class="waiting">
          <span class="spinner" /> Waiting for the response…
          <button type="button" class="ghost" onClick={last.cancel}>
            Cancel
          </button>
        </p>
      )}
      {last?.kind === 'failed' && <Failure message={last.message} unanswered={last.unanswered} />}
      {last?.kind === 'answered' && <Answer answer={last} />}
    </section>
  );
}

/** Why there is no response: once the journal has the request, it names the fault. */
function Failure({ message, unanswered }: { message: string; unanswered: Sending | undefined }) {
  if (unanswered === undefined) return <p class="callout">{message}</p>;
  const dropped = droppedOf(unanswered);
  const last = dropped.at(-1);
  return (
    <>
      <p class="callout">{describeDropped(dropped)}</p>
      <FaultNote id={last?.fault} trueStatus={last?.trueStatus} />
    </>
  );
}

function Answer({ answer }: { answer: Answered }) {
  const { status, duration, headers, text, json, call, sender } = answer;
  const isShown = useSignal(false);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    isShown.value = false;
    // On a phone the answer is below the request, out of sight.
    head.current?.scrollIntoView({ block: 'nearest' });
  }, [answer]);
  const isSecretive = useMemo(() => hasSecrets(json), [json]);
  const isMasked = isSecretive && !isShown.value;
  const body = useMemo(() => (isMasked ? masked(json) : json), [json, isMasked]);
  const entry = entryOf(answer);
  const repeated = describeRepeated(droppedOf(answer.sending));
  return (
    <>
      <div class="answer-head" ref={head}>
        <StatusCode code={status} isOver />
        <span class="detail">{formatDuration(entry?.duration ?? duration)}</span>
        <span class="push" />
        {isSecretive && (
          <button
            type="button"
            class="ghost small"
            aria-pressed={isShown.value}
            onClick={() => {
              isShown.value = !isShown.value;
            }}
          >
            <Icon name="eye" /> {isShown.value ? 'Hide secrets' : 'Show secrets'}
          </button>
        )}
        <button
          type="button"
          class="ghost small"
          disabled={text === ''}
          onClick={() =>
            isMasked
              ? copy(JSON.stringify(body, null, 2), 'Response, with its secrets masked,')
              : copy(text, isSecretive ? 'Response, with its secrets,' : 'Response')
          }
        >
          <Icon name="copy" /> Copy
        </button>
      </div>
      <p class={answered.value === answer ? 'asked' : 'asked past'}>
        {answered.value !== answer && 'Earlier request: '}
        <code>
          {call.method} {call.path}
        </code>{' '}
        {sentAs(call, sender)}
      </p>
      {repeated !== undefined && <p class="callout">{repeated}</p>}
      <FaultNote id={entry?.fault} trueStatus={entry?.trueStatus} />
      <Reason text={entry?.reason} />
      {text === '' && <p class="none">The response has no body.</p>}
      {json !== undefined && <Json value={body} label="Response body" />}
      {json === undefined && text !== '' && <pre class="json">{text.slice(0, 100_000)}</pre>}
      <details class="more">
        <summary>Response headers</summary>
        <FieldList
          class="mono"
          fields={Object.fromEntries(headers.map(([name, value]) => [name, <span key={name}>{value}</span>]))}
        />
      </details>
    </>
  );
}

/** Names the user whose credentials a request had. */
function sentAs({ headers, wrong }: Call, sender: string | undefined): string {
  if (sender === undefined)
    return hasCredentials(headers) ? 'with its own Authorization header' : 'without credentials';
  return wrong === undefined ? `as ${sender}` : `as ${sender} with a wrong ${wrong} secret`;
}
