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

function numbered(request: RecordedRequest): Entry {
  number += 1;
  return { number, request };
}

export function watchJournal(): void {
  const refresh = refresher(async () => {
    const all = await get<readonly RecordedRequest[]>('/requests');
    waiting = waiting.filter(({ id }) => !all.some((known) => known.id === id && known.duration !== undefined));
    entries.value = all.slice(-maxEntries).map(numbered).reverse();
  });
  on(['hello'], refresh);
  on(['journal', 'reset'], () => {
    if (status.value?.requests === 0) entries.value = [];
    else refresh();
  });
  onRequest((request) => {
    if (waiting.length === 0) setTimeout(takeIn, 30);
    waiting.push(request);
  });
}

/** Many come at once: they are shown together. */
function takeIn(): void {
  const known = [...(entries.value ?? [])];
  const added: Entry[] = [];
  for (const request of waiting) {
    const own = added.findLastIndex((entry) => isSame(entry, request));
    const old = own >= 0 ? -1 : known.findIndex((entry) => isSame(entry, request));
    const before = added[own] ?? known[old];
    if (before === undefined) added.push(numbered(request));
    else if (own >= 0) added[own] = { ...before, request };
    else known[old] = { ...before, request };
  }
  waiting = [];
  entries.value = [...added.reverse(), ...known].slice(0, maxEntries);
}

/** Whether a request is one that is known, and had no answer yet. */
function isSame(entry: Entry, request: RecordedRequest): boolean {
  return entry.request.id === request.id && entry.request.duration === undefined;
}
