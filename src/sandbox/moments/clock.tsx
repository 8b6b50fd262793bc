import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../state/api.ts';
import { connection, status, statusAt } from '../state/live.ts';
import { attempt } from '../state/toasts.ts';

const setClock = (change: object) => attempt(() => control('PUT', '/clock', change));

const steps: readonly (readonly [label: string, advance: object])[] = [
  ['1 hour', { hours: 1 }],
  ['1 day', { days: 1 }],
  ['7 days', { days: 7 }],
  ['30 days', { days: 30 }],
];

/** The emulator's time as it is by now, each second anew while it runs. */
export function useNow(): string | undefined {
  const beat = useSignal(0);
  const isRunning = status.value?.isRunning === true && connection.value === 'live';
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => {
      beat.value += 1;
    }, 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  beat.value;
  if (status.value === undefined) return undefined;
  const ahead = isRunning ? performance.now() - statusAt.value : 0;
  return new Date(Date.parse(status.value.now) + ahead).toISOString();
}

/** Shows the clock, stops it, moves it, lets it run. */
export function Clock() {
  const now = useNow();
  const isRunning = status.value?.isRunning === true;
  const typed = useSignal('');
  return (
    <section class="block" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <p class="clock-face">
        <time>{now === undefined ? '…' : now.slice(0, 19).replace('T', ' ')}</time>
        <span class={`role ${isRunning ? 'running' : 'standing'}`}>{isRunning ? 'running' : 'standing'}</span>
        <span class="detail">UTC</span>
      </p>
      <fieldset class="actions" aria-label="Move the clock on">
        <span class="lead">Move on by</span>
        {steps.map(([label, advance]) => (
          <button key={label} type="button" onClick={() => setClock({ advance })}>
            {label}
          </button>
        ))}
      </fieldset>
      <form
        class="line-form"
        onSubmit={(event) => {
          event.preventDefault();
          void setClock({ now: `${typed.value}Z` });
        }}
      >
        <div class="field grow">
          <label for="clock-instant">Stop it at (UTC)</label>
          <input
            id="clock-instant"
            type="datetime-local"
            step={1}
            required
            value={typed.value || now?.slice(0, 19)}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
            }}
          />
        </div>
        <button type="submit">Stop there</button>
        <button type="button" onClick={() => setClock({ now: null })}>
          Let it run
        </button>
      </form>
    </section>
  );
}
