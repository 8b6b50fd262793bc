import type { UserRecord } from '../../state/records.ts';
import { foldCase } from '../../text/fold-case.ts';
import { showSession } from '../accounts/views.ts';
import type { Caller, Context } from '../context.ts';
import { UnauthorizedError, WrongPasswordError } from '../errors.ts';
import { presentOrganization, presentUser } from '../present.ts';
import { isPassword } from '../users/passwords.ts';
import { putUser, setPassword, unlocked } from '../users/user-rules.ts';
import type { Body } from '../view.ts';
import { callerOf } from './callers.ts';

/** The rules of /authentication (spec section 6). */

/** What somebody logs in with. */
export interface LogIn {
  /** The user name or the email, in any case of letters. */
  readonly username: string;
  readonly password: string;
}

/** So many wrong passwords in a row lock a user (docs/fidelity.md). */
const maxFailedLogins = 5;

/** How many Bearer tokens a user can have; the oldest ends when one more is given. */
const maxTokens = 100;

/**
 * Gives a Bearer token, and notes the login; a wrong password is noted too, and locks the user in the end.
 *
 * @throws {UnauthorizedError} for a wrong name or password, and a user who is not active, has expired or is locked.
 */
export function logIn(context: Context, { username, password }: LogIn): Body {
  const { state, clock } = context;
  const name = foldCase(username);
  const user = state.users.find('email', name) ?? state.users.find('username', name);
  const isRight = isPassword(user, password);
  const organization = user && state.organizations.get(user.organizationId);
  if (user === undefined || organization === undefined) throw new UnauthorizedError('unknown username');
  if (!isRight) {
    noteFailure(context, user);
    throw new WrongPasswordError(`wrong password of user ${user.id}`);
  }
  const caller = callerOf(user, organization, state);

  // lastLoginDate is "the date that the user last logged in to Cloud Elements" (seed 001).
  const loggedIn = { ...unlocked(user), lastLoginDate: clock.now() };
  putUser(context, loggedIn);
  return beginSession(context, { ...caller, user: loggedIn });
}

/** Gives the caller a token more; the answer is that of a login. */
function beginSession({ state, ids }: Context, caller: Caller): Body {
  const { id } = caller.user;
  const token = state.nextSecret((n) => ids.token(n, id));
  state.addToken(id, token);
  state.endTokens(id, maxTokens);
  return showSession(caller, token);
}

/** Nothing else of the user changes, so that no token ends with it. */
function noteFailure({ state }: Context, user: UserRecord): void {
  if (user.accountLocked) return;
  const failedLogins = (user.failedLogins ?? 0) + 1;
  const isLocked = failedLogins >= maxFailedLogins;
  state.users.put(isLocked ? { ...unlocked(user), accountLocked: true } : { ...user, failedLogins });
}

export function getSecrets({ user, organization }: Caller): Body {
  return { userSecret: user.secret, organizationSecret: organization.secret };
}

/** The caller's own password. It ends their tokens, so that the answer has a fresh one (vendor docs). */
export function changePassword(context: Context, caller: Caller, password: string): Body {
  const user = setPassword(context, caller, password);
  return beginSession(context, { ...caller, organization: presentOrganization(context, caller), user });
}

/** A new user secret; the old one is dead at once, and tokens with it. */
export function resetUserSecret(context: Context, caller: Caller): Body {
  const user = { ...presentUser(context, caller), secret: context.state.nextSecret(context.ids.userSecret) };
  putUser(context, user);
  return getSecrets({ ...caller, user });
}
