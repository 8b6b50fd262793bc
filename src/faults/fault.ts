import type { OperationId } from '../platform/operation-ids.ts';

/**
 * What is to go wrong, with which requests. Without `method`, `path` and `operationId` it is
 * every request of the platform; a fault needs one of `status`, `delayMs` and `drop`.
 */
export interface Fault {
  /** The verb, in any case of letters. Default: any but OPTIONS, which a browser asks first by itself. */
  method?: string | undefined;
  /**
   * The path below `/elements/api-v2`, such as `/accounts`, `/accounts/{id}/users` or `/accounts/*`:
   * `{…}` is any one segment, `*` at the end is whatever follows, nothing too. The query does not count. One that
   * does not end in `*` has to fit a path that the platform has. Default: any.
   */
  path?: string | undefined;
  /** The operation, in place of method and path. Default: any. */
  operationId?: OperationId | undefined;
  /** The status to answer with, 400 to 599, in place of the true answer; nothing is changed. */
  status?: number | undefined;
  /** The message in the envelope. Default: the platform's own for 401, else the usual words for the status. */
  message?: string | undefined;
  /** A whole body in place of the envelope: JSON, or a text when `headers` has a `Content-Type` that is not JSON's. */
  body?: unknown;
  /** Further headers of the answer. */
  headers?: Record<string, string> | undefined;
  /** `Retry-After` in seconds. Default: 1 with status 429, none with others. */
  retryAfter?: number | undefined;
  /** How long to wait before anything else happens, in milliseconds, at most 600,000. */
  delayMs?: number | undefined;
  /** Resets the connection in place of an answer. */
  drop?: boolean | undefined;
  /** How many matching requests to let pass first. Default: 0. */
  after?: number | undefined;
  /** How many requests to fail after those. Default: all. */
  times?: number | undefined;
}

/** A fault that is on. */
export interface ActiveFault extends Readonly<Fault> {
  /** What to take it off by; counts from 1. */
  readonly id: number;
  /** How many requests it would be for, those let pass by `after` and left over by `times` included. */
  readonly matched: number;
  /** How many requests it was applied to. */
  readonly applied: number;
}

/** The faults of an emulator. */
export interface Faults {
  /**
   * Puts a fault on; of several that match the one that was put on first and is not used up counts.
   *
   * @returns the fault's id.
   * @throws {Error} for a fault that could never do anything, or whose fields cannot be used.
   */
  add(fault: Fault): number;
  /** All that are on, with their counts. */
  list(): ActiveFault[];
  /** Those that no request has matched yet: a typing mistake in a path shows here. */
  unmatched(): ActiveFault[];
  /** Takes one off; `false` when there is none of that id. */
  remove(id: number): boolean;
  /** Takes all off. */
  clear(): void;
}
