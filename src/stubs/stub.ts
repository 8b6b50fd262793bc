import type { OperationId } from '../platform/operation-ids.ts';
import type { RoleKey } from '../state/records.ts';

/** An answer of a stub. */
export interface StubAnswer<B = unknown> {
  /** 200 to 599. Default: 200. */
  status?: number | undefined;
  /** Headers in addition to those of every answer; a header with the same name replaces one of those. */
  headers?: Record<string, string> | undefined;
  /**
   * A JSON value, a text when `headers` has a `Content-Type` that is not JSON's, or, from a function, bytes (`Buffer`).
   * Without one the answer is empty, and with a status from 400 up it is the platform's error envelope.
   */
  body?: B | undefined;
}

/** The caller of a request, without secrets. It is a frozen copy. */
export interface StubCaller {
  readonly user: {
    readonly id: number;
    readonly email: string;
    readonly username: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly externalId?: string;
    /** The user's own roles and the account's, in addition to `org`, which every user has. */
    readonly roles: readonly RoleKey[];
  };
  readonly account: {
    readonly id: number;
    readonly externalId: string;
    readonly name: string;
    readonly description: string;
    readonly defaultAccount: boolean;
  };
  readonly organization: { readonly id: number; readonly name: string };
}

/** A request, as a function gets it. */
export interface StubRequest<C = StubCaller> {
  readonly method: string;
  /** Below `/elements/api-v2`, without the query. */
  readonly path: string;
  /** The values of the `{name}`s of the stub's path or of the operation's, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The query, decoded; a list where a name occurs more than once. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** By names in lower case. They contain the caller's secrets. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The parsed JSON: an object in most calls, any other value if the client sent one. Absent when it sent no JSON. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly caller: C;
}

/**
 * Returns the answer that the request would get without the stub: from an older stub that matches, or else from the
 * platform, which makes its change. A further call returns the same answer.
 *
 * `headers` are those of this answer, without the headers of every answer; an error is an answer too.
 *
 * @throws {Error} when the request has ended: its client left, it was answered, or the emulator was reset.
 */
export type Proceed = <B = Record<string, unknown>>() => Promise<Required<StubAnswer<B>>>;

/**
 * Answers a request, at once or later, without a time limit: a change of the whole state, such as `reset()`, waits a
 * second for it and then ends its connection.
 */
export type Respond<C = StubCaller> = (request: StubRequest<C>, proceed: Proceed) => StubAnswer | Promise<StubAnswer>;

interface StubTarget {
  /** The method, in any case of letters; GET answers HEAD too. Default: any but OPTIONS, which a browser sends first by itself. */
  method?: string | undefined;
  /**
   * Any path below `/elements/api-v2`, known to the platform or not: `{name}` matches any one segment, `*` at the end
   * any further segments or none. The query does not count.
   */
  path?: string | undefined;
  /** An operation of the platform, in place of method and path. */
  operationId?: OperationId | undefined;
}

interface ForUsers extends StubTarget, StubAnswer {
  /**
   * Who may call: `user` for any active user, with the platform's 401 for others; `anyone` also without credentials.
   * Default: user.
   */
  access?: 'user' | undefined;
  /** A function that answers, in place of `status`, `headers` and `body`. */
  respond?: Respond | undefined;
}

interface ForAnyone extends StubTarget, StubAnswer {
  /** Everyone may call. `caller` is absent when the request has no valid credentials. */
  access: 'anyone';
  /** A function that answers, in place of `status`, `headers` and `body`. */
  respond?: Respond<StubCaller | undefined> | undefined;
}

/**
 * Your own answer, in place of the platform's or for a path that the platform does not answer, for requests that match
 * `path` or `operationId`. It is fixed or comes from a function.
 */
export type Stub = ForUsers | ForAnyone;

/** A stub of an emulator, with its counts. */
export type ActiveStub = Readonly<Stub> & {
  /** Identifies it in `remove`, in the journal and in the log; counts from 1. */
  readonly id: number;
  /** True for a stub of the start, which `reset()` restores. */
  readonly given?: true;
  /** How many requests it matched, including those that a fault or a newer stub answered. */
  readonly matched: number;
  /** How many requests it answered, or was asked to answer by the `proceed()` of a newer one. */
  readonly applied: number;
};

/** The stubs of an emulator. */
export interface Stubs {
  /**
   * Adds a stub. Of several that match a request, the newest answers.
   *
   * @throws {Error} for a stub that could never answer, and for fields that cannot be used.
   */
  add(stub: Stub): ActiveStub;
  /** All stubs with their counts, oldest first. */
  list(): ActiveStub[];
  /** The stubs that no request has matched yet; a typing mistake in a path shows here. */
  unmatched(): ActiveStub[];
  /** Removes a stub; `false` when no stub has that id. */
  remove(id: number): boolean;
  /** Removes all stubs, also those of the start, which `reset()` restores. */
  clear(): void;
}
