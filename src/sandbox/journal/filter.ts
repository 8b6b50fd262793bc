import { computed, signal } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { type Entry, entries } from '../state/journal.ts';
import { sessionText } from '../state/session.ts';
import { failureOf } from './format.ts';

/** The typed words, all of which a request must contain. */
export const text = sessionText('journal filter');
export const failedOnly = sessionText('journal failed');

/** The parts of a request that can be chosen from a list. */
export const choices = ['status', 'method', 'operation', 'caller'] as const;
export type Choice = (typeof choices)[number];
/** What is chosen; blank for any. */
export const chosen: Readonly<Record<Choice, ReturnType<typeof sessionText>>> = {
  status: sessionText('journal status'),
  method: sessionText('journal method'),
  operation: sessionText('journal operation'),
  caller: sessionText('journal caller'),
};

/** The request whose sheet is open. */
export const opened = signal<Entry | undefined>(undefined);

/** Stands for requests without a known caller, and without an operation. */
export const none = 'none';

/** A part of a request as it is shown in the list of its choices. */
export function partOf({ status, method, operationId, user, duration }: RecordedRequest, choice: Choice): string {
  if (choice === 'status') return String(status ?? (duration === undefined ? 'waiting' : 'dropped'));
  if (choice === 'method') return method;
  return (choice === 'operation' ? operationId : user?.email) ?? none;
}

/** Whether a request has an error status, or ended without an answer. */
export function isFailed({ status, duration }: RecordedRequest): boolean {
  return status === undefined ? duration !== undefined : status >= 400;
}

/** The searched text of each request, which never changes; computed when it is first searched. */
const texts = new WeakMap<RecordedRequest, string>();

function textOf(request: RecordedRequest): string {
  const known = texts.get(request);
  if (known !== undefined) return known;
  const { method, path, query, body, status, user, operationId, reason, fault } = request;
  const failure = failureOf(request);
  const parts = [
    ...[method, path, status, user?.email, user?.id, operationId, reason, failure],
    ...(fault === undefined ? [] : [`fault ${fault}`]),
    ...Object.entries(query).map(([name, value]) => `${name}=${value}`),
    ...(body === undefined ? [] : [JSON.stringify(body)]),
  ];
  const made = parts.join(' ').toLowerCase();
  texts.set(request, made);
  return made;
}

/** Whether a text has a word: anywhere, but a number only as a whole, so that 409 does not find /accounts/4099. */
function has(searched: string, word: string): boolean {
  if (!/^\d+$/.test(word)) return searched.includes(word);
  return new RegExp(`(?<!\\d)${word}(?!\\d)`).test(searched);
}

/** The requests that the filters let through, the newest first. */
export const matching = computed((): readonly Entry[] => {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = entries.value ?? [];
  const isFailedOnly = failedOnly.value !== '';
  const wanted = choices.filter((choice) => chosen[choice].value !== '');
  if (words.length === 0 && !isFailedOnly && wanted.length === 0) return all;
  return all.filter(({ request }) => {
    if (isFailedOnly && !isFailed(request)) return false;
    if (wanted.some((choice) => partOf(request, choice) !== chosen[choice].value)) return false;
    return words.length === 0 || words.every((word) => has(textOf(request), word));
  });
});

/** The open request as the journal has it now: its answer may have come since. */
export const current = computed(() => {
  const entry = opened.value;
  return entry && (entries.value?.find(({ number }) => number === entry.number) ?? entry);
});
