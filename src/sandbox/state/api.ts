import { signal } from '@preact/signals';

/** The emulator answered with an error, or not at all (status 0); the message is for people. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** An organization as GET /__emulator/organizations answers it. */
export interface Organization {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly createdDate: string;
  /** The email of a user with the role org-admin. */
  readonly administrator?: string;
  readonly accounts: number;
  readonly users: number;
}

/** An account as GET /__emulator/accounts answers it. */
export interface Account {
  readonly id: number;
  readonly organizationId: number;
  readonly name: string;
  readonly description: string;
  readonly externalId: string;
  readonly active: boolean;
  readonly defaultAccount: boolean;
  readonly createdDate: string;
  readonly roles: readonly string[];
  readonly users: number;
}

/** A user as GET /__emulator/users answers it, without secrets. */
export interface User {
  readonly id: number;
  readonly organizationId: number;
  readonly accountId: number;
  readonly email: string;
  readonly username?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly externalId?: string;
  readonly createdDate: string;
  readonly lastLoginDate?: string;
}

/** A role with what it may do in an organization. */
export interface Role {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly privileges: readonly string[];
}

export interface Credentials {
  readonly userSecret: string;
  readonly organizationSecret: string;
  readonly authorization: string;
}

/** A part of a list, and the length of the whole list. */
export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

/** How many calls of the page have had no answer for longer than `patience`. */
export const overdue = signal(0);
/** How long an answer may take before the page says so, in milliseconds. */
const patience = 4000;

/** Waits for an answer, and counts it while it is overdue. */
async function awaited<T>(answer: Promise<T>): Promise<T> {
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    overdue.value += 1;
  }, patience);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    if (isOverdue) overdue.value -= 1;
  }
}

/**
 * Calls a control endpoint.
 *
 * @throws {ApiError} with the emulator's message, or when the emulator does not answer.
 */
export async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const sent =
    body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const asked = fetch(`/__emulator${path}`, { method, ...sent }).catch(() => {
    throw new ApiError(0, 'The emulator cannot be reached.');
  });
  const response = await awaited(asked);
  // The page and the endpoints come from one build, so the page does not check their answers.
  const answer = await response.json();
  if (!response.ok) throw new ApiError(response.status, String(answer.message));
  return answer;
}

export const get = <T>(path: string): Promise<T> => control<T>('GET', path);

/** A query string of the given values, without blank and absent ones. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** Fetches the secrets of a user, of the administrator by default; the page does not keep them. */
export function credentialsOf(user?: string): Promise<Credentials> {
  return get(`/credentials${query({ user })}`);
}
