import { signal } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { get } from './api.ts';
import { on, onRequest, status } from './live.ts';
import { refresher } from './refresh.ts';

/** A request with its number in this page: ids can come again, after a restore. */
export interface Entry {
  readonly number: number;
  readonly request: RecordedRequest;
}

/** What was asked, the newest first; `undefined` until it is known. */
export const entries = signal<readonly Entry[] | undefined>(undefined);

/** As many as the journal keeps by default: more would not be there after a reload either. */
const maxEntries = 1000;
let number = 0;
let waiting: RecordedRequest[] = [];
let isAsking = false;
/** Whether what is asked for is of a journal that has been emptied since. */
let isOutdated = false;

function numbered(request: RecordedRequest): Entry {
  number += 1;
  return { number, request };
}

export function watchJournal(): void {
  const refresh = refresher(async () => {
    isAsking = true;
    isOutdated = false;
    try {
      const all = await get<readonly RecordedRequest[]>('/requests');
      if (isOutdated) return;
      waiting = waiting.filter(({ id }) => !all.some((known) => known.id === id && known.duration !== undefined));
      entries.value = all.slice(-maxEntries).map(numbered).reverse();
    } finally {
      isAsking = false;
      takeIn();
    }
  });
  on(['hello'], refresh);
  on(['journal', 'reset'], () => {
    // They are of the journal that has been emptied.
    waiting = [];
    isOutdated = true;
    if (status.value?.requests === 0) entries.value = [];
    else refresh();
  });
  onRequest((request) => {
    if (waiting.length === 0) setTimeout(takeIn, 30);
    waiting.push(request);
  });
}

/** Many come at once: they are shown together. What is asked for would replace them: they come after it. */
function takeIn(): void {
  if (isAsking || waiting.length === 0) return;
  const all = [...(entries.value ?? [])].reverse();
  // Those that had no answer yet: what comes of them again is their answer.
  const open = new Map<string, number>();
  for (const [at, { request }] of all.entries()) if (request.duration === undefined) open.set(request.id, at);
  for (const request of waiting) {
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
