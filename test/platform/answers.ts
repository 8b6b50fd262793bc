import type { Response } from '../support/ask.ts';
import { envelope } from '../support/client.ts';

/** The part of an answer that tests compare: its status and its body, `''` for an empty one. */
export interface Answer {
  status: number;
  body: unknown;
}

export function seen({ status, text, body }: Response): Answer {
  return { status, body: text === '' ? '' : body };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A success with an empty body, as of every DELETE. */
export const empty: Answer = { status: 200, body: '' };

export function refused(status: number, message: unknown): Answer {
  return { status, body: envelope(message) };
}

export const unauthorized401: Answer = refused(
  401,
  'Invalid Organization or User secret, or invalid Element token provided.',
);

/** The ids of a list, in its order. */
export function idsOf({ status, body }: Response): { status: number; ids: unknown } {
  return { status, ids: Array.isArray(body) ? body.map((record: { id?: unknown }) => record.id) : body };
}

export function listOf(...ids: number[]): { status: number; ids: unknown } {
  return { status: 200, ids };
}
