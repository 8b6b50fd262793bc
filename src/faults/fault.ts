import type { OperationId } from '../platform/operation-ids.ts';

/**
 * A failure, and the requests that it applies to. Without `method`, `path` and `operationId` these are all requests of
 * the platform; a fault needs one of `status`, `delayMs` and `drop`, or with `when: 'after'` a body.
 */
export interface Fault {
  /** The method, in any case of letters. Default: any but OPTIONS, which a browser sends first by itself. */
  method?: string | undefined;
  /**
   * The path below `/elements/api-v2`, such as `/accounts`, `/accounts/{id}/users` or `/accounts/*`:
   * `{…}` is any one segment, `*` at the end is whatever follows, or nothing. The query does not count. A path that
   * does not end in `*` must match a path of the platform. Default: any.
   */
  path?: string | undefined;
  /** The operation, in place of method and path. Default: any. */
  operationId?: OperationId | undefined;
  /**
   * Whether it acts before the operation, which then does not run unless the fault only delays it, or after it: the
   * change is made and kept, in the data file too, and then the answer is lost (`drop`), late (`delayMs`) or another
   * one (`status`, `body`, `rawBody`). Default: before.
   */
  when?: 'before' | 'after' | undefined;
  /** The status to answer with, 400 to 599, in place of the original answer. */
  status?: number | undefined;
  /** The message in the envelope. Default: the platform's own for 401, otherwise the standard text of the status. */
  message?: string | undefined;
  /** A whole body in place of the envelope: JSON, or a text when `headers` has a `Content-Type` that is not JSON's. */
  body?: unknown;
  /**
   * A whole body as a text that is sent as it is, such as invalid or incomplete JSON. Its `Content-Type` is the
   * platform's, unless `headers` has another. With `when: 'after'` it needs no status, and neither does `body`: status
   * and headers are then those of the original answer.
   */
  rawBody?: string | undefined;
  /** More headers of the answer. */
  headers?: Record<string, string> | undefined;
  /** `Retry-After` in seconds. Default: 1 with status 429, none with others. */
  retryAfter?: number | undefined;
  /**
   * How long to wait before the request is handled, or before the answer with `when: 'after'`, in milliseconds, at most
   * 600,000.
   */
  delayMs?: number | undefined;
  /** Resets the connection in place of an answer. */
  drop?: boolean | undefined;
  /** How many matching requests pass first. Default: 0. */
  after?: number | undefined;
  /** How many requests fail after those. Default: all. */
  times?: number | undefined;
}

/** A fault of an emulator, with its counts. */
export interface ActiveFault extends Readonly<Fault> {
  /** Identifies it in `remove`; counts from 1. */
  readonly id: number;
  /** How many requests it matched, including those that `after` let pass and those after `times`. */
  readonly matched: number;
  /** How many requests it was applied to. */
  readonly applied: number;
}

/** The faults of an emulator. */
export interface Faults {
  /**
   * Adds a fault. Of several that match a request, the oldest that is not used up applies.
   *
   * @returns the fault's id.
   * @throws {Error} for a fault that could never do anything, and for fields that cannot be used.
   */
  add(fault: Fault): number;
  /** All faults, with their counts. */
  list(): ActiveFault[];
  /** The faults that no request has matched yet; a typing mistake in a path shows here. */
  unmatched(): ActiveFault[];
  /** Removes a fault; `false` when no fault has that id. */
  remove(id: number): boolean;
  /** Removes all faults. */
  clear(): void;
}
