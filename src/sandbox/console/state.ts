import { computed, effect, signal, untracked } from '@preact/signals';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { credentialsOf } from '../state/api.ts';
import { operations } from '../state/operations.ts';
import { chosen, freshStarts, organizations } from '../state/records.ts';
import { sessionText } from '../state/session.ts';
import { tab } from '../state/tab.ts';
import { buildCall, type Values } from './call.ts';
import { extras, headerLines, wrongSecret } from './extras.ts';
import { hasCredentials, spoil } from './headers.ts';
import { nextExample } from './next-example.ts';
import type { Operation, Parameter } from './operations.ts';

/** The operation that the console shows. */
export const operationId = signal('getAccounts');
export const operation = computed(() => operations.value?.find(({ id }) => id === operationId.value));

/** The contents of the fields and of the body. */
export const values = signal<Values>({});
export const body = signal('');
/** What the console showed last, as JSON. */
const kept = sessionText('console');
/** The email or id of the caller, blank for a call without credentials; `undefined` until the user chooses one. */
const chosenCaller = signal<string | undefined>(undefined);
/** The caller: the administrator of the first organization, until the user chooses another. */
export const caller = computed(() => chosenCaller.value ?? organizations.value?.[0]?.administrator ?? '');

/** Whether the credentials are those of the caller: some operations need none, and a typed header replaces them. */
const isOwn = computed(() => operation.value?.isOpen !== true && !hasCredentials(extras.value.headers));

/** The request as it will be sent, without the credentials. */
export const call = computed(() => {
  const further = { headers: extras.value.headers, wrong: isOwn.value ? wrongSecret.value : ('' as const) };
  return operation.value && buildCall(operation.value, values.value, body.value, further);
});

/** Removes what was added by hand, for another request. */
function clearExtras(): void {
  headerLines.value = '';
  wrongSecret.value = '';
}

export function callAs(user: string): void {
  chosenCaller.value = user;
}

/**
 * Shows the console. Given an operation, it fills in the operation's example and, in the path, the ids of the
 * records chosen in the tree. Without one, as for a change of the caller, what was typed stays.
 */
export function openConsole(operation?: string): void {
  if (operation !== undefined) {
    operationId.value = operation;
    clearExtras();
    fillIn();
  }
  tab.value = 'console';
  // Wait until the sheet has closed: it returns the focus to the element that opened it.
  setTimeout(() => document.getElementById('operation')?.focus());
}

