import { computed, effect, signal } from '@preact/signals';
import { get, query } from '../state/api.ts';
import { revision } from '../state/records.ts';
import { hasCredentials } from './headers.ts';
import { send } from './send.ts';
import { call, callAs, operation, sender } from './state.ts';

/** What GET /__emulator/callers answers. */
interface Advice {
  readonly mayCall: boolean;
  readonly reason?: string;
  readonly nearest?: string;
}

/** How long to wait after the last change before asking, in milliseconds. */
const rest = 150;
/** The question for what the console shows now; `undefined` for an operation that everybody may call. */
const question = computed(() => {
  const [picked, built, user] = [operation.value, call.value, sender.value];
  if (picked === undefined || built === undefined || picked.isOpen) return undefined;
  // These are refused whoever calls.
  if (built.wrong !== undefined || hasCredentials(built.headers)) return undefined;
  return query({ operationId: picked.id, path: built.path.split('?')[0], user });
});
/** The last answer, with its question. */
const answer = signal<{ readonly of: string; readonly advice: Advice | undefined } | undefined>(undefined);

effect(() => {
  const of = question.value;
  revision.value;
  if (of === undefined) return undefined;
  let isCurrent = true;
  const timer = setTimeout(async () => {
    // Without an answer the console merely offers nobody.
    const advice = await get<Advice>(`/callers${of}`).catch(() => undefined);
    if (isCurrent) answer.value = { of, advice };
  }, rest);
  return () => {
    isCurrent = false;
    clearTimeout(timer);
  };
});

/** Offers the nearest caller who may, when the present one may not. */
export function BetterCaller() {
  const { nearest, reason } = (answer.value?.of === question.value && answer.value?.advice) || {};
  if (reason === undefined) return null;
  return (
    <>
      {nearest !== undefined && (
        <button
          type="button"
          onClick={() => {
            callAs(nearest);
            void send();
          }}
        >
          Send as {nearest}
        </button>
      )}
      <span class="field-note" role="status">
        {sender.value ?? 'Nobody'} may not call this: {reason.replace(/\.$/, '')}.
      </span>
    </>
  );
}
