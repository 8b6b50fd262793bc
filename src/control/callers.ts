import { authorize } from '../platform/access.ts';
import { callerOf } from '../platform/authentication/callers.ts';
import type { Caller } from '../platform/context.ts';
import { ForbiddenError, UnauthorizedError } from '../platform/errors.ts';
import type { Operation } from '../platform/operation.ts';
import { operations } from '../platform/operations.ts';
import { lookUpUser } from '../platform/users/find-users.ts';
import type { UserRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { decode } from './decode.ts';

/** Whether a user may call an operation, and the nearest user who may. */
export interface CallerAdvice {
  readonly mayCall: boolean;
  /** Why the user may not. */
  readonly reason?: string;
  /** The email of the nearest user who may: of the same account, otherwise of the same organization. */
  readonly nearest?: string;
}

/**
 * Says whether a user may call an operation; it looks at the operation's access and at the records in the path, and
 * changes nothing.
 *
 * @param path below the base path, with its ids filled in, without the query.
 * @param user the email or id of the caller; absent for a call without credentials.
 * @returns `undefined` for an unknown operation.
 */
export function adviseCaller(
  state: State,
  operationId: string,
  path: string,
  user: string | undefined,
): CallerAdvice | undefined {
  const operation = operations.find((each) => each.operationId === operationId);
  if (operation === undefined) return undefined;
  if (operation.access === 'anyone') return { mayCall: true };
  const parameters = parametersOf(operation, path);
  const target = targetOf(state, operation, parameters);
  const asked = user === undefined ? undefined : lookUpUser(state, user);
  const reason = asked === undefined ? 'there is no such user' : refusal(state, operation, parameters, target, asked);
  if (reason === undefined) return { mayCall: true };
  const nearest = nearestOf(state, asked, target).find(
    (each) => refusal(state, operation, parameters, target, each) === undefined,
  );
  return { mayCall: false, reason, ...(nearest === undefined ? {} : { nearest: nearest.email }) };
}

/** The record in the path: an account, or a user. */
interface Target {
  readonly organizationId: number;
  readonly accountId: number;
  readonly isUser: boolean;
}

type Parameters = Readonly<Record<string, string | undefined>>;

function parametersOf({ path: template }: Operation, path: string): Parameters {
  const segments = path.split('/').map((segment) => decode(segment));
  return Object.fromEntries(
    template
      .split('/')
      .flatMap((segment, index) => (/^\{.*\}$/.test(segment) ? [[segment.slice(1, -1), segments[index] ?? '']] : [])),
  );
}

function targetOf(state: State, { path }: Operation, parameters: Parameters): Target | undefined {
  const { id, emailOrId, userId } = parameters;
  const named = userId ?? emailOrId ?? (/^(?:\/organizations)?\/users\/\{id\}/.test(path) ? id : undefined);
  const user = named === undefined ? undefined : lookUpUser(state, named);
  if (user !== undefined) return { organizationId: user.organizationId, accountId: user.accountId, isUser: true };
  const account = path.startsWith('/accounts/') ? state.accounts.get(Number(id)) : undefined;
  return account && { organizationId: account.organizationId, accountId: account.id, isUser: false };
}

/** Why a user may not call; `undefined` for one who may. */
function refusal(
  state: State,
  { access }: Operation,
  parameters: Parameters,
  target: Target | undefined,
  user: UserRecord,
): string | undefined {
  const organization = state.organizations.get(user.organizationId);
  if (organization === undefined) return 'there is no such user';
  try {
    const caller = callerOf(user, organization, state);
    authorize(caller, access, parameters);
    return target === undefined ? undefined : outOfReach(caller, target, access);
  } catch (error) {
    if (error instanceof UnauthorizedError) return error.reason;
    if (error instanceof ForbiddenError) return error.message;
    throw error;
  }
}

/** Records of another organization do not exist for a caller; nor do users of another account without the privilege. */
function outOfReach(caller: Caller, target: Target, access: Operation['access']): string | undefined {
  const { user, organization, account } = caller;
  if (target.organizationId !== organization.id) return `user ${user.id} is of another organization`;
  if (typeof access === 'string' || !target.isUser || target.accountId === account.id) return undefined;
  try {
    // Only the privilege for the whole organization counts.
    authorize(caller, { organization: access.organization }, {});
    return undefined;
  } catch {
    return `user ${user.id} reaches only the users of account ${account.id}`;
  }
}

/**
 * Users, the nearest first: those of the caller's account, of the record's account, of the default account, then all
 * others.
 */
function nearestOf(state: State, asked: UserRecord | undefined, target: Target | undefined): UserRecord[] {
  const first = state.organizations.values().next().value;
  const organizationId = target?.organizationId ?? asked?.organizationId ?? first?.id;
  if (organizationId === undefined) return [];
  const accounts = state.accounts.group('organization', organizationId).flatMap((id) => state.accounts.get(id) ?? []);
  const distance = (id: number, isDefault: boolean) => {
    if (id === asked?.accountId) return 0;
    if (id === target?.accountId) return 1;
    return isDefault ? 2 : 3;
  };
  return accounts
    .sort((a, b) => distance(a.id, a.defaultAccount) - distance(b.id, b.defaultAccount) || a.id - b.id)
    .flatMap(({ id }) => state.users.group('account', id).flatMap((each) => state.users.get(each) ?? []));
}