/** Shows the console with a recorded request filled in, and with its caller. */
export function openRequest(request: RecordedRequest): void {
  const picked = operations.value?.find(({ id }) => id === request.operationId);
  if (picked === undefined) return;
  operationId.value = picked.id;
  clearExtras();
  const segments = request.path.split('/');
  const paths = picked.path.split('/').flatMap((segment, index): [string, string][] => {
    const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
    return name === undefined ? [] : [[`path ${name}`, decoded(segments[index] ?? '')]];
  });
  const queries = Object.entries(request.query).map(([name, value]): [string, string] => [
    `query ${name}`,
    String([value].flat().at(-1)),
  ]);
  values.value = Object.fromEntries([...paths, ...queries]);
  body.value = request.body === undefined ? '' : JSON.stringify(request.body, null, 2);
  callAs(request.user?.email ?? '');
  openConsole();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function setValue({ in: place, name }: Parameter, value: string): void {
  values.value = { ...values.value, [`${place} ${name}`]: value };
}

/** Fills in the example of the operation, and the ids of the chosen records. */
export function fillIn(): void {
  const picked = operation.value;
  if (picked === undefined) return;
  body.value = picked.body ?? '';
  values.value = pathsOf(picked);
}

/** The bodies that the page has filled in, and that nobody has changed. */
const examples = new Set<string>();

/** Gives an example that nobody has changed other unique values. */
export function advanceExample(): void {
  if (body.value !== operation.value?.body && !examples.has(body.value)) return;
  body.value = nextExample(body.value);
  examples.add(body.value);
}

/** What was typed for other operations, by their ids; it is shown again when the user returns to one. */
const drafts = new Map<string, { readonly values: Values; readonly body: string }>();
let shown: Operation | undefined;
/** What a reload has kept, until its operation is shown. */
let restored: { readonly id: string; readonly values: Values; readonly body: string } | undefined;

/** Shows another operation: its path with the ids of the chosen records, all else as the user left it. */
function switchTo(picked: Operation): void {
  if (shown !== undefined) drafts.set(shown.id, { values: values.value, body: body.value });
  const draft = drafts.get(picked.id);
  shown = picked;
  const was = restored;
  restored = undefined;
  if (was?.id === picked.id) {
    body.value = was.body;
    values.value = was.values;
    return;
  }
  body.value = draft?.body ?? picked.body ?? '';
  values.value = { ...draft?.values, ...pathsOf(picked) };
}

function pathsOf({ parameters, path }: Operation): Values {
  const paths = parameters.filter((parameter) => parameter.in === 'path');
  return Object.fromEntries(
    paths.map(({ name, hint }): [string, string] => [`path ${name}`, exampleOf(name, path, hint)]),
  );
}

function exampleOf(name: string, path: string, hint: string): string {
  const { organization, account, user } = chosen.value;
  if (name === 'key') return (path.startsWith('/accounts') ? account?.roles[0] : user?.roles[0]) ?? hint;
  // The id and not the email: PATCH and DELETE take only ids.
  const isOfUser = name === 'emailOrId' || name === 'userId' || /^(?:\/organizations)?\/users\//.test(path);
  if (isOfUser) return String(user?.id ?? '');
  if (name === 'accountId') return String(account?.id ?? '');
  if (path.startsWith('/organizations/roles/')) return hint;
  if (path.startsWith('/organizations/')) return String(organization ?? '');
  return String(account?.id ?? user?.accountId ?? '');
}

/** What a reload keeps. */
interface Kept {
  readonly id: string;
  readonly values: Values;
  readonly body: string;
  readonly caller?: string;
  readonly headers?: string;
  readonly wrong?: typeof wrongSecret.value;
}

/** Shows what was kept; `false` when there is nothing. */
function restore(): boolean {
  if (kept.value === '') return false;
  const was: Kept = JSON.parse(kept.value);
  // Showing the operation fills in its example, now or when the operations are loaded: what was kept replaces that.
  restored = was;
  shown = undefined;
  operationId.value = was.id;
  values.value = was.values;
  body.value = was.body;
  chosenCaller.value = was.caller;
  headerLines.value = was.headers ?? '';
  wrongSecret.value = was.wrong ?? '';
  return true;
}

/** The user who sends the request; `undefined` for a request without credentials, or with a header of its own. */
export const sender = computed(() => (isOwn.value ? caller.value.trim() || undefined : undefined));

/** The `Authorization` header of the sender, fetched when it is needed. @throws {ApiError} when there is no such user. */
export async function authorization(): Promise<string | undefined> {
  const which = wrongSecret.value === '' ? undefined : wrongSecret.value;
  return sender.value === undefined ? undefined : spoil((await credentialsOf(sender.value)).authorization, which);
}

effect(() => {
  const picked = operation.value;
  if (picked !== undefined) untracked(() => switchTo(picked));
});
/** After a fresh start, ids that were filled in before no longer exist. */
effect(() => {
  if (freshStarts.value === 0) return;
  untracked(() => {
    drafts.clear();
    // A reload of the page comes back to what it showed.
    if (freshStarts.value === 1 && restore()) return;
    chosenCaller.value = undefined;
    fillIn();
  });
});
effect(() => {
  const shown = {
    ...{ id: operationId.value, values: values.value, body: body.value, caller: chosenCaller.value },
    // Typed credentials do not stay in the browser.
    ...{ headers: hasCredentials(extras.value.headers) ? '' : headerLines.value, wrong: wrongSecret.value },
  };
  if (freshStarts.value > 0) kept.value = JSON.stringify(shown);
});
