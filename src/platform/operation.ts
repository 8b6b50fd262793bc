import type { Access } from './access.ts';
import type { AnswerType } from './answer.ts';
import type { BodyType } from './body.ts';
import type { Caller, Context } from './context.ts';
import { BadRequestError } from './errors.ts';
import type { List } from './lists.ts';
import type { OperationId } from './operation-ids.ts';
import { isTextParameter, parameterNames } from './path-parameters.ts';
import type { Body } from './view.ts';

/** The names in braces of a path. */
type ParameterNames<P extends string> = P extends `${string}{${infer N}}${infer R}` ? N | ParameterNames<R> : never;

/** As text, so that an id too large for a number is told as it was written; ids have been checked to be integers. */
type Parameters<P extends string> = { readonly [N in ParameterNames<P>]: string };

/** Where a behaviour comes from: one of the documents, or the vendor's public pages. */
export type Source = 'seed 000' | 'seed 001' | 'seed 002' | 'seed 003' | 'vendor docs';

/** A call on its way to a rule, read from the request and not yet checked. */
export interface IncomingCall {
  readonly context: Context;
  /** Who calls; `undefined` where everybody may. */
  readonly caller: Caller | undefined;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** The `Elements-User-Password` header. */
  readonly userPassword: string | undefined;
}

/** What an operation's handler gets: the same call, checked and typed. */
export interface Call<P extends string, B> extends Omit<IncomingCall, 'caller' | 'parameters' | 'body'> {
  readonly parameters: Parameters<P>;
  readonly body: B;
}

/** What goes out with status 200: one object, a list, or nothing. */
export type Reply = { readonly body: Body } | { readonly list: List } | { readonly empty: true };

/** A status that an operation can answer in place of 200. */
export type Refusal = 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 500;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Description<P extends string, A extends Access> {
  readonly operationId: OperationId;
  readonly method: Method;
  /** Below the base path, parameters in braces. */
  readonly path: P;
  readonly summary: string;
  readonly source: Source;
  readonly access: A;
  /** The query parameters it reads; others are ignored. */
  readonly query?: readonly string[];
  /** Whether it reads the `Elements-User-Password` header. */
  readonly readsPassword?: boolean;
  /** What it answers with status 200. */
  readonly answer: AnswerType;
  /** The statuses of its rule that do not follow from the other columns; see contract/refusals.ts. */
  readonly refusals?: readonly Refusal[];
}

/** One row of the table of operations. */
export interface Operation extends Description<string, Access> {
  readonly body: BodyType<unknown> | undefined;
  handle(call: IncomingCall): Reply;
}

/** The query parameters of every list. */
export const listQuery = ['where', 'offset', 'pageSize', 'page', 'nextPage'] as const;

interface Row<P extends string, A extends Access, B, C> extends Description<P, A> {
  readonly body?: BodyType<B>;
  handler(call: C): Reply;
}

/** A row for callers, with the handler typed by its path and body. */
export function operation<const P extends string, B = undefined>(
  row: Row<P, Exclude<Access, 'anyone'>, B, Call<P, B> & { readonly caller: Caller }>,
): Operation {
  return withHandler(row, (context, caller) => {
    if (caller === undefined) throw new Error(`${row.operationId} was called by nobody`);
    return row.handler({ ...context, caller });
  });
}

/** A row for everybody: its handler knows no caller. */
export function openOperation<const P extends string, B = undefined>(
  row: Omit<Row<P, 'anyone', B, Call<P, B>>, 'access'>,
): Operation {
  return withHandler({ ...row, access: 'anyone' }, (context) => row.handler(context));
}

function withHandler<P extends string, A extends Access, B, C>(
  row: Row<P, A, B, C>,
  answer: (context: Call<P, B>, caller: Caller | undefined) => Reply,
): Operation {
  const { handler: _handler, body, ...description } = row;
  const checkParameters = parameterCheck<P>(row.path);
  return {
    ...description,
    body,
    handle: ({ caller, ...call }) => {
      const parameters = checkParameters(call.parameters);
      const read = body === undefined ? (undefined as B) : body.read(call.body);
      return answer({ ...call, parameters, body: read }, caller);
    },
  };
}

/** Checks the parameters of a path: an id is an integer; one that is too large is merely unknown. */
function parameterCheck<P extends string>(path: P): (given: IncomingCall['parameters']) => Parameters<P> {
  const names = parameterNames(path);
  const areThere = (given: IncomingCall['parameters']): given is Parameters<P> =>
    names.every((name) => given[name] !== undefined);
  return (given) => {
    for (const name of names) {
      if (isTextParameter(name) || /^-?\d+$/.test(given[name] ?? '')) continue;
      throw new BadRequestError(`Path parameter '${name}' must be an integer, not '${given[name]}'.`);
    }
    if (!areThere(given)) throw new Error(`the router gave not all parameters of ${path}`);
    return given;
  };
}

/**
 * Reads a query parameter that is `true` or `false`.
 *
 * @param absent what it is when it is not given.
 * @throws {BadRequestError} for anything else.
 */
export function readFlag(query: IncomingCall['query'], name: string, absent = false): boolean {
  const text = query[name];
  if (text === undefined) return absent;
  if (text === 'false') return false;
  if (text === 'true') return true;
  throw new BadRequestError(`Parameter '${name}' must be true or false, not '${text}'.`);
}
