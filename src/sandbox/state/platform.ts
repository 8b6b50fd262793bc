import { base } from '../console/call.ts';
import { ApiError, credentialsOf, get, query } from './api.ts';

/** A change of the platform's records: a call such as a client makes, which the journal shows. */
export interface Change {
  readonly operationId: string;
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly body?: object;
}

/** Makes a change, and says what was done. */
export type Save = (asked: Change, done: string) => Promise<void>;

/**
 * Makes a change as a user or, when that one may not, as the nearest who may.
 *
 * @throws {ApiError} with the platform's message.
 */
export async function change(user: string, { operationId, method, path, body }: Change): Promise<void> {
  const { nearest } = await get<{ readonly nearest?: string }>(`/callers${query({ operationId, path, user })}`);
  const { authorization } = await credentialsOf(nearest ?? user);
  const headers = { Authorization: authorization, ...(body && { 'Content-Type': 'application/json' }) };
  const response = await fetch(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) }).catch(
    () => {
      throw new ApiError(0, 'No response: the connection was dropped.');
    },
  );
  if (response.ok) return;
  const answer: { message?: unknown } = await response.json().catch(() => ({}));
  throw new ApiError(response.status, `${response.status}: ${String(answer.message ?? 'without a message')}`);
}
