import { defaultPasswordPolicy } from '../store/password-policy.ts';
import type { PasswordPolicy } from '../store/records.ts';
import type { Body } from './view.ts';
import type { Caller, World } from './world.ts';

/** The rules of /organizations/password-policies (spec section 6). */

/** Changes what is given of the organisation's policy; passwords that users have stay good. */
export function updatePasswordPolicy(world: World, caller: Caller, changes: Partial<PasswordPolicy>): Body {
  return keepPolicy(world, caller, { ...caller.organization.passwordPolicy, ...changes });
}

/** Back to the platform's default policy. */
export function resetPasswordPolicy(world: World, caller: Caller): Body {
  return keepPolicy(world, caller, defaultPasswordPolicy);
}

function keepPolicy({ state }: World, { organization }: Caller, passwordPolicy: PasswordPolicy): Body {
  state.organizations.put({ ...organization, passwordPolicy });
  return { ...passwordPolicy };
}
