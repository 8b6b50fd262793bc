import type { OperationId } from '../platform/operation-ids.ts';
import type { RoleKey } from '../state/records.ts';

/** An answer of a stub. */
export interface StubAnswer<B = unknown> {
  /** 200 to 599. Default: 200. */
  status?: number | undefined;
  /** Headers besides those of every answer; one with the same name replaces it. */
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
    /** The user's own roles and the account's, besides `org`, which every user has. */
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

/** What a function gets of a request. */
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
  /** The parsed JSON: an object in most calls, and whatever the client sent in others. Absent when it sent no JSON. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly caller: C;
}

/**
 * Lets what would answer without the stub answer: an older stub that matches, or else the platform, which makes its
 * change. A further call gives the same answer.
 *
 * `headers` are those of this answer and not of every one; an error is an answer too.
 *
 * @throws {Error} when the request has ended: its client left, it was answered, or a reset has come.
 */
export type Proceed = <B = Record<string, unknown>>() => Promise<Required<StubAnswer<B>>>;

/**
 * Answers a request, at once or later, without a limit on time: a change of the whole state, as `reset()` is, waits a
 * second for it and then ends its connection.
 */
export type Respond<C = StubCaller> = (request: StubRequest<C>, proceed: Proceed) => StubAnswer | Promise<StubAnswer>;

interface StubTarget {
  /** The method, in any case of letters; GET answers HEAD too. Default: any but OPTIONS, which a browser sends first by itself. */
  method?: string | undefined;
  /**
   * Any path below `/elements/api-v2`, known to the platform or not: `{name}` is any one segment, `*` at the end is
   * whatever follows, or nothing. The query does not count.
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
  /** Everybody may call. `caller` is absent where the request has no good credentials. */
  access: 'anyone';
  /** A function that answers, in place of `status`, `headers` and `body`. */
  respond?: Respond<StubCaller | undefined> | undefined;
}

/**
 * An answer of your own, in place of the platform's or where the platform has none, for requests that match `path` or
 * `operationId`. It is fixed or comes from a function.
 */
export type Stub = ForUsers | ForAnyone;

/** A stub of an emulator, with its counts. */
export type ActiveStub = Readonly<Stub> & {
  /** Identifies it in `remove`, in the journal and in the log; counts from 1. */
  readonly id: number;
  /** True for one that was given at the start, which `reset()` brings back. */
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
  /** Removes all stubs, also those that were given at the start; `reset()` brings these back. */
  clear(): void;
}
