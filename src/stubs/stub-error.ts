import { HttpError } from '../http/errors.ts';
import type { StubEntry } from './stub-list.ts';

/** 500: the function of a stub has failed, or its answer cannot be sent. */
export class StubError extends HttpError {
  readonly status = 500;
}

/** How messages name a stub: `Stub 3 (POST /instances)`. */
export function nameOf({ id, stub }: Pick<StubEntry, 'id' | 'stub'>): string {
  const { method, path, operationId } = stub;
  const what = operationId ?? [...(method === undefined ? [] : [method.toUpperCase()]), path].join(' ');
  return `Stub ${id} (${what})`;
}
