import type { OperationId } from '../platform/operation-ids.ts';

/** A request as the journal keeps it. The secrets and passwords that it carried are replaced by `[redacted]`. */
export interface RecordedRequest {
  /** The request id of the answer, in `Elements-Request-Id` and the envelope. */
  readonly id: string;
  /** When it arrived, by the emulator's clock, as an ISO 8601 timestamp. */
  readonly at: string;
  readonly method: string;
  /** Below `/elements/api-v2`, such as `/accounts/4030`; the whole path when it is outside. */
  readonly path: string;
  /** True for a request outside `/elements/api-v2`: `path` is its whole path then, and no path pattern matches it. */
  readonly outside?: true;
  /** The query, decoded; a list where a name occurs more than once. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The JSON body; absent when there was none, it was not read, or it is not JSON. */
  readonly body?: unknown;
  /** The operation; absent for an unknown path or method. */
  readonly operationId?: OperationId;
  /**
   * The caller; absent when the request was not authenticated. Present also when a fault answers in place of the
   * platform.
   */
  readonly user?: { readonly id: number; readonly email: string; readonly organizationId: number };
  /** The status of the answer; absent before the answer, and when the connection ended without one. */
  readonly status?: number;
  /**
   * The body of the answer, a text where it is not JSON; absent when there was none. More than 16 KiB are left out:
   * `[20480 bytes left out]`.
   */
  readonly answer?: unknown;
  /** The `message` of an error's envelope. */
  readonly message?: string;
  /** The reason of a 401; the answer has the platform's one text for all reasons. */
  readonly reason?: string;
  /** The id of the fault that was applied. */
  readonly fault?: number;
  /** The id of the stub that was chosen, the newest that matched; the platform's 401 for its callers has it too. */
  readonly stub?: number;
  /**
   * The status of the original answer, for a fault with `when: 'after'`: the operation has run, whatever happened to
   * this answer.
   */
  readonly trueStatus?: number;
  /** True when the client left before there was an answer. */
  readonly clientLeft?: true;
  /** Milliseconds from the request's arrival to its answer, or to when its connection ended without one. */
  readonly duration?: number;
}
