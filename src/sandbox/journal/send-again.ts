import { effect, signal } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { base } from '../console/call.ts';
import { credentialsOf } from '../state/api.ts';
import { entries } from '../state/journal.ts';
import { attempt, say } from '../state/toasts.ts';
import { asCall } from './as-call.ts';
import { opened } from './filter.ts';

/** The id of the request whose sheet is to open as soon as the journal has it. */
const awaited = signal<string | undefined>(undefined);

effect(() => {
  const entry = entries.value?.find(({ request }) => request.id === awaited.value);
  if (entry === undefined) return;
  awaited.value = undefined;
  opened.value = entry;
});

/** The `Authorization` header of the caller of a request; `undefined` when the caller is unknown. */
export async function authorizationOf({ user }: RecordedRequest): Promise<string | undefined> {
  return user === undefined ? undefined : (await credentialsOf(String(user.id))).authorization;
}

/** Sends a request again as the same caller, and shows the new one. */
export async function sendAgain(request: RecordedRequest): Promise<void> {
  const call = asCall(request);
  if (call === undefined) return;
  await attempt(async () => {
    const authorization = await authorizationOf(request);
    const headers = { ...call.headers, ...(authorization === undefined ? {} : { Authorization: authorization }) };
    const { method, path, body } = call;
    const answer = await fetch(base + path, { method, headers, ...(body === undefined ? {} : { body }) }).catch(() => {
      throw new Error('Sent again: the connection was dropped.');
    });
    say(`Sent again: ${answer.status}.`);
    awaited.value = answer.headers.get('Elements-Request-Id') ?? undefined;
  });
}
