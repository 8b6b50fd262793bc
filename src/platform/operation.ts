import type { Access } from './access.ts';
import type { AnswerType, Reply } from './answer.ts';
import type { BodyType } from './body.ts';
import type { Caller, Context } from './context.ts';
import { BadRequestError } from './errors.ts';
import type { OperationId } from './operation-ids.ts';
import { isTextParameter, parameterNames } from './path-parameters.ts';

export type { Reply } from './answer.ts';

/** The names in braces of a path. */
type ParameterNames<P extends string> = P extends `${string}{${infer N}}${infer R}` ? N | ParameterNames<R> : never;

/** Ids have been checked to be integers, and are texts so that messages can repeat a very large one exactly. */
type Parameters<P extends string> = { readonly [N in ParameterNames<P>]: string };

/** The source of a behavior: one of the documents, or the vendor's public pages. */
export type Source = 'seed 000' | 'seed 001' | 'seed 002' | 'seed 003' | 'vendor docs';

/** A call on its way to a handler, read from the request and not yet checked. */
export interface IncomingCall {
  readonly context: Context;
  /** The caller; `undefined` for an operation that needs no credentials. */
  readonly caller: Caller | undefined;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** The `Elements-User-Password` header. */
  readonly userPassword: string | undefined;
}

/** The argument of the handler of an operation: the same call, checked and typed. */
interface Call<P extends string, B> {
  readonly context: Context;
  readonly parameters: Parameters<P>;
  /** A parameter that is absent or blank is `undefined`. */
  readonly query: IncomingCall['query'];
  readonly body: B;
}

/** The additional argument of the handler of an operation with `readsPassword`. */
interface WithPassword {
  /** The `Elements-User-Password` header. */
  readonly userPassword: string | undefined;
}

/** A status that an operation can answer in place of 200. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 500;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A call of an operation with its answer, as the OpenAPI document shows it. */
export interface Example {
  /** Its purpose, in the document's words if a document prints it. */
  readonly name: string;
  /** The document that prints it. Where the document contradicts itself or others, the example is as the emulator answers. */
  readonly source?: string;
  /** Below the base path, as printed. */
  readonly path: string;
  /** The intended path, if the printed one has a mistake. */
  readonly meant?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly request?: unknown;
  /** `npm run generate` writes it for an example without a `source`. */
  readonly response?: unknown;
  /** A call that has to come before it, such as `PUT /users/412/roles/admin`. */
  readonly after?: string;
}

interface Description<P extends string, A extends Access> {
  readonly operationId: OperationId;
  readonly method: Method;
  /** Below the base path, parameters in braces. */
  readonly path: P;
  readonly summary: string;
  /** The information for its callers in addition to the summary. */
  readonly description: string;
  readonly source: Source;
  readonly access: A;
  /** The query parameters it reads; others are ignored. */
  readonly query?: readonly string[];
  /** A description of the answer with status 200, for the OpenAPI document. */
  readonly success: string;
  /** The statuses of its rule that do not follow from the other columns; see src/openapi/error-statuses.ts. */
  readonly errors?: readonly ErrorStatus[];
}

/** One row of the table of operations. */
export interface Operation extends Description<string, Access> {
  readonly body: BodyType<unknown> | undefined;
  /** Whether it reads the `Elements-User-Password` header. */
  readonly readsPassword: boolean;
  /** Its answer with status 200. */
  readonly answer: Omit<AnswerType<unknown>, 'reply'>;
  handle(call: IncomingCall): Reply;
}

/** The operations of a resource. */
export interface Resource {
  /** Its name in the OpenAPI document. */
  readonly tag: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

/** The query parameters of every list. */
export const listQuery = ['where', 'offset', 'pageSize', 'page', 'nextPage'] as const;

interface Row<P extends string, A extends Access, B, T, C> extends Description<P, A> {
  readonly body?: BodyType<B>;
  readonly answer: AnswerType<T>;
  handler(call: C): NoInfer<T>;
}

type CallerCall<P extends string, B> = Call<P, B> & { readonly caller: Caller };

/** A row for callers. Its path, query and body determine the argument of the handler, its answer the result. */
export function operation<const P extends string, T, B = undefined>(
  row: Row<P, Exclude<Access, 'anyone'>, B, T, CallerCall<P, B>>,
): Operation {
  return withHandler(row, false, (call, { caller }) => row.handler({ ...call, caller: known(caller, row) }));
}

/** The same for an operation that reads the `Elements-User-Password` header. */
export function passwordOperation<const P extends string, T, B = undefined>(
  row: Row<P, Exclude<Access, 'anyone'>, B, T, CallerCall<P, B> & WithPassword>,
): Operation {
  return withHandler(row, true, (call, { caller, userPassword }) =>
    row.handler({ ...call, caller: known(caller, row), userPassword }),
  );
}

/** The row of a PUT that is the same as the PATCH of the same path (row `put-is-patch`). */
export function putFor(patch: Operation, operationId: OperationId): Operation {
  const description = `It does the same as PATCH and does not replace the record. ${patch.description}`;
  return { ...patch, operationId, method: 'PUT', summary: 'The same as PATCH', description, source: 'vendor docs' };
}

/** A row that needs no credentials: its handler gets no caller. */
export function openOperation<const P extends string, T, B = undefined>(
  row: Omit<Row<P, 'anyone', B, T, Call<P, B>>, 'access'>,
): Operation {
  return withHandler({ ...row, access: 'anyone' }, false, (call) => row.handler(call));
}

function known(caller: Caller | undefined, { operationId }: { operationId: OperationId }): Caller {
  if (caller === undefined) throw new Error(`${operationId} was called without a caller`);
  return caller;
}

function withHandler<P extends string, A extends Access, B, T, C>(
  row: Row<P, A, B, T, C>,
  readsPassword: boolean,
  handler: (call: Call<P, B>, incoming: IncomingCall) => T,
): Operation {
  const { handler: _handler, body, answer, ...description } = row;
  const checkParameters = parameterCheck<P>(row.path);
  return {
    ...description,
    body,
    readsPassword,
    answer,
    handle: (incoming) => {
      const { context } = incoming;
      const parameters = checkParameters(incoming.parameters);
      const read = body === undefined ? (undefined as B) : body.read(incoming.body);
      return answer.reply(handler({ context, parameters, query: incoming.query, body: read }, incoming));
    },
  };
}

/** Checks the parameters of a path: an id has to be an integer, of any size. */
function parameterCheck<P extends string>(path: P): (given: IncomingCall['parameters']) => Parameters<P> {
  const names = parameterNames(path);
  const isComplete = (given: IncomingCall['parameters']): given is Parameters<P> =>
    names.every((name) => given[name] !== undefined);
  return (given) => {
    for (const name of names) {
      if (isTextParameter(name) || /^-?\d+$/.test(given[name] ?? '')) continue;
      throw new BadRequestError(`Path parameter '${name}' must be an integer, not '${given[name]}'.`);
    }
    if (!isComplete(given)) throw new Error(`a parameter of ${path} is missing`);
    return given;
  };
}

/**
 * Reads a query parameter that is `true` or `false`.
 *
 * @param absent its value when it is not given.
 * @throws {BadRequestError} for anything else.
 */
export function readFlag(query: IncomingCall['query'], name: string, absent = false): boolean {
  const text = query[name];
  if (text === undefined) return absent;
  if (text === 'false') return false;
  if (text === 'true') return true;
  throw new BadRequestError(`Parameter '${name}' must be true or false, not '${text}'.`);
}
