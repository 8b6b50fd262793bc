import { operation, type Resource } from '../operation.ts';
import { deletePasswordPolicy, updatePasswordPolicy } from './rules.ts';
import { passwordPolicy, passwordPolicyUpdate } from './schemas.ts';

/** /organizations/password-policies; GET /organizations/me shows the policy. */
export const passwordPolicies: Resource = {
  tag: 'organization password policies',
  description: 'The rules for passwords.',
  operations: [
    operation({
      operationId: 'updatePasswordPolicy',
      method: 'PUT',
      path: '/organizations/password-policies',
      summary: 'Change the password policy of the organization',
      description:
        'The policy applies to passwords that are set later. Absent fields stay unchanged; `null` is refused.',
      source: 'vendor docs',
      access: { organization: 'modifySecurity', errorStatus: 403 },
      body: passwordPolicyUpdate,
      answer: passwordPolicy,
      success: 'The new policy.',
      handler: ({ context, caller, body }) => updatePasswordPolicy(context, caller, body),
    }),
    operation({
      operationId: 'deletePasswordPolicy',
      method: 'DELETE',
      path: '/organizations/password-policies',
      summary: "Go back to the platform's default password policy",
      description: "The organization goes back to the platform's default policy.",
      source: 'vendor docs',
      access: { organization: 'modifySecurity', errorStatus: 403 },
      answer: passwordPolicy,
      success: 'The new policy.',
      handler: ({ context, caller }) => deletePasswordPolicy(context, caller),
    }),
  ],
};
