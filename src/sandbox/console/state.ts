import { computed, effect, signal, untracked } from '@preact/signals';
import { credentialsOf } from '../state/api.ts';
import { operations } from '../state/operations.ts';
import { tab } from '../state/tab.ts';
import { chosen, organizations } from '../state/world.ts';
import { buildCall, type Values } from './call.ts';
import type { Parameter } from './operations.ts';

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

/** Shows the console, with another operation perhaps; its paths are filled in with what was chosen in the tree. */
export function openConsole(operation?: string): void {
  if (operation !== undefined) operationId.value = operation;
  fillIn();
  tab.value = 'console';
}

export function setValue({ in: place, name }: Parameter, value: string): void {
  values.value = { ...values.value, [`${place} ${name}`]: value };
}

/** Fills in the example of the operation, and the ids of what was chosen. */
export function fillIn(): void {
  const picked = operation.value;
  if (picked === undefined) return;
  body.value = picked.body ?? '';
  const paths = picked.parameters.filter((parameter) => parameter.in === 'path');
  const filled = paths.map(({ name }): [string, string] => [`path ${name}`, exampleOf(name, picked.path)]);
  values.value = Object.fromEntries(filled);
}

function exampleOf(name: string, path: string): string {
  const { organization, account, user } = chosen.value;
  if (name === 'key') return 'admin';
  // By id and not by email: changes ask for that.
  if (name === 'emailOrId' || path.startsWith('/users/')) return String(user?.id ?? '');
  if (name === 'accountId') return String(account?.id ?? '');
  if (path.startsWith('/organizations/roles/')) return '3';
  if (path.startsWith('/organizations/')) return String(organization ?? '');
  return String(account?.id ?? user?.accountId ?? '');
}

/** The `Authorization` header of who calls, fetched when it is needed. @throws {ApiError} when there is no such user. */
export async function authorization(): Promise<string | undefined> {
  if (operation.value?.isOpen === true || caller.value.trim() === '') return undefined;
  return (await credentialsOf(caller.value.trim())).authorization;
}

/** Another operation begins with its own example. */
effect(() => {
  if (operation.value !== undefined) untracked(fillIn);
});
/** What the first path parameters are is known later than the operations. */
effect(() => {
  if (chosen.value.account !== undefined) untracked(() => Object.values(values.value).includes('') && fillIn());
});
