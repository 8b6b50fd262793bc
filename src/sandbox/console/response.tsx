import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { formatDuration } from '../journal/journal.tsx';
import { StatusCode } from '../ui/badges.tsx';
import { copy } from '../ui/copy.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { hasSecrets, Json, masked } from '../ui/json.tsx';
import { type Outcome, outcome } from './send.ts';

/** What came back. */
export function Response() {
  const last = outcome.value;
  return (
    <section class="response" aria-label="Answer" aria-live="polite" aria-busy={last?.kind === 'waiting'}>
      {last === undefined && (
        <Empty icon="send" title="The answer will be here.">
          Everything is filled in: Send is all it takes.
        </Empty>
      )}
      {last?.kind === 'waiting' && (
        <p class="waiting">
          <span class="spinner" /> Waiting for the answer…
          <button type="button" class="ghost" onClick={last.cancel}>
            Do not wait
          </button>
        </p>
      )}
      {last?.kind === 'failed' && <p class="callout">{last.message}</p>}
      {last?.kind === 'answered' && <Answer answer={last} />}
    </section>
  );
}

type Answered = Extract<Outcome, { kind: 'answered' }>;

function Answer({ answer }: { answer: Answered }) {
  const { status, duration, headers, text, json, call } = answer;
  const isShown = useSignal(false);
  useEffect(() => {
    isShown.value = false;
  }, [answer]);
  const isSecretive = useMemo(() => hasSecrets(json), [json]);
  const body = useMemo(() => (isShown.value ? json : masked(json)), [json, isShown.value]);
  return (
    <>
      <div class="answer-head">
        <StatusCode code={status} isOver />
        <span class="detail">
          {formatDuration(duration)} · {text.length.toLocaleString('en')} characters
        </span>
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
        <button type="button" class="ghost small" disabled={text === ''} onClick={() => copy(text, 'Answer')}>
          <Icon name="copy" /> Copy
        </button>
      </div>
      {text === '' && <p class="none">{call.method} was answered without a body.</p>}
      {json !== undefined && <Json value={body} label="Body of the answer" />}
      {json === undefined && text !== '' && <pre class="json">{text.slice(0, 100_000)}</pre>}
      <details class="more">
        <summary>Headers of the answer</summary>
        <dl class="fields mono">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
