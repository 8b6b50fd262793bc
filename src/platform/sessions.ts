import { foldCase } from '../fold-case.ts';
import { callerOf } from './authentication.ts';
import { UnauthorizedError } from './errors.ts';
import { isPassword } from './passwords.ts';
import { putUser, setPassword } from './user-rules.ts';
import { userView } from './user-views.ts';
import type { Body } from './view.ts';
import { showSession } from './views.ts';
import type { Caller, World } from './world.ts';

/** The rules of /authentication (spec section 6). */

/** What somebody logs in with. */
export interface LogIn {
  /** The user name or the email, in any case of letters. */
  readonly username: string;
  readonly password: string;
}

/** How many Bearer tokens a user can have; the oldest ends when one more is given. */
const maxTokens = 100;

/**
 * Gives a Bearer token, and notes the login.
 *
 * @throws {UnauthorizedError} for a wrong name or password, and a user who is not active.
 */
export function logIn(world: World, { username, password }: LogIn): Body {
  const { state, clock, ids } = world;
  const name = foldCase(username);
  const user = state.users.find('email', name) ?? state.users.find('username', name);
  const isRight = isPassword(user, password);
  const organization = user && state.organizations.get(user.organizationId);
  if (user === undefined || organization === undefined) throw new UnauthorizedError('unknown username');
  if (!isRight) throw new UnauthorizedError(`wrong password of user ${user.id}`);
  const caller = callerOf(user, organization, state);

  const loggedIn = { ...user, lastLoginDate: clock.now() };
  putUser(world, loggedIn);
  const token = state.nextSecret((n) => ids.token(n, user.id));
  state.addToken(user.id, token);
  state.endTokens(user.id, maxTokens);
  return showSession({ ...caller, user: loggedIn }, token);
}

export function getSecrets({ user, organization }: Caller): Body {
  return { userSecret: user.secret, organizationSecret: organization.secret };
}

/** The caller's own password; it ends their tokens. */
export function changePassword(world: World, caller: Caller, password: string): Body {
  return userView.show(setPassword(world, caller, password));
}

/** A new user secret; the old one is dead at once, and tokens with it. */
export function resetUserSecret(world: World, caller: Caller): Body {
  const user = { ...caller.user, secret: world.state.nextSecret(world.ids.userSecret) };
  putUser(world, user);
  return getSecrets({ ...caller, user });
}
