import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { entries } from '../state/journal.ts';
import type { Call } from './call.ts';

/** A sent request, by which the journal's entries of it are found: a browser may have sent it more than once. */
export interface Sending {
  readonly call: Call;
  /** The user who sent it; `undefined` without credentials. */
  readonly sender: string | undefined;
  /** The number of the newest entry before it. */
  readonly since: number;
}

/** What is to be sent now. */
export function sendingOf(call: Call, sender: string | undefined): Sending {
  return { call, sender, since: entries.value?.[0]?.number ?? 0 };
}

/** The journal's entries of a request whose connection a fault dropped, the oldest first. */
export function droppedOf({ call, sender, since }: Sending): readonly RecordedRequest[] {
  const [path] = call.path.split('?');
  const isOfSender = ({ user }: RecordedRequest) =>
    user === undefined || [user.email.toLowerCase(), String(user.id)].includes(sender?.toLowerCase() ?? '');
  const all = entries.value?.filter(({ number }) => number > since).map(({ request }) => request) ?? [];
  return all
    .filter((request) => request.method === call.method && request.path === path && isOfSender(request))
    .filter(({ fault, status, duration }) => fault !== undefined && status === undefined && duration !== undefined)
    .reverse();
}

/** Says which fault dropped a request that got no response, once the journal has it. */
export function describeDropped([first, ...others]: readonly RecordedRequest[]): string {
  if (first === undefined) return 'No response: a fault dropped the connection, or the emulator has stopped.';
  const again = others.at(-1);
  return again === undefined
    ? `No response: fault ${first.fault} dropped the connection.`
    : `No response: fault ${first.fault} dropped the connection. The browser repeated this request, and fault ${again.fault} dropped it again.`;
}

/** Says that the answer is to a repetition by the browser; `undefined` when nothing was dropped. */
export function describeRepeated([first]: readonly RecordedRequest[]): string | undefined {
  return first && `The browser repeated this request: fault ${first.fault} dropped the first.`;
}
