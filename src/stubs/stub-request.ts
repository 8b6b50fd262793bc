import type { Request } from '../http/exchange.ts';
import { belowBasePath, pathParameters } from '../http/path-pattern.ts';
import type { Target } from '../http/paths.ts';
import { listQuery } from '../http/request.ts';
import type { Caller } from '../platform/context.ts';
import { operations } from '../platform/operations.ts';
import type { Stub, StubCaller, StubRequest } from './stub.ts';

/** The argument of the function of a stub. @param body the parsed JSON. */
export function readStubRequest(
  { path, operationId }: Stub,
  request: Request,
  target: Target,
  body: unknown,
  caller: Caller | undefined,
): StubRequest<StubCaller | undefined> {
  const pattern = path ?? operations.find((operation) => operation.operationId === operationId)?.path ?? '';
  return {
    method: request.method,
    path: target.path,
    parameters: pathParameters(belowBasePath(pattern), target.path),
    query: listQuery(target.query),
    headers: { ...request.headers },
    // The client can send any JSON: the type is that of most bodies, as its comment says.
    body: body as StubRequest['body'],
    caller: caller && showCaller(caller),
  };
}

function showCaller({ user, account, organization, roles }: Caller): StubCaller {
  const { id, email, username = email, firstName, lastName, externalId } = user;
  return Object.freeze({
    user: Object.freeze({
      ...{ id, email, username, firstName, lastName },
      ...(externalId === undefined ? {} : { externalId }),
      roles: Object.freeze([...roles]),
    }),
    account: Object.freeze({
      id: account.id,
      externalId: account.externalId,
      name: account.name,
      description: account.description,
      defaultAccount: account.defaultAccount,
    }),
    organization: Object.freeze({ id: organization.id, name: organization.name }),
  });
}
