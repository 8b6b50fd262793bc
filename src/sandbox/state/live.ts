import { signal } from '@preact/signals';
import type { Status, Topic } from '../../control/status.ts';
import type { RecordedRequest } from '../../journal/recorded-request.ts';

/** Whether the emulator tells what happens; `full` when it is there but has no place for one more who listens. */
export const connection = signal<'connecting' | 'live' | 'lost' | 'full'>('connecting');
/** The emulator at a glance, as it last said. */
export const status = signal<Status | undefined>(undefined);
/** When that was, by the browser's own steady clock. */
export const statusAt = signal(0);

type Listener = () => void;
const listeners = new Map<Topic | 'hello', Listener[]>();
const requestListeners: ((request: RecordedRequest) => void)[] = [];

const topics: readonly (Topic | 'hello')[] = ['hello', 'reset', 'state', 'faults', 'clock', 'snapshots', 'journal'];
/** How long to wait before another try, in milliseconds, where the browser does not try by itself. */
const pause = 1000;

/** Runs `listener` whenever one of these has changed; `hello` is every connection, after a restart too. */
export function on(names: readonly (Topic | 'hello')[], listener: Listener): void {
  for (const name of names) listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Runs `listener` for every request as it comes, and as it is answered. */
export function onRequest(listener: (request: RecordedRequest) => void): void {
  requestListeners.push(listener);
}

/**
 * Listens to the emulator, for good: it comes back when the emulator does. A page that nobody sees
 * does not: browsers have six connections for all pages of a host together.
 */
export function connect(): void {
  let source = document.hidden ? undefined : listen();
  document.addEventListener('visibilitychange', () => {
    source?.close();
    if (document.hidden) connection.value = 'connecting';
    source = document.hidden ? undefined : listen();
  });

  function listen(): EventSource {
    const opened = open();
    opened.addEventListener('error', async () => {
      // The browser itself tries again, but for an answer that is no stream.
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

/** Whether there is an emulator, be it one that lets nobody listen any more. */
async function answers(): Promise<boolean> {
  return fetch('/__emulator/health').then(
    ({ ok }) => ok,
    () => false,
  );
}

function open(): EventSource {
  const source = new EventSource('/__emulator/events');
  for (const topic of topics) {
    source.addEventListener(topic, ({ data }) => {
      status.value = JSON.parse(data);
      statusAt.value = performance.now();
      if (topic === 'hello') connection.value = 'live';
      for (const listener of listeners.get(topic) ?? []) listener();
    });
  }
  source.addEventListener('request', ({ data }) => {
    const request: RecordedRequest = JSON.parse(data);
    for (const listener of requestListeners) listener(request);
  });
  return source;
}
