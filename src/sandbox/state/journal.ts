import { signal } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { get } from './api.ts';
import { on, onRequest, status } from './live.ts';
import { refresher } from './refresh.ts';

/** A request with a number of the page's own: request ids can repeat after a restore. */
export interface Entry {
  readonly number: number;
  readonly request: RecordedRequest;
}

/** The requests, the newest first; `undefined` until they are loaded. */
export const entries = signal<readonly Entry[] | undefined>(undefined);

/** The emulator's default `journalLimit`: after a reload, older requests would be gone anyway. */
const maxEntries = 1000;
let number = 0;
let waiting: RecordedRequest[] = [];
let isLoading = false;
/** Whether the journal has been emptied since the request for it went out. */
let isOutdated = false;

function numbered(request: RecordedRequest): Entry {
  number += 1;
  return { number, request };
}

export function watchJournal(): void {
  const refresh = refresher(async () => {
    isLoading = true;
    isOutdated = false;
    try {
      const all = await get<readonly RecordedRequest[]>('/requests');
      if (isOutdated) return;
      waiting = waiting.filter(({ id }) => !all.some((known) => known.id === id && known.duration !== undefined));
      entries.value = all.slice(-maxEntries).map(numbered).reverse();
    } finally {
      isLoading = false;
      showWaiting();
    }
  });
  on(['hello'], refresh);
  on(['journal', 'reset'], () => {
    // These belong to the journal that has been emptied.
    waiting = [];
    isOutdated = true;
    if (status.value?.requests === 0) entries.value = [];
    else refresh();
  });
  onRequest((request) => {
    if (waiting.length === 0) setTimeout(showWaiting, 30);
    waiting.push(request);
  });
}

/** Tells answered requests apart, also those of one id: no two take exactly the same time. */
function markOf({ id, duration }: RecordedRequest): string {
  return `${id} ${duration}`;
}

/** Shows the waiting requests together. A list that is being loaded would replace them, so they wait for it. */
function showWaiting(): void {
  if (isLoading || waiting.length === 0) return;
  const all = [...(entries.value ?? [])].reverse();
  // Requests without an answer: an event with the same id brings the answer.
  const open = new Map<string, number>();
  for (const [at, { request }] of all.entries()) if (request.duration === undefined) open.set(request.id, at);
  const known = new Set(all.map(({ request }) => markOf(request)));
  for (const request of waiting) {
    // The event of a request can come after the list that has it.
    if (request.duration !== undefined && known.has(markOf(request))) continue;
    const at = open.get(request.id);
    const before = at === undefined ? undefined : all[at];
    if (at === undefined || before === undefined) {
      if (request.duration === undefined) open.set(request.id, all.length);
      all.push(numbered(request));
    } else {
      if (request.duration !== undefined) open.delete(request.id);
      all[at] = { ...before, request };
    }
  }
  waiting = [];
  entries.value = all.slice(-maxEntries).reverse();
}
