import { ConnectSheet } from './connect/connect-sheet.tsx';
import { Console } from './console/console.tsx';
import { OperationList } from './console/operation-list.tsx';
import { openConsole } from './console/state.ts';
import { FaultsPanel } from './faults/faults.tsx';
import { Header } from './header.tsx';
import { EntrySheet } from './journal/entry-sheet.tsx';
import { Journal } from './journal/journal.tsx';
import { Details } from './people/details.tsx';
import { People } from './people/people.tsx';
import { faultsOn } from './state/faults.ts';
import { connection, isSilent } from './state/live.ts';
import { tab } from './state/tab.ts';
import { TimePanel } from './time/time.tsx';
import { layout } from './ui/media.ts';
import { Question } from './ui/question.tsx';
import { sheets } from './ui/sheet.tsx';
import { type Tab, Tabs } from './ui/tabs.tsx';
import { ToastPlace } from './ui/toast-place.tsx';

/** The page: people on the left, the tools in the middle, the journal on the right. */
export function App() {
  const columns = layout.value;
  return (
    <>
      <button type="button" class="skip" onClick={() => openConsole()}>
        Skip to the console
      </button>
      <Header />
      <Lost />
      <main id="main" class={`columns ${columns}`} tabIndex={-1}>
        {columns !== 'narrow' && (
          <section class="side" aria-labelledby="people-title">
            <h2 id="people-title">Accounts & users</h2>
            <People />
          </section>
        )}
        <Tabs
          label="Tools"
          tabs={tabs().filter(({ id }) => isTab(id, columns))}
          selected={tab.value}
          onSelect={(id) => {
            tab.value = id;
          }}
        />
        {columns === 'wide' && (
          <section class="side" aria-labelledby="journal-title">
            <h2 id="journal-title">Journal</h2>
            <Journal />
          </section>
        )}
      </main>
      <Details />
      <EntrySheet />
      <ConnectSheet />
      <OperationList />
      <Question />
      <ToastPlace isCovered={sheets.value > 0} />
    </>
  );
}

function tabs(): Tab[] {
  return [
    { id: 'people', label: 'Accounts', more: ' & users', icon: 'people', panel: () => <People /> },
    { id: 'console', label: 'Console', icon: 'console', panel: () => <Console /> },
    { id: 'journal', label: 'Journal', icon: 'journal', panel: () => <Journal /> },
    { id: 'faults', label: 'Faults', icon: 'fault', count: faultsOn.value.length, panel: () => <FaultsPanel /> },
    { id: 'moments', label: 'Clock', more: ' & snapshots', icon: 'clock', panel: () => <TimePanel /> },
  ];
}

/** Whether a panel is a tab: it is not one when it has its own column. */
function isTab(id: string, columns: string): boolean {
  if (id === 'people') return columns === 'narrow';
  return id !== 'journal' || columns !== 'wide';
}

function Lost() {
  if (connection.value === 'full') {
    return (
      <p class="lost" role="alert">
        <strong>Too many pages are open.</strong> The emulator sends events to 50 pages at most: close another page, and
        this one continues.
      </p>
    );
  }
  if (isSilent.value) {
    return (
      <p class="lost" role="alert">
        <strong>The emulator does not respond.</strong> Its process is busy or paused, for example at a breakpoint in
        the suite that hosts it. This page continues when it responds.
      </p>
    );
  }
  if (connection.value !== 'lost') return null;
  return (
    <p class="lost" role="alert">
      <strong>The emulator cannot be reached.</strong> This page tries again every second, and continues when it is
      back.
    </p>
  );
}
