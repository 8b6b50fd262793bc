import { computed, effect, signal } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { reveal, targetOf } from '../people/reveal.ts';
import { entries } from '../state/journal.ts';
import { on } from '../state/live.ts';
import { freshStarts } from '../state/records.ts';
import { attempt } from '../state/toasts.ts';
import { copy } from '../ui/copy.ts';
import { base, type Call } from './call.ts';
import { asCurl } from './code.ts';
import { type Sending, sendingOf } from './dropped.ts';
import { type Excerpt, excerptFor } from './excerpt.ts';
import { extras } from './extras.ts';
import { advanceExample, authorization, call, sender } from './state.ts';

/** What became of the last request. */
export type Outcome =
  | { readonly kind: 'waiting'; readonly cancel: () => void }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** The request, when its connection ended without a response. */
      readonly unanswered?: Sending | undefined;
    }
  | {
      readonly kind: 'answered';
      readonly call: Call;
      readonly sending: Sending;
      /** The records that the request depended on, as they were before it. */
      readonly before: Promise<Excerpt | undefined>;
      /** The user who sent it; `undefined` without credentials. */
      readonly sender: string | undefined;
      readonly status: number;
      readonly duration: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly text: string;
      /** The parsed body; `undefined` when it is not JSON. */
      readonly json: unknown;
    };

export const outcome = signal<Outcome | undefined>(undefined);

/** The last answer, if it is to the request and the sender that the console shows now. */
export const answered = computed(() => {
  const last = outcome.value;
  if (last?.kind !== 'answered' || last.sender !== sender.value) return undefined;
  return JSON.stringify(last.call) === JSON.stringify(call.value) ? last : undefined;
});

/** The requests that have made a record: the same example again would be a 409. */
const made = new Set<string>();

/** Sends the request that the console shows. An example that has made a record gets other unique values. */
export async function send(): Promise<void> {
  if (made.has(JSON.stringify(call.value))) advanceExample();
  const sent = call.value;
  if (sent === undefined || extras.value.issue !== undefined || outcome.value?.kind === 'waiting') return;
  const abort = new AbortController();
  outcome.value = { kind: 'waiting', cancel: () => abort.abort() };
  const user = sender.value;
  const sending = sendingOf(sent, user);
  try {
    const before = excerptFor(sent, user);
    const asked = Promise.all([authorization(), before]).then(([header]) =>
      ask({ sending, before, header, signal: abort.signal }),
    );
    // Also while the secrets are awaited, which an emulator that is stopped does not give.
    const answer = await Promise.race([asked, aborted(abort.signal)]);
    outcome.value = answer;
    if (sent.method === 'POST' && answer.status < 300) made.add(JSON.stringify(sent));
    const target = answer.status < 300 ? targetOf(sent, answer.json) : undefined;
    if (target !== undefined) void attempt(() => reveal(target));
  } catch (error) {
    const isCut = error instanceof TypeError && !abort.signal.aborted;
    outcome.value = {
      ...{ kind: 'failed', message: describe(error, abort.signal) },
      unanswered: isCut ? sending : undefined,
    };
  }
}

interface Asked {
  readonly sending: Sending;
  readonly before: Answered['before'];
  readonly header: string | undefined;
  readonly signal: AbortSignal;
}

async function ask({ sending, before, header, signal }: Asked): Promise<Answered> {
  const { call: sent, sender: user } = sending;
  const { method, path, body, headers } = sent;
  const all = { ...headers, ...(header === undefined ? {} : { Authorization: header }) };
  const started = performance.now();
  const response = await fetch(base + path, { method, headers: all, signal, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const duration = performance.now() - started;
  return {
    kind: 'answered',
    call: sent,
    sending,
    before,
    sender: user,
    status: response.status,
    duration,
    headers: [...response.headers].map(([name, value]) => [name, value] as const),
    text,
    json: parse(text),
  };
}

/** Fails when the user ends the waiting. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'You canceled the request. The emulator may have carried it out.';
  return error instanceof Error ? error.message : String(error);
}

/** Copies the request as a curl command with the caller's real secrets, so that it runs as it is. */
export async function copyCurl(): Promise<void> {
  const sent = call.value;
  if (sent === undefined) return;
  await attempt(async () =>
    copy(asCurl(location.origin + base, sent, await authorization()), 'curl command, with the secrets,'),
  );
}

export type Answered = Extract<Outcome, { kind: 'answered' }>;

/** The journal's entry of an answer; `undefined` before it arrives and after it has been removed. */
export function entryOf({ headers }: Answered): RecordedRequest | undefined {
  const id = headers.find(([name]) => name === 'elements-request-id')?.[1];
  return entries.value?.find(({ request }) => request.id === id)?.request;
}

/** After a reset, the examples make their records as at first. */
on(['reset'], () => made.clear());

/** After a fresh start, an earlier failure to send no longer matters. */
effect(() => {
  if (freshStarts.value > 0 && outcome.peek()?.kind === 'failed') outcome.value = undefined;
});
