import { defaultPasswordPolicy } from '../../state/password-policy.ts';
import type { PasswordPolicy } from '../../state/records.ts';
import type { Caller, Context } from '../context.ts';
import { presentOrganization } from '../present.ts';

/** The rules of /organizations/password-policies (row `password-policy-answer`). */

/** Changes the given fields of the organization's policy; existing passwords stay valid. */
export function updatePasswordPolicy(
  context: Context,
  caller: Caller,
  changes: Partial<PasswordPolicy>,
): PasswordPolicy {
  return putPolicy(context, caller, { ...presentOrganization(context, caller).passwordPolicy, ...changes });
}

/** Returns to the platform's default policy. */
export function deletePasswordPolicy(context: Context, caller: Caller): PasswordPolicy {
  return putPolicy(context, caller, defaultPasswordPolicy);
}

function putPolicy(context: Context, caller: Caller, passwordPolicy: PasswordPolicy): PasswordPolicy {
  context.state.organizations.put({ ...presentOrganization(context, caller), passwordPolicy });
  return passwordPolicy;
}
