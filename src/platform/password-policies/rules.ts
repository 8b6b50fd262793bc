import { defaultPasswordPolicy } from '../../state/password-policy.ts';
import type { PasswordPolicy } from '../../state/records.ts';
import type { Caller, Context } from '../context.ts';
import { presentOrganization } from '../present.ts';
import type { Body } from '../view.ts';

/** The rules of /organizations/password-policies (spec section 6). */

/** Changes what is given of the organization's policy; passwords that users have stay good. */
export function updatePasswordPolicy(context: Context, caller: Caller, changes: Partial<PasswordPolicy>): Body {
  return keepPolicy(context, caller, { ...presentOrganization(context, caller).passwordPolicy, ...changes });
}

/** Back to the platform's default policy. */
export function resetPasswordPolicy(context: Context, caller: Caller): Body {
  return keepPolicy(context, caller, defaultPasswordPolicy);
}

function keepPolicy(context: Context, caller: Caller, passwordPolicy: PasswordPolicy): Body {
  context.state.organizations.put({ ...presentOrganization(context, caller), passwordPolicy });
  return { ...passwordPolicy };
}
