import { computed, signal } from '@preact/signals';
import type { Status, Topic } from '../../control/status.ts';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { overdue } from './api.ts';

/**
 * The state of the event stream; `full` when the emulator answers but takes no further listener, `silent` when the
 * connection is open and nothing comes, as while the emulator's process is stopped.
 */
export const connection = signal<'connecting' | 'live' | 'lost' | 'full' | 'silent'>('connecting');
/** Whether the emulator is there and does not answer. */
export const isSilent = computed(
  () => connection.value === 'silent' || (connection.value === 'live' && overdue.value > 0),
);
/** The emulator's status from the last event. */
export const status = signal<Status | undefined>(undefined);
/** When that event arrived, by `performance.now()`. */
export const statusAt = signal(0);

/** How often the clock has been set, moved or let run since the page was opened. */
export const clockChanges = signal(0);

type Listener = () => void;
const listeners = new Map<Topic | 'hello', Listener[]>();
const requestListeners: ((request: RecordedRequest) => void)[] = [];

const topics: readonly (Topic | 'hello')[] = [
  'hello',
  'reset',
  'state',
  'faults',
  'stubs',
  'clock',
  'snapshots',
  'interceptions',
  'journal',
];
/** How long to wait before connecting again, in milliseconds, where the browser does not reconnect by itself. */
const pause = 1000;
/** How long nothing may come before the emulator counts as silent, in milliseconds: it sends a beat every five seconds. */
const patience = 8000;

/** Calls `listener` at each of these events; `hello` comes with every connection, also after a restart. */
export function on(names: readonly (Topic | 'hello')[], listener: Listener): void {
  for (const name of names) listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Calls `listener` for every request when it arrives and when it is answered. */
export function onRequest(listener: (request: RecordedRequest) => void): void {
  requestListeners.push(listener);
}

/**
 * Listens to the emulator's events, and reconnects after a restart of the emulator. A hidden page does not
 * listen, because browsers open six connections to a host for all their pages together.
 */
export function connect(): void {
  let source = document.hidden ? undefined : listen();
  setInterval(() => {
    if (connection.value === 'live' && performance.now() - heardAt > patience) connection.value = 'silent';
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    source?.close();
    if (document.hidden) connection.value = 'connecting';
    source = document.hidden ? undefined : listen();
  });

  function listen(): EventSource {
    const opened = open();
    opened.addEventListener('error', async () => {
      // The browser reconnects by itself, except when the answer was not an event stream.
      if (opened.readyState !== EventSource.CLOSED) {
        connection.value = 'lost';
        return;
      }
      const isThere = await answers();
      if (source !== opened) return;
      connection.value = isThere ? 'full' : 'lost';
      setTimeout(() => {
        if (source === opened) source = listen();
      }, pause);
    });
    return opened;
  }
}

/** Whether the emulator answers, even if it takes no further listener. */
async function answers(): Promise<boolean> {
  return fetch('/__emulator/health').then(
    ({ ok }) => ok,
    () => false,
  );
}

/** When the last event came, by `performance.now()`. */
let heardAt = 0;

function heard(): void {
  heardAt = performance.now();
  if (connection.value === 'silent') connection.value = 'live';
}

function open(): EventSource {
  const source = new EventSource('/__emulator/events');
  for (const name of [...topics, 'request', 'beat']) source.addEventListener(name, heard);
  for (const topic of topics) {
    source.addEventListener(topic, ({ data }) => {
      status.value = JSON.parse(data);
      statusAt.value = performance.now();
      if (topic === 'hello') connection.value = 'live';
      if (topic === 'clock') clockChanges.value += 1;
      for (const listener of listeners.get(topic) ?? []) listener();
    });
  }
  source.addEventListener('request', ({ data }) => {
    const request: RecordedRequest = JSON.parse(data);
    for (const listener of requestListeners) listener(request);
  });
  return source;
}
