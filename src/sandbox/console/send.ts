import { signal } from '@preact/signals';
import { attempt, say } from '../state/toasts.ts';
import { copy } from '../ui/copy.ts';
import type { Call } from './call.ts';
import { asCurl, asTest } from './code.ts';
import { authorization, call, caller, operation } from './state.ts';

/** Where the platform's paths begin. */
export const base = '/elements/api-v2';

/** What came back, and of which request. */
export type Outcome =
  | { readonly kind: 'waiting'; readonly cancel: () => void }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'answered';
      readonly call: Call;
      readonly status: number;
      readonly duration: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly text: string;
      /** The body; `undefined` when it is no JSON. */
      readonly json: unknown;
    };

export const outcome = signal<Outcome | undefined>(undefined);

/** Sends what stands in the console. */
export async function send(): Promise<void> {
  const sent = call.value;
  if (sent === undefined || outcome.value?.kind === 'waiting') return;
  const abort = new AbortController();
  outcome.value = { kind: 'waiting', cancel: () => abort.abort() };
  try {
    outcome.value = await ask(sent, await authorization(), abort.signal);
  } catch (error) {
    outcome.value = { kind: 'failed', message: describe(error, abort.signal) };
  }
}

async function ask(sent: Call, authorization: string | undefined, signal: AbortSignal): Promise<Outcome> {
  const { method, path, body, headers } = sent;
  const all = { ...headers, ...(authorization === undefined ? {} : { Authorization: authorization }) };
  const started = performance.now();
  const response = await fetch(base + path, { method, headers: all, signal, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const duration = performance.now() - started;
  return {
    kind: 'answered',
    call: sent,
    status: response.status,
    duration,
    headers: [...response.headers].map(([name, value]) => [name, value] as const),
    text,
    json: parse(text),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'You did not wait for the answer.';
  if (error instanceof TypeError) {
    return 'No answer came: the connection was dropped, as a fault can do it, or the emulator has gone.';
  }
  return error instanceof Error ? error.message : String(error);
}

/** With the caller's own secrets, so that it runs as it is. */
export async function copyCurl(): Promise<void> {
  const sent = call.value;
  if (sent === undefined) return;
  await attempt(async () =>
    copy(asCurl(location.origin + base, sent, await authorization()), 'curl command, with the secrets,'),
  );
}

/** With what was answered, when this very request has been. */
export async function copyTest(): Promise<void> {
  const sent = call.value;
  if (sent === undefined) return say('There is nothing to copy yet.');
  const last = outcome.value;
  const isSame = last?.kind === 'answered' && JSON.stringify(last.call) === JSON.stringify(sent);
  const who = operation.value?.isOpen === true ? '' : caller.value.trim();
  const answer = isSame ? { status: last.status, body: last.json } : undefined;
  await copy(asTest(sent, who === '' ? undefined : who, answer), 'Test');
}
