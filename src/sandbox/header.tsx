import { BaseUrl } from './connect/base-url.tsx';
import { openConnect } from './connect/connect-sheet.tsx';
import { faultsOn } from './state/faults.ts';
import { clockChanges, connection, isSilent, status } from './state/live.ts';
import { tab } from './state/tab.ts';
import { useNow } from './time/clock.tsx';
import { ResetButton } from './time/reset.tsx';
import { Icon } from './ui/icon.tsx';
import { isDark, switchTheme } from './ui/theme.ts';
import { counted } from './words.ts';

const states = {
  connecting: ['Connecting', 'waiting'],
  live: ['Live', 'live'],
  lost: ['Reconnecting', 'lost'],
  full: ['Too many pages', 'waiting'],
  silent: ['Not responding', 'lost'],
} as const;

/** The bar at the top: base URL, connection, faults, clock, theme, secrets and reset. */
export function Header() {
  const [label, kind] = states[isSilent.value ? 'silent' : connection.value];
  return (
    <header class="head">
      <img class="mark" src="/__emulator/icon.svg" alt="" width={30} height={30} />
      <div class="titles">
        <h1>
          <span class="wide-words">Cloud Elements</span> <abbr title="Cloud Elements">CE</abbr> emulator
        </h1>
        <BaseUrl />
      </div>
      <span class={`chip connection ${kind}`} role="status">
        <span class="dot" />
        {label}
      </span>
      <span class="push" />
      <FaultChip />
      <ClockChip />
      <button
        type="button"
        class="ghost square theme"
        aria-label={isDark.value ? 'Switch to light' : 'Switch to dark'}
        onClick={switchTheme}
      >
        <Icon name={isDark.value ? 'sun' : 'moon'} />
      </button>
      <button type="button" class="icon-when-narrow" aria-label="Base URL and secrets" onClick={openConnect}>
        <Icon name="key" /> <span class="wide-words">Secrets</span>
      </button>
      <ResetButton />
    </header>
  );
}

function FaultChip() {
  const count = faultsOn.value.length;
  if (count === 0) return null;
  return (
    <button
      type="button"
      class="chip warning"
      aria-label={`${counted(count, 'fault')} on`}
      onClick={() => {
        tab.value = 'faults';
      }}
    >
      <Icon name="fault" /> {count} <span class="words">{count === 1 ? 'fault' : 'faults'} on</span>
    </button>
  );
}

function ClockChip() {
  const now = useNow();
  if (now === undefined) return null;
  const isRunning = status.value?.isRunning === true;
  return (
    <button
      // Another element, so that the animation begins again.
      key={clockChanges.value}
      type="button"
      class={`chip clock wide-only ${isRunning ? '' : 'standing'} ${clockChanges.value > 0 ? 'fresh' : ''}`}
      title={isRunning ? 'The emulator’s clock, running' : 'The emulator’s clock, stopped'}
      onClick={() => {
        tab.value = 'moments';
      }}
    >
      <Icon name="clock" />
      <span>{now.slice(0, 10)}</span> <span>{now.slice(11, 19)}</span> <span>UTC</span>
    </button>
  );
}
