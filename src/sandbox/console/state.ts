import { computed, effect, signal, untracked } from '@preact/signals';
import { credentialsOf } from '../state/api.ts';
import { operations } from '../state/operations.ts';
import { beginnings, chosen, organizations } from '../state/records.ts';
import { tab } from '../state/tab.ts';
import { buildCall, type Values } from './call.ts';
import type { Operation, Parameter } from './operations.ts';

/** The operation that is to be called. */
export const operationId = signal('getAccounts');
export const operation = computed(() => operations.value?.find(({ id }) => id === operationId.value));

/** What stands in the fields, and in the body. */
export const values = signal<Values>({});
export const body = signal('');
/** The email or id of who calls, blank for nobody; `undefined` while nobody was chosen. */
const chosenCaller = signal<string | undefined>(undefined);
/** Who calls: the administrator of the first organisation until somebody else is chosen. */
export const caller = computed(() => chosenCaller.value ?? organizations.value?.[0]?.administrator ?? '');

/** What is to be sent, but for the credentials. */
export const call = computed(() => operation.value && buildCall(operation.value, values.value, body.value));

export function callAs(user: string): void {
  chosenCaller.value = user;
}

/**
 * Shows the console. With an operation it is filled in anew, its paths with what was chosen in the
 * tree; without one, as when somebody else is to call, what was typed stays.
 */
export function openConsole(operation?: string): void {
  if (operation !== undefined) {
    operationId.value = operation;
    fillIn();
  }
  tab.value = 'console';
  // After the sheet has closed, which gives the focus back to what opened it.
  setTimeout(() => document.getElementById('operation')?.focus());
}

export function setValue({ in: place, name }: Parameter, value: string): void {
  values.value = { ...values.value, [`${place} ${name}`]: value };
}

/** Fills in the example of the operation, and the ids of what was chosen. */
export function fillIn(): void {
  const picked = operation.value;
  if (picked === undefined) return;
  body.value = picked.body ?? '';
  values.value = pathsOf(picked);
}

/** What was typed of other operations, by their ids: one comes back to it. */
const drafts = new Map<string, { readonly values: Values; readonly body: string }>();
let present: Operation | undefined;

/** The paths follow what is chosen in the tree; all else is as it was left. */
function takeUp(picked: Operation): void {
  if (present !== undefined) drafts.set(present.id, { values: values.value, body: body.value });
  const draft = drafts.get(picked.id);
  present = picked;
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
  if (name === 'key') return hint;
  // By id and not by email: changes ask for that.
  const isOfUser = name === 'emailOrId' || name === 'userId' || /^(?:\/organizations)?\/users\//.test(path);
  if (isOfUser) return String(user?.id ?? '');
  if (name === 'accountId') return String(account?.id ?? '');
  if (path.startsWith('/organizations/roles/')) return hint;
  if (path.startsWith('/organizations/')) return String(organization ?? '');
  return String(account?.id ?? user?.accountId ?? '');
}

/** Who is to send what stands there; `undefined` for nobody. */
export const sender = computed(() => (operation.value?.isOpen === true ? undefined : caller.value.trim() || undefined));

/** The `Authorization` header of the sender, fetched when it is needed. @throws {ApiError} when there is no such user. */
export async function authorization(): Promise<string | undefined> {
  return sender.value === undefined ? undefined : (await credentialsOf(sender.value)).authorization;
}

effect(() => {
  const picked = operation.value;
  if (picked !== undefined) untracked(() => takeUp(picked));
});
/** In another world, nothing of what was filled in for the one before is of use. */
effect(() => {
  if (beginnings.value === 0) return;
  untracked(() => {
    drafts.clear();
    chosenCaller.value = undefined;
    fillIn();
  });
});
