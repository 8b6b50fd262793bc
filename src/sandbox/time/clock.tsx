import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { control } from '../state/api.ts';
import { connection, status, statusAt } from '../state/live.ts';
import { attempt, say } from '../state/toasts.ts';

const setClock = (change: object) => attempt(() => control('PUT', '/clock', change));

const hour = 3_600_000;
const steps: readonly (readonly [label: string, milliseconds: number])[] = [
  ['1 hour', hour],
  ['1 day', 24 * hour],
  ['7 days', 7 * 24 * hour],
  ['30 days', 30 * 24 * hour],
];

/** The first and the last instant that both a date field and the emulator accept. */
const first = '0001-01-01T00:00:00';
const last = '9999-12-31T23:59:59';

/** When the emulator was last known to be there, by `performance.now()`: a lost one shows the time of then. */
let thereAt = 0;

/** The emulator's present time, updated every second while its clock runs. */
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
  if (isRunning) thereAt = performance.now();
  const ahead = status.value.isRunning ? Math.max(thereAt - statusAt.value, 0) : 0;
  return new Date(Date.parse(status.value.now) + ahead).toISOString();
}

/** Shows the clock, stops it, moves it, lets it run. */
export function Clock() {
  const now = useNow();
  const isRunning = status.value?.isRunning === true;
  const field = useRef<HTMLInputElement>(null);
  const isTyped = useRef(false);
  // The field follows the clock until somebody types in it, so as not to overwrite what they type.
  useLayoutEffect(() => {
    const input = field.current;
    if (input !== null && now !== undefined && !isTyped.current && input !== document.activeElement) {
      input.value = now.slice(0, 19);
    }
  }, [now]);
  const change = async (to: object) => {
    const wasTyped = isTyped.current;
    // The event of the change may arrive before the answer does.
    isTyped.current = false;
    const isSet = (await setClock(to)) !== undefined;
    if (!isSet) isTyped.current ||= wasTyped;
    return isSet;
  };
  const moveOn = (milliseconds: number) => {
    if (now !== undefined && Date.parse(now) + milliseconds > Date.parse(`${last}Z`)) {
      say('The clock cannot be moved past the year 9999.');
    } else void change({ advance: { milliseconds } });
  };
  const toRealTime = async () => {
    const before = now?.slice(0, 19).replace('T', ' ');
    if (!(await change({ now: null }))) return;
    say(`Back to real time: the clock showed ${before} UTC, and now shows this machine’s time.`);
  };
  return (
    <section class="block" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <p class="clock-face">
        <time>{now === undefined ? '…' : now.slice(0, 19).replace('T', ' ')}</time>
        <span class={`role ${isRunning ? 'running' : 'standing'}`}>{isRunning ? 'running' : 'stopped'}</span>
        <span class="detail">UTC · the emulator’s clock, not this machine’s clock</span>
      </p>
      <fieldset class="actions" aria-label="Move the clock forward">
        <span class="lead">Forward by</span>
        {steps.map(([label, milliseconds]) => (
          <button key={label} type="button" onClick={() => moveOn(milliseconds)}>
            {label}
          </button>
        ))}
      </fieldset>
      <form
        class="line-form stop-form"
        onSubmit={(event) => {
          event.preventDefault();
          void change({ now: `${field.current?.value}Z` });
        }}
      >
        <div class="field grow">
          <label for="clock-instant">Stop at (UTC)</label>
          <input
            id="clock-instant"
            type="datetime-local"
            step={1}
            required
            ref={field}
            min={first}
            max={last}
            onInput={() => {
              isTyped.current = true;
            }}
          />
        </div>
        <button type="submit">Stop the clock</button>
      </form>
      <p class="real-time">
        <button type="button" onClick={toRealTime}>
          Back to real time
        </button>
        <span class="field-note quiet">Makes the clock run with this machine’s time.</span>
      </p>
    </section>
  );
}
