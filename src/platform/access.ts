import type { PrivilegeKey } from '../state/privileges.ts';
import type { UserRecord } from '../state/records.ts';
import { foldCase } from '../text/fold-case.ts';
import type { Caller } from './context.ts';
import { ForbiddenError, UnauthorizedError } from './errors.ts';
import { isId } from './is-id.ts';
import { privilegesOf, type UserAct } from './roles/privileges.ts';

/** The callers who may call an operation: privileges decide, and the caller's roles bring them (row `privileges-decide`). */
export type Access =
  /** Everybody, without credentials. */
  | 'anyone'
  /** Every active user of the organization. */
  | 'user'
  /** Users with the role `org-admin`: 401 for all others, "even a user that you add to the default account" (seed 000). */
  | 'org-admin'
  | ByPrivilege;

/** An operation that a privilege opens. */
export interface ByPrivilege {
  /** Opens it for the whole organization. */
  readonly organization: PrivilegeKey;
  /** Opens it for the caller's own account. */
  readonly account?: PrivilegeKey;
  /** The path names the account, as `id`. Otherwise the rule decides which users the caller can see. */
  readonly isAccountInPath?: true;
  /** Callers need no privilege to see themselves; the path names them by `id` or `emailOrId`. */
  readonly orOneself?: true;
  /** The status for a caller who may not call; default: 401 (row `refusal-status`). */
  readonly errorStatus?: 403;
}

/** The access to an operation on users, in the whole organization or in the caller's account. */
export function toUsers<A extends UserAct>(act: A) {
  return { organization: `${act}UsersOrg`, account: `${act}UsersAccount` } as const satisfies ByPrivilege;
}

/** The parameters of a path, by their names. */
type PathParameters = Readonly<Record<string, string | undefined>>;

/** Whether the caller is an administrator of the organization by role. */
export function isOrganizationAdministrator({ roles, account }: Caller): boolean {
  return account.defaultAccount && roles.includes('org-admin');
}

/** Whether one of the caller's roles brings a privilege; everybody has the role `org`. */
export function holds(
  { roles, organization, account }: Pick<Caller, 'roles' | 'organization' | 'account'>,
  privilege: PrivilegeKey,
): boolean {
  // Row `org-admin-outside-default-account`.
  const brings = account.defaultAccount ? roles : roles.filter((key) => key !== 'org-admin');
  return [...brings, 'org' as const].some((key) => privilegesOf(organization, key).includes(privilege));
}

/** Whether the caller may do this to all users of the organization, or to those of the caller's account. */
export function reachOf(caller: Caller, act: UserAct): 'organization' | 'account' | undefined {
  const { organization, account } = toUsers(act);
  if (holds(caller, organization)) return 'organization';
  return holds(caller, account) ? 'account' : undefined;
}

/** Whether the caller may do this to a user. */
export function reaches(caller: Caller, act: UserAct, user: UserRecord): boolean {
  if (user.organizationId !== caller.organization.id) return false;
  if (act === 'view' && user.id === caller.user.id) return true;
  const reach = reachOf(caller, act);
  return reach === 'organization' || (reach === 'account' && user.accountId === caller.account.id);
}

/**
 * Checks that the caller may call an operation.
 *
 * @param parameters those of the path, as text.
 * @throws {UnauthorizedError} when the caller may not: the platform answers 401, not 403, where the documents describe the operation.
 * @throws {ForbiddenError} instead, where `errorStatus` says 403.
 */
export function authorize(caller: Caller, access: Access, parameters: PathParameters): void {
  if (access === 'anyone' || access === 'user') return;
  if (access === 'org-admin') {
    if (isOrganizationAdministrator(caller)) return;
    throw new UnauthorizedError(`user ${caller.user.id} is not an organization administrator`);
  }
  if (holds(caller, access.organization)) return;
  if (access.orOneself && isOneself(caller, parameters.emailOrId ?? parameters.id ?? '')) return;
  const { account } = access;
  const isHeld = account !== undefined && holds(caller, account);
  if (isHeld && !access.isAccountInPath) return;
  if (isHeld && caller.account.id === Number(parameters.id)) return;
  throw accessError(caller, access, isHeld);
}

function isOneself({ user }: Caller, emailOrId: string): boolean {
  return isId(emailOrId) ? Number(emailOrId) === user.id : foldCase(emailOrId) === foldCase(user.email);
}

function accessError({ user, account }: Caller, access: ByPrivilege, isHeld: boolean): Error {
  const { organization, account: ofAccount, errorStatus } = access;
  if (errorStatus === 403) return new ForbiddenError(`User ${user.id} lacks the privilege '${organization}'.`);
  if (ofAccount === undefined) return new UnauthorizedError(`user ${user.id} lacks the privilege ${organization}`);
  return new UnauthorizedError(
    isHeld
      ? `user ${user.id} has ${ofAccount} for account ${account.id}, not for the one in the path`
      : `user ${user.id} has neither the privilege ${organization} nor ${ofAccount}`,
  );
}
