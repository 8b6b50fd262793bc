import { defaultPasswordPolicy } from '../../state/password-policy.ts';
import type { PasswordPolicy } from '../../state/records.ts';
import type { Caller, World } from '../context.ts';
import { presentOrganization } from '../present.ts';
import type { Body } from '../view.ts';

/** The rules of /organizations/password-policies (spec section 6). */

/** Changes what is given of the organisation's policy; passwords that users have stay good. */
export function updatePasswordPolicy(world: World, caller: Caller, changes: Partial<PasswordPolicy>): Body {
  return keepPolicy(world, caller, { ...presentOrganization(world, caller).passwordPolicy, ...changes });
}

/** Back to the platform's default policy. */
export function resetPasswordPolicy(world: World, caller: Caller): Body {
  return keepPolicy(world, caller, defaultPasswordPolicy);
}

function keepPolicy(world: World, caller: Caller, passwordPolicy: PasswordPolicy): Body {
  world.state.organizations.put({ ...presentOrganization(world, caller), passwordPolicy });
  return { ...passwordPolicy };
}
