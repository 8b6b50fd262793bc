import type { UserRecord } from '../../state/records.ts';
import { foldCase } from '../../text/fold-case.ts';
import type { Caller, Context } from '../context.ts';
import { UnauthorizedError, WrongPasswordError } from '../errors.ts';
import { presentOrganization, presentUser } from '../present.ts';
import { isPassword } from '../users/passwords.ts';
import { putUser, setPassword, unlocked } from '../users/user-rules.ts';
import { callerOf } from './callers.ts';
import type { LogIn, Secrets } from './schemas.ts';
import type { Session } from './views.ts';

/** The rules of /authentication (vendor docs). */

/** The wrong passwords in a row that lock a user (row `user-locked`). */
const maxFailedLogins = 5;

/** The Bearer tokens that a user can have; the oldest ends when the user gets another. */
const maxTokens = 100;

/**
 * Returns a Bearer token and records the login. Wrong passwords are counted, and too many lock the user.
 *
 * @throws {UnauthorizedError} for a wrong name or password, and a user who is not active, has expired or is locked.
 */
export function logIn(context: Context, { username, password }: LogIn): Session {
  const { state, clock } = context;
  const name = foldCase(username);
  const user = state.users.find('email', name) ?? state.users.find('username', name);
  const isRight = isPassword(user, password);
  const organization = user && state.organizations.get(user.organizationId);
  if (user === undefined || organization === undefined) throw new UnauthorizedError('unknown username');
  if (!isRight) {
    countFailure(context, user);
    throw new WrongPasswordError(`wrong password of user ${user.id}`);
  }
  const caller = callerOf(user, organization, state);

  // lastLoginDate is "the date that the user last logged in to Cloud Elements" (seed 001).
  const loggedIn = { ...unlocked(user), lastLoginDate: clock.now() };
  putUser(context, loggedIn);
  return beginSession(context, { ...caller, user: loggedIn });
}

/** Returns a new token of the caller. */
function beginSession({ state, ids }: Context, caller: Caller): Session {
  const { id } = caller.user;
  const token = state.nextSecret((n) => ids.token(n, id));
  state.addToken(id, token);
  state.endTokens(id, maxTokens);
  return { caller, token };
}

/** Changes nothing else of the user, so that no token becomes invalid. */
function countFailure({ state }: Context, user: UserRecord): void {
  if (user.accountLocked) return;
  const failedLogins = (user.failedLogins ?? 0) + 1;
  const isLocked = failedLogins >= maxFailedLogins;
  state.users.put(isLocked ? { ...unlocked(user), accountLocked: true } : { ...user, failedLogins });
}

export function getSecrets({ user, organization }: Caller): Secrets {
  return { userSecret: user.secret, organizationSecret: organization.secret };
}

/** Changes the caller's own password. Their tokens become invalid, so that the answer has a new one (vendor docs). */
export function changePassword(context: Context, caller: Caller, password: string): Session {
  const user = setPassword(context, caller, password);
  return beginSession(context, { ...caller, organization: presentOrganization(context, caller), user });
}

/** Gives the caller a new user secret; the old one and the caller's tokens become invalid at once. */
export function resetUserSecret(context: Context, caller: Caller): Secrets {
  const user = { ...presentUser(context, caller), secret: context.state.nextSecret(context.ids.userSecret) };
  putUser(context, user);
  return getSecrets({ ...caller, user });
}
